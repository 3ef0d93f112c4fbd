// A second user of the machine. Only root can be two people; elsewhere the tests that need one say so and are skipped.
import { execFileSync } from 'node:child_process';
import { hasPrograms } from './programs.ts';

/** Whether there is one. */
export const hasOtherUser = process.platform === 'linux' && isRoot() && hasPrograms({ setpriv: 'util-linux' });

/** Their user and group id: nobody. */
export const otherUid = 65_534;

function isRoot(): boolean {
  if (process.getuid?.() === 0) return true;
  console.warn('skipped: only root can try what two users of a machine do to each other');
  return false;
}

/** What the other user does, as a line of shell; `$1` and on are the words. Throws when it fails. */
export function asOtherUser(line: string, ...words: readonly string[]): string {
  const id = String(otherUid);
  return execFileSync('setpriv', ['--reuid', id, '--regid', id, '--clear-groups', 'sh', '-euc', line, 'sh', ...words], {
    cwd: '/',
    encoding: 'utf8',
  });
}
