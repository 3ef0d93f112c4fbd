// Which failures are one key's and which are the run's.
import type { LoanqError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';

const ofOneKey: ReadonlySet<ExitName> = new Set(['not-found', 'refused', 'temporary', 'bad-response']);

/** Whether an error ends a run at once: each further key would fail the same way. */
export function stopsRun(error: Pick<LoanqError, 'code'>): boolean {
  return !ofOneKey.has(error.code);
}
