// What became of one key that was asked for.
import type { LoanqError, NotFoundError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeyTuple } from '../core/keys.ts';
import type { ListPart } from '../http/pages.ts';

export type Outcome =
  | {
      readonly kind: 'delivered';
      readonly key: KeyTuple;
      readonly records: readonly JsonObject[];
      /** The list of the key goes on behind its first page. */
      readonly part?: ListPart | undefined;
    }
  | { readonly kind: 'missing'; readonly key: KeyTuple; readonly error: NotFoundError }
  | { readonly kind: 'failed'; readonly key: KeyTuple; readonly error: LoanqError };

/** Whether all of these keys failed, and in a way that may be over later. */
export function failedTemporarily(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(outcome => outcome.kind === 'failed' && outcome.error.code === 'temporary');
}
