// How long a run goes on while every call fails: a provider that is down ends it early, and keys that never work do not end the next one.
import { failedTemporarily, mostFailuresInARow, type Outcome } from '../lookup/outcome.ts';
import type { KeyRange } from './journal/section.ts';

export class Patience {
  #inARow = 0;
  #first = 0;

  /** `earlier`: where runs on the same keys have given up; those keys are asked again, but what becomes of them proves nothing. */
  constructor(readonly earlier: readonly KeyRange[]) {}

  /** Counts one call, in the order of the keys. The keys of the whole row once it is time to give up. */
  count(asked: readonly Outcome[]): KeyRange | undefined {
    const first = asked[0]?.key.ordinal;
    const last = asked.at(-1)?.key.ordinal;
    if (first === undefined || last === undefined) return undefined;
    if (!failedTemporarily(asked)) this.#inARow = 0;
    else if (!this.#isKnown(first, last)) {
      if (this.#inARow === 0) this.#first = first;
      this.#inARow += 1;
    }
    return this.#inARow >= mostFailuresInARow ? [this.#first, last] : undefined;
  }

  #isKnown(first: number, last: number): boolean {
    return this.earlier.some(([from, to]) => from <= first && last <= to);
  }
}
