// Writes a file of ten rows and says how far it is; waits for a line of standard input before each step named in the arguments.
import { once } from 'node:events';
import { LoanqError } from '../../../src/core/errors.ts';
import { openFile } from '../../../src/files/atomic-file.ts';
import { checkTarget } from '../../../src/files/target.ts';

const [path = '', rowBytes = '10', rows = '10'] = process.argv.slice(2);

async function step(name: string): Promise<void> {
  process.stdout.write(`${name}\n`);
  await once(process.stdin, 'data');
}

try {
  const sink = await openFile(await checkTarget(path, { clobber: true, ...(process.getuid && { uid: process.getuid() }) }));
  await step('opened');
  for (let row = 0; row < Number(rows); row += 1) await sink.write(`${String(row).padEnd(Number(rowBytes) - 1, '.')}\n`);
  await sink.flush();
  await step('flushed');
  await sink.sync();
  await step('synced');
  await sink.commit();
  await step('committed');
} catch (error) {
  process.stdout.write(error instanceof LoanqError ? `${error.exit}: ${error.message}` : String(error));
}
process.stdin.unref();
