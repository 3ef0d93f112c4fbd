// The rhythm of a watch: ask, say what is new, wait. What ends it, and what is only told, is decided here.
import type { LoanqError, NotFoundError } from '../../core/errors.ts';
import type { Clock } from '../../http/clock.ts';
import type { Row } from '../../output/rows.ts';

/** What one look has shown. */
export type Look =
  | { readonly kind: 'seen'; readonly rows: readonly Row[] }
  | { readonly kind: 'missing'; readonly error: NotFoundError }
  | { readonly kind: 'failed'; readonly error: LoanqError };

export interface Watching {
  readonly clock: Pick<Clock, 'sleep'>;
  /** From one answer to the next question. */
  readonly everyMs: number;
  /** Ends it, with its reason. */
  readonly signal: AbortSignal;
  /** Asks the provider. Throws what no later answer would mend. */
  readonly look: () => Promise<Look>;
  readonly isReached: (rows: readonly Row[]) => boolean;
  readonly tell: Telling;
}

/** What is told of what was seen. */
export interface Telling {
  first(rows: readonly Row[]): Promise<void>;
  /** Said only where there is a difference. */
  next(before: readonly Row[], after: readonly Row[]): Promise<void>;
  /** The provider does not know the record any more. */
  gone(): void;
  /** A look that failed. The same failure is told once, until there is an answer again. */
  failed(error: LoanqError): void;
  answersAgain(): void;
  /** A look is over, whatever it showed. */
  waits(): void;
}

/** Watches until the condition holds. Throws what ended it otherwise. */
export async function watchRecord({ clock, everyMs, signal, look, isReached, tell }: Watching): Promise<void> {
  let last: readonly Row[] | undefined;
  let isGone = false;
  let fault: string | undefined;
  for (;;) {
    const seen = await look();
    if (seen.kind === 'failed') {
      if (!mayPass(seen.error)) throw seen.error;
      if (fault !== seen.error.message) tell.failed(seen.error);
      fault = seen.error.message;
    } else {
      if (fault !== undefined) tell.answersAgain();
      fault = undefined;
    }
    if (seen.kind === 'missing') {
      // Something that was never there is no more likely to be there in a minute.
      if (last === undefined) throw seen.error;
      if (!isGone) tell.gone();
      isGone = true;
    }
    if (seen.kind === 'seen') {
      await (last === undefined ? tell.first(seen.rows) : tell.next(last, seen.rows));
      last = seen.rows;
      isGone = false;
      if (isReached(seen.rows)) return;
    }
    tell.waits();
    await clock.sleep(everyMs, signal);
  }
}

/** A later look may have an answer. */
function mayPass({ code }: LoanqError): boolean {
  return code === 'temporary' || code === 'bad-response';
}
