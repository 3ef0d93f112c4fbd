// The gate in front of every request: rate, burst, order, pauses, and leaving the queue.
import { beforeEach, describe, expect, it } from 'vitest';
import { createRateGate, type RateGate } from '../../src/http/rate-gate.ts';
import { createFakeClock, type FakeClock } from '../servers/fake-clock.ts';

const never = new AbortController().signal;
let clock: FakeClock;
let passed: string[];

beforeEach(() => {
  clock = createFakeClock();
  passed = [];
});

/** Queues up and notes when it got through. */
function queue(gate: RateGate, name: string, signal = never): Promise<void> {
  return gate.take(signal).then(() => {
    passed.push(`${name}@${clock.monotonicMs()}`);
  });
}

describe('a gate with a rate', () => {
  it('lets a burst through, then one at a time, first come first served', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 5, burst: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) void queue(gate, name);
    await clock.advance(1000);
    expect(passed).toEqual(['a@0', 'b@0', 'c@0', 'd@200', 'e@400']);
  });

  it('allows ten at once by default', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 1 });
    for (let n = 1; n <= 12; n += 1) void queue(gate, `${n}`);
    await clock.advance(999);
    expect(passed).toHaveLength(10);
    await clock.advance(1);
    expect(passed.at(-1)).toBe('11@1000');
  });

  it('saves up no more than a burst', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 10, burst: 2 });
    await clock.advance(60_000);
    for (const name of ['a', 'b', 'c']) void queue(gate, name);
    await clock.advance(1000);
    expect(passed).toEqual(['a@60000', 'b@60000', 'c@60100']);
  });

  it('keeps the rate over a long run, whatever the fractions', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 3, burst: 1 });
    for (let n = 0; n < 31; n += 1) void queue(gate, `${n}`);
    await clock.advance(9990);
    expect(passed.length).toBeLessThanOrEqual(30);
    await clock.advance(100);
    expect(passed).toHaveLength(31);
  });

  it('works below one request per second', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 0.1, burst: 1 });
    for (const name of ['a', 'b']) void queue(gate, name);
    await clock.advance(20_000);
    expect(passed).toEqual(['a@0', 'b@10000']);
  });
});

describe('a gate without a rate', () => {
  it('lets everybody through at once', async () => {
    const gate = createRateGate({ clock, ratePerSecond: undefined });
    for (let n = 0; n < 100; n += 1) void queue(gate, `${n}`);
    await clock.advance(0);
    expect(passed).toHaveLength(100);
    expect(clock.slept).toEqual([]);
  });

  it('still holds everybody back during a pause', async () => {
    const gate = createRateGate({ clock, ratePerSecond: undefined });
    gate.pauseUntil(500);
    for (const name of ['a', 'b']) void queue(gate, name);
    await clock.advance(1000);
    expect(passed).toEqual(['a@500', 'b@500']);
  });
});

describe('a pause', () => {
  it('leaves no burst behind: one request when it ends, then the rate', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 10, burst: 5 });
    gate.pauseUntil(2000);
    for (const name of ['a', 'b', 'c']) void queue(gate, name);
    await clock.advance(3000);
    expect(passed).toEqual(['a@2000', 'b@2100', 'c@2200']);
  });

  it('may be made longer, and not shorter, while others wait', async () => {
    const gate = createRateGate({ clock, ratePerSecond: undefined });
    gate.pauseUntil(500);
    void queue(gate, 'a');
    await clock.advance(100);
    gate.pauseUntil(900);
    gate.pauseUntil(200);
    await clock.advance(1000);
    expect(passed).toEqual(['a@900']);
  });

  it('holds back those who come later too', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 5 });
    void queue(gate, 'a');
    await clock.advance(0);
    gate.pauseUntil(300);
    void queue(gate, 'b');
    await clock.advance(1000);
    void queue(gate, 'c');
    await clock.advance(0);
    expect(passed).toEqual(['a@0', 'b@300', 'c@1000']);
  });
});

describe('an abort', () => {
  it('leaves the queue at once, wherever in it, and costs no token', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 1, burst: 1 });
    const controller = new AbortController();
    const reason = new Error('enough');
    void queue(gate, 'a');
    void queue(gate, 'b');
    const gone = queue(gate, 'gone', controller.signal);
    void queue(gate, 'c');
    await clock.advance(10);
    controller.abort(reason);
    await expect(gone).rejects.toBe(reason);
    await clock.advance(5000);
    expect(passed).toEqual(['a@0', 'b@1000', 'c@2000']);
  });

  it('of the last one leaves no timer behind, and the gate goes on working', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 1, burst: 1 });
    const controller = new AbortController();
    void queue(gate, 'a');
    const gone = queue(gate, 'gone', controller.signal);
    await clock.advance(10);
    expect(clock.sleeping).toBe(1);
    controller.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    await clock.advance(0);
    expect(clock.sleeping).toBe(0);
    void queue(gate, 'b');
    await clock.advance(2000);
    expect(passed).toEqual(['a@0', 'b@1000']);
  });

  it('before queueing takes nothing', async () => {
    const gate = createRateGate({ clock, ratePerSecond: 1, burst: 1 });
    await expect(gate.take(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await queue(gate, 'a');
    expect(passed).toEqual(['a@0']);
  });
});
