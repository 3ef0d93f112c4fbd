// Says "ready"; each line of standard input is an attempt to take the lock, and the answer says how it went. A lock that is lost
// is said without being asked.
import { createInterface } from 'node:readline';
import { LoanqError } from '../../../src/core/errors.ts';
import { acquireLock, type Lock } from '../../../src/files/lock.ts';
import { processes } from '../../batch/processes.ts';

let lock: Lock | undefined;
process.stdout.write('ready\n');
for await (const path of createInterface({ input: process.stdin })) {
  try {
    await lock?.release();
    lock = undefined;
    if (path !== 'release') lock = await acquireLock(path, processes);
    lock?.lost.addEventListener('abort', () => process.stdout.write(`lost, ${describe(lock?.lost.reason)}`));
    process.stdout.write(lock ? 'taken\n' : 'released\n');
  } catch (error) {
    process.stdout.write(describe(error));
  }
}

function describe(error: unknown): string {
  return error instanceof LoanqError ? `${error.exit}: ${error.message}\n` : `${error}\n`;
}
