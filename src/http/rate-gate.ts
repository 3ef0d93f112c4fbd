// One gate in front of every request of a run, first tries and retries alike, so that retrying can never exceed the rate.
import { type Clock, onAbort } from './clock.ts';
import { type BucketPlace, giveTimes, ownBucket, pauseBucket, type Rate } from './token-bucket.ts';

export interface RateGate {
  /** Resolves when a request may leave, first come first served. An abort rejects with the signal's reason and costs no token. */
  take(signal: AbortSignal): Promise<void>;
  /** Holds everybody back until then, and begins anew without a burst; a later time wins over an earlier one. */
  pauseUntil(monotonicMs: number): void;
  /** When the next request that waits may leave; undefined while none waits. */
  readonly turnMs: number | undefined;
}

export interface RateGateOptions {
  readonly clock: Clock;
  /** Requests per second; undefined for no limit (pauses still hold). */
  readonly ratePerSecond: number | undefined;
  /** Requests that may leave at once after a quiet time. */
  readonly burst?: number;
  /** Opens the bucket that several runs share, before the first request; a bucket of our own unless given. */
  readonly openShared?: (() => Promise<BucketPlace>) | undefined;
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
  readonly #rate: Rate;
  readonly #openShared: RateGateOptions['openShared'];
  readonly #tell: RateGateOptions['tell'];
  readonly #queue: Array<() => void> = [];
  /** Taken from the bucket for requests that wait, the earliest first. */
  #times: number[] = [];
  #bucket: BucketPlace;
  #isOpen: boolean;
  #serving = false;
  #nap = new AbortController();

  constructor({ clock, ratePerSecond, burst = defaultBurst, openShared, tell }: RateGateOptions) {
    this.#clock = clock;
    this.#rate = { intervalMs: ratePerSecond === undefined ? 0 : 1000 / ratePerSecond, burst };
    this.#bucket = ownBucket(clock.monotonicMs);
    this.#openShared = openShared;
    this.#isOpen = openShared === undefined;
    this.#tell = tell;
  }

  get turnMs(): number | undefined {
    return this.#queue.length === 0 ? undefined : this.#times[0];
  }

  take(signal: AbortSignal): Promise<void> {
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

  pauseUntil(monotonicMs: number): void {
    this.#bucket.update(bucket => [pauseBucket(bucket, monotonicMs), undefined]);
  }

  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    if (!this.#isOpen) await this.#open();
    while (this.#queue.length > 0) {
      if (this.#times.length === 0) this.#takeTimes();
      else this.#passDue();
      const [nextMs] = this.#times;
      if (nextMs === undefined || this.#queue.length === 0) continue;
      this.#nap = new AbortController();
      await this.#clock.sleep(Math.ceil(nextMs - this.#clock.monotonicMs()), this.#nap.signal).catch(() => {});
    }
    this.#serving = false;
  }

  async #open(): Promise<void> {
    this.#isOpen = true;
    const shared = await this.#openShared?.();
    if (shared !== undefined) this.#bucket = shared;
  }

  #takeTimes(): void {
    const most = Math.max(1, Math.ceil(takenAheadMs / this.#rate.intervalMs));
    const count = Math.min(this.#queue.length, most);
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
      this.#tell?.(givenMs, nowMs);
      this.#queue.shift()?.();
    }
  }
}
