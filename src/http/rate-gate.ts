// One gate in front of every request of a run, first tries and retries alike, so that retrying can never exceed the rate.
import { type Clock, onAbort } from './clock.ts';
import { type BucketPlace, countDue, fullBucket, giveTimes, ownBucket, pauseBucket, type Rate } from './token-bucket.ts';

export interface RateGate {
  /** Resolves when a request may leave, first come first served. An abort rejects with the signal's reason and costs no token. */
  take(signal: AbortSignal): Promise<void>;
  /** Holds everybody back until then, and begins anew without a burst; a later time wins over an earlier one. */
  pauseUntil(monotonicMs: number): void;
  /** When the next request that waits may leave by the bucket that is shared; undefined while none waits. */
  readonly turnMs: number | undefined;
}

export interface RateGateOptions {
  readonly clock: Clock;
  /** Requests per second; undefined for no limit (pauses still hold). */
  readonly ratePerSecond: number | undefined;
  /** Requests that may leave at once after a quiet time. */
  readonly burst?: number;
  /** A bucket that several runs share, opened before the first request; and how many requests a second they make together. */
  readonly shared?: { readonly ratePerSecond: number; readonly open: () => Promise<BucketPlace> } | undefined;
  /** Told of each request with the time it was given and the time it leaves. */
  readonly tell?: ((givenMs: number, leftMs: number) => void) | undefined;
}

const defaultBurst = 10;
/** Times are taken from the bucket for as many requests as wait, but for no more than this: others want some, too. */
const takenAheadMs = 100;

export function createRateGate(options: RateGateOptions): RateGate {
  return new TokenBucketGate(options);
}

class TokenBucketGate implements RateGate {
  readonly #clock: Clock;
  /** Of the bucket. */
  readonly #rate: Rate;
  /** Of this run alone, where it is slower than that of the bucket. */
  readonly #ownRate: Rate;
  readonly #shared: RateGateOptions['shared'];
  readonly #tell: RateGateOptions['tell'];
  readonly #queue: Array<() => void> = [];
  /** Taken from the bucket for requests that wait, the earliest first. */
  #times: number[] = [];
  #bucket: BucketPlace;
  #own = fullBucket;
  #isOpen = false;
  #serving = false;
  #nap = new AbortController();

  constructor({ clock, ratePerSecond, burst = defaultBurst, shared, tell }: RateGateOptions) {
    this.#clock = clock;
    const own = { intervalMs: intervalOf(ratePerSecond), burst };
    this.#rate = shared === undefined ? own : { intervalMs: intervalOf(shared.ratePerSecond), burst };
    this.#ownRate = own.intervalMs > this.#rate.intervalMs ? own : { intervalMs: 0, burst };
    this.#bucket = ownBucket(clock.monotonicMs);
    this.#shared = shared;
    this.#tell = tell;
  }

  get turnMs(): number | undefined {
    return this.#shared === undefined || this.#queue.length === 0 ? undefined : this.#times[0];
  }

  take(signal: AbortSignal): Promise<void> {
    if (this.#isWideOpen && !signal.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const pass = () => {
        unfollow();
        resolve();
      };
      const unfollow = onAbort(signal, () => {
        this.#queue.splice(this.#queue.indexOf(pass), 1);
        if (this.#queue.length === 0) this.#nap.abort();
        reject(signal.reason);
      });
      this.#queue.push(pass);
      void this.#serve();
    });
  }

  /** Without a limit and without a pause nobody waits. */
  get #isWideOpen(): boolean {
    if (this.#shared !== undefined || this.#rate.intervalMs > 0 || this.#queue.length > 0 || this.#tell !== undefined) return false;
    return this.#bucket.read().pausedUntilMs <= this.#clock.monotonicMs();
  }

  pauseUntil(monotonicMs: number): void {
    this.#bucket.update(bucket => [pauseBucket(bucket, monotonicMs), undefined]);
  }

  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    if (this.#shared !== undefined && !this.#isOpen) this.#bucket = await this.#shared.open();
    this.#isOpen = true;
    while (this.#queue.length > 0) {
      if (this.#times.length > 0) this.#passDue();
      else this.#takeTimes();
      if (this.#queue.length === 0) break;
      const waitMs = Math.ceil((this.#times[0] ?? this.#own.nextMs) - this.#clock.monotonicMs());
      if (waitMs <= 0) continue;
      this.#nap = new AbortController();
      await this.#clock.sleep(waitMs, this.#nap.signal).catch(() => {});
    }
    this.#serving = false;
  }

  /** No more than this run could use now: times in the bucket are for whoever can. */
  #takeTimes(): void {
    const most = Math.max(1, Math.ceil(takenAheadMs / this.#rate.intervalMs));
    const own = countDue(this.#own, this.#clock.monotonicMs(), this.#ownRate);
    const count = Math.min(this.#queue.length, most, own);
    if (count === 0) return;
    const nowMs = this.#bucket.update((bucket, atMs) => {
      const [changed, times] = giveTimes(bucket, atMs, count, this.#rate);
      this.#times = times;
      return [changed, atMs];
    });
    // By the clock of this very update: a microsecond later the first of a burst would be too old.
    this.#passUpTo(nowMs);
  }

  /**
   * Not by a time that a pause has overtaken, or that is older than a burst because this process did not run: used now, it would
   * come on top of what others have been given since.
   */
  #passDue(): void {
    const nowMs = this.#clock.monotonicMs();
    const oldestMs = nowMs - Math.max(1, this.#rate.burst - 1) * this.#rate.intervalMs;
    const { pausedUntilMs } = this.#bucket.read();
    this.#times = this.#times.filter(ms => ms >= oldestMs && ms >= pausedUntilMs);
    this.#passUpTo(nowMs);
  }

  #passUpTo(nowMs: number): void {
    while (this.#queue.length > 0) {
      const [givenMs] = this.#times;
      if (givenMs === undefined || givenMs > nowMs) return;
      this.#times.shift();
      [this.#own] = giveTimes(this.#own, nowMs, 1, this.#ownRate);
      this.#tell?.(givenMs, nowMs);
      this.#queue.shift()?.();
    }
  }
}

function intervalOf(ratePerSecond: number | undefined): number {
  return ratePerSecond === undefined ? 0 : 1000 / ratePerSecond;
}
