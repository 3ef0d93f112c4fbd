// Waits that end when they should: never at once for being too long, at once on an abort, and at the deadline.
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { DeadlineError } from '../../src/core/errors.ts';
import { createClock, Deadline, onAbort, sleep } from '../../src/http/clock.ts';
import { createFakeClock } from '../servers/fake-clock.ts';

const never = new AbortController().signal;

describe('sleep', () => {
  it.each([
    [0, 0],
    [1500, 1500],
    [-5, 0],
    [2 ** 31, 2 ** 31 - 1],
    [Number.POSITIVE_INFINITY, 2 ** 31 - 1],
  ])('of %d ms takes %d ms', async (ms, took) => {
    vi.useFakeTimers();
    let woke = false;
    const slept = sleep(ms, never).then(() => {
      woke = true;
    });
    await vi.advanceTimersByTimeAsync(Math.max(0, took - 1));
    expect(woke).toBe(took === 0);
    await vi.advanceTimersByTimeAsync(1);
    expect(woke).toBe(true);
    await slept;
    vi.useRealTimers();
  });

  it('ends on an abort with the reason of the signal, leaving no timer', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const reason = new Error('enough');
    const slept = sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('does not begin when already aborted', async () => {
    const reason = new Error('enough');
    await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('is what the real clock sleeps with', () => {
    const now = () => new Date(0);
    const monotonicMs = () => 7;
    expect(createClock({ now, monotonicMs })).toEqual({ now, monotonicMs, sleep });
  });
});

it('onAbort calls the listener once, and not after it was taken back', () => {
  const controller = new AbortController();
  const [kept, takenBack] = [vi.fn(), vi.fn()];
  onAbort(controller.signal, kept);
  onAbort(controller.signal, takenBack)();
  controller.abort();
  expect([kept.mock.calls.length, takenBack.mock.calls.length]).toEqual([1, 0]);
});

it('onAbort adds one listener to a signal, however many follow it, and one that another took back is not called', () => {
  const controller = new AbortController();
  const told: string[] = [];
  let takeBack = (): void => {};
  onAbort(controller.signal, () => {
    told.push('first');
    takeBack();
  });
  takeBack = onAbort(controller.signal, () => told.push('taken back'));
  onAbort(controller.signal, () => told.push('last'));
  expect(getEventListeners(controller.signal, 'abort').length).toBe(1);
  controller.abort();
  expect(told).toEqual(['first', 'last']);
});

describe('a deadline', () => {
  it('comes after its limit, on the monotonic clock', async () => {
    const clock = createFakeClock();
    const deadline = new Deadline(clock, 2500);
    await clock.advance(2499);
    deadline.check();
    expect(deadline.remainingMs()).toBe(1);
    await clock.advance(1);
    expect(deadline.remainingMs()).toBe(0);
    expect(() => deadline.check()).toThrow(new DeadlineError('the deadline of 2.5 s has passed'));
    await clock.advance(1000);
    expect(deadline.remainingMs()).toBe(0);
  });

  it('never comes without a limit', () => {
    const deadline = new Deadline(createFakeClock());
    deadline.check();
    expect(deadline.remainingMs()).toBe(Number.POSITIVE_INFINITY);
    expect(deadline.bind(never).signal).toBe(never);
  });

  it('ends a bound signal with a DeadlineError', async () => {
    const clock = createFakeClock();
    const { signal } = new Deadline(clock, 100).bind(never);
    await clock.advance(99);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.reason).toBeInstanceOf(DeadlineError);
  });

  it('lets a bound signal follow its own one', () => {
    const controller = new AbortController();
    const { signal } = new Deadline(createFakeClock(), 100).bind(controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(signal.reason).toBe(reason);
    expect(new Deadline(createFakeClock(), 100).bind(controller.signal).signal.reason).toBe(reason);
  });

  it('leaves a released signal alone', async () => {
    const clock = createFakeClock();
    const { signal, release } = new Deadline(clock, 100).bind(never);
    release();
    await clock.advance(1000);
    expect(signal.aborted).toBe(false);
  });
});
