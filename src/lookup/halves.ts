// Keys that share a call share its failure, so one key that a provider cannot answer for would take the others with it: the call is
// made again in halves until the bad keys stand alone.
import type { KeyTuple } from '../core/keys.ts';
import { failedTemporarily, mostFailuresInARow, type Outcome } from './outcome.ts';

export class Halves {
  #failuresInARow = 0;

  /** The outcomes in the order of the keys. `call` asks for all keys it is given at once. */
  async ask(keys: readonly KeyTuple[], call: (keys: readonly KeyTuple[]) => Promise<Outcome[]>): Promise<Outcome[]> {
    const found = new Map<number, Outcome>();
    const parts = [keys];
    // Broad before deep: if anything can be answered, that is seen after few calls.
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const outcomes = await call(part);
      for (const outcome of outcomes) found.set(outcome.key.ordinal, outcome);
      const hasFailed = failedTemporarily(outcomes);
      this.#failuresInARow = hasFailed ? this.#failuresInARow + 1 : 0;
      if (hasFailed && isWorthHalving(outcomes)) parts.push(...halved(part));
      if (this.#failuresInARow >= mostFailuresInARow) break;
    }
    return [...found.values()];
  }
}

/** A provider that wants to be asked less often is not asked more often. */
function isWorthHalving([first, ...others]: readonly Outcome[]): boolean {
  return others.length > 0 && first?.kind === 'failed' && first.error.facts.status !== 429;
}

function halved<T>(whole: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(whole.length / 2);
  return [whole.slice(0, middle), whole.slice(middle)];
}
