// What a run costs by the number of its keys: memory that stays, and the same time for each.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFor, folder, keys, launcher, probe, startServer } from '../measure.js';
import { writeRecords } from '../records.js';
import { fields } from './convert.js';

const counts = process.env.LOANQ_LONG === '1' ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];

export async function growth(report) {
  const server = await startServer();
  const found = { batch: [], input: [] };
  try {
    for (const count of counts) {
      const list = join(folder, `keys-${count}.txt`);
      writeFileSync(list, `${keys(count).join('\n')}\n`);
      const out = ['--csv', '--fields', fields.join(','), '--out', join(folder, 'grown.csv')];
      found.batch.push(
        probe([launcher, 'crego', 'record', '--ids-from', list, ...out, '--concurrency', '64', '--quiet'], configFor(server.url)),
      );
      const saved = join(folder, `saved-${count}.ndjson`);
      writeRecords(saved, count);
      found.input.push(probe([launcher, 'crego', 'record', '--input', saved, ...out]));
    }
  } finally {
    server.stop();
  }
  const named = (runs, value) => Object.fromEntries(runs.map((run, at) => [`${counts[at].toLocaleString('en')} keys`, value(run, at)]));
  for (const [kind, what] of [
    ['batch', 'lookups, 64 wide'],
    ['input', 'saved records'],
  ]) {
    const memory = named(found[kind], run => run.megabytes);
    const goals = kind === 'batch' ? ({ '1,000 keys': one }) => ({ '100,000 keys': Math.min(160, 1.2 * one) }) : {};
    report.figures({ id: `memory-${kind}`, title: `Peak memory, ${what} to CSV`, unit: 'MB', values: memory, goals });
    // What is left of the time once a start is taken off.
    const perKey = named(
      found[kind],
      (run, at) => ((run.cpu - (at === 0 ? 0 : found[kind][0].cpu)) * 1000) / (counts[at] - (at === 0 ? 0 : counts[0])),
    );
    report.figures({
      id: `per-key-${kind}`,
      title: `CPU time a key, ${what} to CSV (the first with the start in it, the others without)`,
      unit: 'µs',
      values: perKey,
    });
  }
}
