// What profiles are found to be, one by one: a table, each that cannot be used with its reason, and the end counts them.
import type { Profile } from '../../config/profile.ts';
import { LoanqError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { type Finding, profileStates, rowOf } from './listing.ts';

/** What was found out about a profile; `profile` where it could be opened at all. */
export interface Examined {
  readonly profile?: Profile;
  readonly finding: Finding;
  readonly failure?: LoanqError;
}

/** Examines every profile that is asked for, in turn. Throws where one cannot be used: with the exit code of the first. */
export async function deliverStates(
  context: Context,
  called: CalledCommand,
  examine: (one: Candidate) => Promise<Examined>,
): Promise<ExitName> {
  await context.messages.wording.ready();
  const candidates = await findCandidates(context, called);
  const rows: JsonObject[] = [];
  const failed: LoanqError[] = [];
  for (const one of candidates) {
    const { profile, finding, failure } = await examine(one);
    rows.push(rowOf(context, called, one, profile, finding));
    if (failure !== undefined) failed.push(failure);
    tellFailed(context, called, one.name, failure);
  }
  const end = await deliverOwnRows(context, called, { title: 'profiles', endpoint: profileStates, rows });
  refuseFailed(failed, candidates.length);
  return end;
}

/** Beside the table, which has room for a word only. As JSON there is one line, the last. */
function tellFailed(context: Context, { talk }: CalledCommand, name: string, failure: LoanqError | undefined): void {
  if (failure === undefined || talk.errorFormat === 'json') return;
  context.messages.error(say`${name}: ${failure.said}`);
}

function refuseFailed(failed: readonly LoanqError[], count: number): void {
  const [first] = failed;
  if (first === undefined) return;
  const words = say`${failed.length} of ${count} profiles cannot be used`;
  const hint = failed.length === 1 ? first.given.hint : undefined;
  throw new LoanqError(first.code, words, hint === undefined ? {} : { hint });
}
