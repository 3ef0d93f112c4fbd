// A clock that moves only when told, for logic that waits. Sleepers wake in the order of their times.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, onAbort } from '../../src/http/clock.ts';

export interface FakeClock extends Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly slept: readonly number[];
  /** How many are asleep now. */
  readonly sleeping: number;
  /** Moves on, waking whoever is due, and lets them run. */
  advance(ms: number): Promise<void>;
}

export interface FakeClockOptions {
  readonly now?: Date;
  /** Every sleep passes at once and moves the clock by its length. */
  readonly instant?: boolean;
}

export function createFakeClock({ now = new Date('2025-06-01T00:00:00Z'), instant = false }: FakeClockOptions = {}): FakeClock {
  const slept: number[] = [];
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  let elapsedMs = 0;
  return {
    slept,
    get sleeping() {
      return sleepers.size;
    },
    monotonicMs: () => elapsedMs,
    now: () => new Date(now.getTime() + elapsedMs),
    sleep: (ms, signal) => {
      if (signal.aborted) return Promise.reject(signal.reason);
      slept.push(ms);
      if (instant) elapsedMs += ms;
      if (instant) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const sleeper = {
          atMs: elapsedMs + ms,
          wake: () => {
            unfollow();
            sleepers.delete(sleeper);
            resolve();
          },
        };
        const unfollow = onAbort(signal, () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
        sleepers.add(sleeper);
      });
    },
    advance: async ms => {
      const untilMs = elapsedMs + ms;
      await nextTurn();
      for (;;) {
        const [due] = [...sleepers].filter(sleeper => sleeper.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (due === undefined) break;
        elapsedMs = due.atMs;
        due.wake();
        await nextTurn();
      }
      elapsedMs = untilMs;
    },
  };
}
