// Time for waits and limits: monotonic, abortable, and bounded by the deadline of the run.
import { setMaxListeners } from 'node:events';
import { DeadlineError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say } from '../core/say.ts';

export interface Clock {
  /** Never jumps; every wait and limit is measured with it. */
  readonly monotonicMs: () => number;
  /** Wall clock, only to read HTTP dates. */
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function createClock(runtime: Pick<Runtime, 'monotonicMs' | 'now'>): Clock {
  return { monotonicMs: runtime.monotonicMs, now: runtime.now, sleep };
}

const longestTimerMs = 2 ** 31 - 1;

/** Waits, at most 2^31-1 ms: a longer timer would fire at once. An abort rejects with the signal's reason. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(
      () => {
        unfollow();
        resolve();
      },
      Math.min(Math.max(0, ms), longestTimerMs),
    );
    const unfollow = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

const followers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` on abort until the returned function is called. Many share one signal: it gets one listener of ours, for it would
 * look through all that it has whenever one comes or goes.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = followers.get(signal) ?? follow(signal);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function follow(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  followers.set(signal, listeners);
  // Nor is there a warning on stderr about those of others.
  setMaxListeners(0, signal);
  const tellAll = () => {
    for (const listener of [...listeners]) if (listeners.delete(listener)) listener();
  };
  signal.addEventListener('abort', tellAll, { once: true });
  return listeners;
}

/** A signal that lives until `release` is called. */
export interface BoundSignal {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** The end of a run's time, on the monotonic clock. Without a limit it never comes. */
export class Deadline {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #endMs: number;

  constructor(clock: Clock, limitMs = Number.POSITIVE_INFINITY) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#endMs = clock.monotonicMs() + limitMs;
  }

  /** `Infinity` without a limit, never negative. */
  remainingMs(): number {
    return Math.max(0, this.#endMs - this.#clock.monotonicMs());
  }

  /** Throws DeadlineError once the time is up. */
  check(): void {
    if (this.remainingMs() === 0) throw this.#error();
  }

  /** A signal that follows `signal` and also ends, with a DeadlineError, when the time is up. */
  bind(signal: AbortSignal): BoundSignal {
    if (this.#limitMs === Number.POSITIVE_INFINITY) return { signal, release: () => {} };
    const bound = new AbortController();
    const released = new AbortController();
    if (signal.aborted) bound.abort(signal.reason);
    const unfollow = onAbort(signal, () => bound.abort(signal.reason));
    this.#pass(released.signal).then(
      () => bound.abort(this.#error()),
      () => {},
    );
    return {
      signal: bound.signal,
      release: () => {
        unfollow();
        released.abort();
      },
    };
  }

  async #pass(signal: AbortSignal): Promise<void> {
    while (this.remainingMs() > 0) await this.#clock.sleep(Math.ceil(this.remainingMs()), signal);
  }

  #error(): DeadlineError {
    return new DeadlineError(say`the deadline of ${this.#limitMs / 1000} s has passed`);
  }
}
