// Runs a small batch with the given number of keys; every key whose number plus the last argument is divisible by 5 fails, and each is reported.
import { runBatch } from '../small-batch.ts';

const [path = '', keys = '0', resume = '', failing = ''] = process.argv.slice(2);

await runBatch(path, {
  format: 'json',
  keys: Number(keys),
  resume: resume === 'resume',
  fails: n => failing !== '' && (n + Number(failing)) % 5 === 0,
  onKey: n => process.stdout.write(`${n}\n`),
});
