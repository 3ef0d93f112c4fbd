// The gate in front of every request: rate, burst, order, pauses, and leaving the queue.
import { beforeEach, describe, expect, it } from 'vitest';
import { createRateGate, type RateGate } from '../../src/http/rate-gate.ts';
import { type BucketPlace, ownBucket } from '../../src/http/token-bucket.ts';
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

describe('gates of several runs that share a bucket', () => {
  let bucket: BucketPlace;
  beforeEach(() => {
    bucket = ownBucket(clock.monotonicMs);
  });

  const shared = (ratePerSecond: number, own = ratePerSecond, burst = 2): RateGate =>
    createRateGate({ clock, ratePerSecond: own, burst, shared: { ratePerSecond, open: async () => bucket } });

  it('have one burst and one rate, and who waits is served in turn, however many wait with the other one', async () => {
    const [one, other] = [shared(5), shared(5)];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) void queue(one, name);
    void queue(other, 'x');
    void queue(other, 'y');
    await clock.advance(1200);
    expect(passed).toEqual(['a@0', 'b@0', 'c@200', 'x@400', 'd@600', 'y@800', 'e@1000', 'f@1200']);
  });

  it('take no more from it than the slower one may use, and leave the rest to the other', async () => {
    const [slow, fast] = [shared(10, 1, 1), shared(10, 10, 1)];
    for (const name of ['s', 't']) void queue(slow, name);
    for (let n = 1; n <= 11; n += 1) void queue(fast, `${n}`);
    await clock.advance(1100);
    expect(passed.filter(one => /^[st]/.test(one))).toEqual(['s@0', 't@1100']);
    expect(passed).toHaveLength(12);
  });

  it('keep each to its own rate, however much the bucket would give', async () => {
    const slow = shared(100, 10, 1);
    for (const name of ['a', 'b', 'c']) void queue(slow, name);
    await clock.advance(200);
    expect(passed).toEqual(['a@0', 'b@100', 'c@200']);
  });

  it('wait together: a time that was given before a pause does not count in it', async () => {
    const [one, other] = [shared(1), shared(1)];
    for (const name of ['a', 'b', 'c']) void queue(one, name);
    await clock.advance(500);
    void queue(other, 'x');
    await clock.advance(100);
    other.pauseUntil(5000);
    await clock.advance(6000);
    expect(passed).toEqual(['a@0', 'b@0', 'c@5000', 'x@6000']);
  });

  it('give a time up that is older than a burst: a process that was stopped does not come on top of the others', async () => {
    let stoppedMs = 5000;
    const sleep: FakeClock['sleep'] = (ms, signal) => {
      const overslept = clock.sleep(ms + stoppedMs, signal);
      stoppedMs = 0;
      return overslept;
    };
    const open = async () => bucket;
    const late = createRateGate({ clock: { ...clock, sleep }, ratePerSecond: 1, burst: 2, shared: { ratePerSecond: 1, open } });
    for (const name of ['a', 'b', 'c']) void queue(late, name);
    await clock.advance(0);
    for (const name of ['x2', 'x3', 'x4', 'x5', 'x6', 'x7']) void queue(shared(1), name);
    await clock.advance(8000);
    // c had the time 1000.
    expect(passed).toEqual(['a@0', 'b@0', 'x2@2000', 'x3@3000', 'x4@4000', 'x5@5000', 'x6@6000', 'x7@7000', 'c@8000']);
  });

  it('are told what each request was given', async () => {
    const told: (readonly [number, number])[] = [];
    const open = async () => bucket;
    const gate = createRateGate({
      clock,
      ratePerSecond: 5,
      burst: 2,
      shared: { ratePerSecond: 5, open },
      tell: (...times) => told.push(times),
    });
    for (const name of ['a', 'b', 'c']) void queue(gate, name);
    await clock.advance(200);
    expect(told).toEqual([
      [-200, 0],
      [0, 0],
      [200, 200],
    ]);
  });
});
