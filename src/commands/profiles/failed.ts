// Profiles that cannot be used: each is told with its reason, and the end counts them.
import { LoanqError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import type { CalledCommand } from '../command.ts';

/** Beside the table, which has room for a word only. As JSON there is one line, the last. */
export function tellFailed(context: Context, { talk }: CalledCommand, name: string, failure: LoanqError | undefined): void {
  if (failure === undefined || talk.errorFormat === 'json') return;
  context.messages.error(say`${name}: ${failure.said}`);
}

/** Throws where one failed: with the exit code of the first. */
export function refuseFailed(failed: readonly LoanqError[], count: number): void {
  const [first] = failed;
  if (first === undefined) return;
  const words = say`${failed.length} of ${count} profiles cannot be used`;
  const hint = failed.length === 1 ? first.given.hint : undefined;
  throw new LoanqError(first.code, words, hint === undefined ? {} : { hint });
}
