// Counts of a batch, and what they mean for its exit code.
import type { ExitName } from '../core/exit-codes.ts';
import { type Saying, say } from '../core/say.ts';
import { FollowCounts } from '../lookup/follow/counts.ts';
import { Sums } from '../output/sums.ts';

export interface Totals {
  readonly keys: number;
  readonly delivered: number;
  readonly missing: number;
  readonly failed: number;
}

/** Worst first, where nothing was delivered and not everything is missing. */
const worst: readonly ExitName[] = ['trust', 'bad-response', 'temporary', 'refused', 'config', 'auth', 'usage'];

export class Tally {
  delivered: number;
  missing = 0;
  rows = 0;
  /** Delivered keys whose list goes on behind its first page. */
  firstPagesOnly = 0;
  /** Delivered keys of a lookup over several systems of which one did not answer. */
  incomplete = 0;
  /** Records that are kept back because they differ from the document. */
  quarantined = 0;
  /** What became of the things that followed fields name. */
  readonly followed = new FollowCounts();
  readonly failures = new Map<ExitName, number>();

  /** `earlier`: keys an interrupted run has delivered. */
  constructor(
    readonly earlier = 0,
    readonly sums = new Sums([]),
  ) {
    this.delivered = earlier;
  }

  deliver(rows: number): void {
    this.delivered += 1;
    this.rows += rows;
  }

  miss(): void {
    this.missing += 1;
  }

  fail(code: ExitName): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }

  get totals(): Totals {
    const failed = [...this.failures.values()].reduce((sum, count) => sum + count, 0);
    return { keys: this.delivered + this.missing + failed, delivered: this.delivered, missing: this.missing, failed };
  }

  /** How a run ends that reached its end; `isEmpty`: it has no row, though keys were delivered, and that is worth an exit code. */
  ending(isEmpty: boolean): ExitName {
    const { keys, delivered, missing, failed } = this.totals;
    if (delivered === keys && this.incomplete + this.quarantined > 0) return 'partial';
    if (delivered === keys) return isEmpty ? 'not-found' : 'ok';
    if (delivered > 0) return isEmpty ? 'not-found' : 'partial';
    if (failed === 0) return 'not-found';
    return worst.find(code => this.failures.has(code)) ?? (missing > 0 ? 'not-found' : [...this.failures.keys()][0]) ?? 'internal';
  }
}

/** `500 keys: 480 delivered, 10 missing, 10 failed in 12.3 s (530 requests, 30 retries)`. */
export function summarySentence(totals: Totals, seconds: number, requests: number, retries: number): Saying {
  const { keys, delivered, missing, failed } = totals;
  const counted = say`${countedKeys(keys)}: ${delivered} delivered, ${missing} missing, ${failed} failed`;
  return say`${counted} in ${seconds.toFixed(1)} s (${requests} requests, ${retries} retries)`;
}

export function countedKeys(count: number): Saying {
  return count === 1 ? say`1 key` : say`${count} keys`;
}
