// Adds one to a shared number as often as it is told, at once or for ever, and prints each number it has made.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { VersionedValue } from '../../../src/files/versioned-value.ts';

const [dir = '', times = '0'] = process.argv.slice(2);
const value = new VersionedValue({
  dir,
  uid: process.getuid?.(),
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  freshName: randomUUID,
});
for (let n = 0; n < Number(times); n += 1) {
  const made = value.update(found => {
    const next = Number(found ?? '0') + 1;
    return [`${next}`, next];
  });
  writeSync(1, `${made}\n`);
}
