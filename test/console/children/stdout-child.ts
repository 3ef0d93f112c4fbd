// Writes to its real standard output what the first argument says, and reports on standard error.

import { redirectedTo } from '../../../src/cli/redirected.ts';
import { openStdout, stdoutIsClosed } from '../../../src/console/stdout.ts';
import { LoanqError } from '../../../src/core/errors.ts';

const [task = '', amount = '0'] = process.argv.slice(2);

async function writeLines(lines: number): Promise<void> {
  const redirected = { stdout: redirectedTo(1, process.platform), stderr: undefined };
  const sink = openStdout({ stdout: process.stdout, redirected }, new AbortController().signal);
  try {
    for (let line = 0; line < lines; line += 1) await sink.write(`${String(line).padStart(99, '0')}\n`);
    await sink.commit();
    process.stderr.write(`committed ${sink.offset}`);
  } catch (error) {
    process.stderr.write(error instanceof LoanqError ? `${error.exit}: ${error.message}` : String(error));
  }
}

if (task === 'lines') await writeLines(Number(amount));
if (task === 'is-closed') process.stderr.write(String(await stdoutIsClosed(process.platform)));
