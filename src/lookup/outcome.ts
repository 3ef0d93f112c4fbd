// What became of a key that was asked for, and what a batch asks for its keys: one endpoint, or every system that could know them.
import type { LoanqError, NotFoundError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeyTuple } from '../core/keys.ts';
import type { Drift } from '../decode/drift.ts';
import type { ListPart } from '../http/pages.ts';
import type { FollowCounts } from './follow/counts.ts';
import type { Session } from './session.ts';

export type Outcome =
  | {
      readonly kind: 'delivered';
      readonly key: KeyTuple;
      readonly records: readonly JsonObject[];
      /** The list of the key goes on behind its first page. */
      readonly part?: ListPart | undefined;
      /** Records that differ from the document, and are not among the others. */
      readonly held?: readonly Held[];
      /** What became of the things that followed fields of the records name. */
      readonly followed?: FollowCounts;
      /** Of a lookup over several systems: those that did not answer. */
      readonly unanswered?: readonly LoanqError[];
    }
  | { readonly kind: 'missing'; readonly key: KeyTuple; readonly error: NotFoundError }
  | { readonly kind: 'failed'; readonly key: KeyTuple; readonly error: LoanqError; readonly record?: JsonObject };

/** A record that is kept back, and why. */
export interface Held {
  readonly record: JsonObject;
  readonly error: LoanqError;
}

/** Calls in a row that fail temporarily, after which the trouble is taken for the provider's and not for that of a key. */
export const mostFailuresInARow = 20;

/** Whether all of these keys failed, and in a way that may be over later. */
export function failedTemporarily(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(outcome => outcome.kind === 'failed' && outcome.error.code === 'temporary');
}

/** Requests that were sent, logins apart. */
export interface CallStats {
  readonly requests: number;
  readonly logins: number;
  readonly retries: number;
}

/** What a batch asks for its keys. */
export interface KeyFetcher {
  readonly session: Pick<Session, 'deadline' | 'audit' | 'pause'>;
  /** Where answers differed from the documents so far. */
  readonly drift: Drift;
  readonly stats: CallStats;
  /**
   * The outcome of each key. Throws only what stops a run. `answered` may be called when all that is left is to look at a good answer:
   * the next request need not wait for it.
   */
  fetch(keys: readonly KeyTuple[], signal?: AbortSignal, answered?: () => void): Promise<Outcome[]>;
}
