// One gate in front of every request of a run, first tries and retries alike, so that retrying can never exceed the rate.
import { type Clock, onAbort } from './clock.ts';

export interface RateGate {
  /** Resolves when a request may leave, first come first served. An abort rejects with the signal's reason and costs no token. */
  take(signal: AbortSignal): Promise<void>;
  /** Holds everybody back until then, and begins anew without a burst; a later time wins over an earlier one. */
  pauseUntil(monotonicMs: number): void;
}

export interface RateGateOptions {
  readonly clock: Clock;
  /** Requests per second; undefined for no limit (pauses still hold). */
  readonly ratePerSecond: number | undefined;
  /** Requests that may leave at once after a quiet time. */
  readonly burst?: number;
}

const defaultBurst = 10;

export function createRateGate(options: RateGateOptions): RateGate {
  return new TokenBucketGate(options);
}

class TokenBucketGate implements RateGate {
  readonly #clock: Clock;
  readonly #tokensPerMs: number;
  readonly #capacity: number;
  readonly #queue: Array<() => void> = [];
  #tokens: number;
  #filledAtMs: number;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #serving = false;
  #nap = new AbortController();

  constructor({ clock, ratePerSecond, burst = defaultBurst }: RateGateOptions) {
    this.#clock = clock;
    this.#tokensPerMs = (ratePerSecond ?? 0) / 1000;
    this.#capacity = ratePerSecond === undefined ? Number.POSITIVE_INFINITY : burst;
    this.#tokens = this.#capacity;
    this.#filledAtMs = clock.monotonicMs();
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
    this.#refill();
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, monotonicMs);
    if (this.#tokensPerMs === 0) return;
    // No burst after a pause: all workers, and all runs of this machine, would fire at once.
    this.#tokens = Math.min(this.#tokens, 1);
    this.#filledAtMs = Math.max(this.#filledAtMs, this.#pausedUntilMs);
  }

  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    while (this.#queue.length > 0) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        this.#nap = new AbortController();
        await this.#clock.sleep(waitMs, this.#nap.signal).catch(() => {});
        continue;
      }
      this.#tokens -= 1;
      this.#queue.shift()?.();
    }
    this.#serving = false;
  }

  /** Adds what has come in since the last time; nothing comes in during a pause. Returns the time. */
  #refill(): number {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs > this.#filledAtMs) {
      this.#tokens = Math.min(this.#capacity, this.#tokens + (nowMs - this.#filledAtMs) * this.#tokensPerMs);
      this.#filledAtMs = nowMs;
    }
    return nowMs;
  }

  #waitMs(): number {
    const nowMs = this.#refill();
    const tokenMs = this.#tokens >= 1 ? 0 : (1 - this.#tokens) / this.#tokensPerMs;
    return Math.ceil(Math.max(0, this.#pausedUntilMs - nowMs, tokenMs));
  }
}
