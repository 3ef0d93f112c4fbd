// Runs a small batch with the given number of keys; every key whose number plus the last argument is divisible by 5 fails, and each is reported.
// Kills itself as hard as `kill -9` once it has begun so many keys: a parent would be late on a busy machine.
import { runBatch } from '../small-batch.ts';

const [path = '', keys = '0', resume = '', failing = '', killAt = 'Infinity'] = process.argv.slice(2);
let begun = 0;

await runBatch(path, {
  format: 'json',
  keys: Number(keys),
  resume: resume === 'resume',
  fails: n => failing !== '' && (n + Number(failing)) % 5 === 0,
  onKey: n => {
    // A pipe is written at once.
    process.stdout.write(`${n}\n`);
    begun += 1;
    if (begun === Number(killAt)) process.kill(process.pid, 'SIGKILL');
  },
});
