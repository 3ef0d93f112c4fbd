// What is tried again, after how long, and when it is enough.
import { describe, expect, it } from 'vitest';
import { ConfigError, DeadlineError, type LoanqError, ResponseError, TemporaryError, TrustError } from '../../src/core/errors.ts';
import type { HttpResponse } from '../../src/core/request.ts';
import { Deadline } from '../../src/http/clock.ts';
import { markFault, type RetryAdvice } from '../../src/http/faults.ts';
import { createRateGate } from '../../src/http/rate-gate.ts';
import { backoffMs, createRetrier, createRetryBudget, parseRetryAfter, type RetrierOptions, type SendOnce } from '../../src/http/retry.ts';
import { createFakeClock, type FakeClock } from '../servers/fake-clock.ts';

const never = new AbortController().signal;

function answer(status: number, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: new Uint8Array(), ...(headers.date !== undefined && { date: headers.date }) };
}

function fault(when: RetryAdvice['when'], error: LoanqError = new TemporaryError('no luck'), timeout = false): LoanqError {
  return markFault({ error, advice: { when, timeout } });
}

/** Plays these outcomes one after the other; the last one stays. */
function play(...outcomes: ReadonlyArray<HttpResponse | Error>): SendOnce {
  return async n => {
    const outcome = outcomes[Math.min(n, outcomes.length) - 1];
    if (outcome === undefined || outcome instanceof Error) throw outcome;
    return outcome;
  };
}

function retrierWith(more: Partial<RetrierOptions> = {}, clock: FakeClock = createFakeClock({ instant: true })) {
  const gate = createRateGate({ clock, ratePerSecond: undefined });
  const options = {
    retries: 2,
    budget: createRetryBudget(),
    clock,
    random: () => 0.5,
    gate,
    deadline: new Deadline(clock),
    longestRetryAfterMs: 60_000,
  };
  return { retrier: createRetrier({ ...options, ...more }), clock, gate: more.gate ?? gate };
}

describe('backoffMs', () => {
  it.each([
    [0, 0, 100],
    [0, 0.05, 100],
    [0, 0.5, 500],
    [0, 0.999, 999],
    [1, 0.5, 1000],
    [4, 0.5, 8000],
    [5, 0.5, 10_000],
    [10, 0.5, 10_000],
    [2000, 0.999, 19_980],
  ])('before retry %i with chance %d is %d ms', (retry, chance, ms) => {
    expect(backoffMs(retry, () => chance)).toBeCloseTo(ms, 6);
  });
});

describe('parseRetryAfter', () => {
  const now = new Date('1994-11-06T08:49:00Z');

  it.each<[string | undefined, number | undefined]>([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['9999999', 9_999_999_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Sun, 06 Nov 1994 08:48:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['5 seconds', undefined],
    ['soon', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    ['Sun, 99 Nov 1994 08:49:37 GMT', undefined],
    ['Sun, nonsense', undefined],
  ])('of %j is %j', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms);
  });

  it('judges a date against the date of the server', () => {
    const serverDate = 'Sun, 06 Nov 2033 08:49:30 GMT';
    expect(parseRetryAfter('Sun, 06 Nov 2033 08:49:37 GMT', now, serverDate)).toBe(7000);
    expect(parseRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', now, 'nonsense')).toBe(37_000);
  });
});

describe('an answer', () => {
  it.each([200, 204, 400, 401, 403, 404, 409, 410, 413, 422, 501, 505, 599])('with status %i is final', async status => {
    const { retrier, clock } = retrierWith();
    expect(await retrier.run(play(answer(status)), never)).toEqual({ response: answer(status), attempts: 1 });
    expect(clock.slept).toEqual([]);
    expect(retrier.retries).toBe(0);
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])('with status %i is asked for again', async status => {
    const { retrier, clock } = retrierWith();
    expect(await retrier.run(play(answer(status), answer(200)), never)).toEqual({ response: answer(200), attempts: 2 });
    expect(clock.slept[0]).toBe(500);
    expect(retrier.retries).toBe(1);
  });

  it('that stays the same is handed on after the last retry', async () => {
    const { retrier, clock } = retrierWith({ retries: 3 });
    expect(await retrier.run(play(answer(503)), never)).toEqual({ response: answer(503), attempts: 4 });
    expect(clock.slept).toEqual([500, 1000, 2000]);
    expect(retrier.retries).toBe(3);
  });

  it('is handed on at once without retries', async () => {
    const { retrier, clock } = retrierWith({ retries: 0 });
    expect(await retrier.run(play(answer(503)), never)).toEqual({ response: answer(503), attempts: 1 });
    expect(clock.slept).toEqual([]);
  });
});

describe('a failure of the transport', () => {
  it('is tried again, and thrown with its attempts when it stays', async () => {
    const { retrier, clock } = retrierWith();
    const error = await retrier.run(play(fault('yes')), never).catch(reason => reason);
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error).toMatchObject({ message: 'no luck', facts: { attempts: 3 } });
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('may end well', async () => {
    const { retrier } = retrierWith();
    expect(await retrier.run(play(fault('yes'), fault('yes'), answer(200)), never)).toEqual({ response: answer(200), attempts: 3 });
  });

  it('that is worth one more try gets one', async () => {
    const { retrier } = retrierWith({ retries: 5 });
    const error = await retrier.run(play(fault('once', new ResponseError('damaged'))), never).catch(reason => reason);
    expect(error).toMatchObject({ name: 'ResponseError', facts: { attempts: 2 } });
  });

  it('that is worth one more try gets one in all, whatever comes between', async () => {
    const { retrier } = retrierWith({ retries: 5 });
    const error = await retrier.run(play(fault('once'), answer(503), fault('once')), never).catch(reason => reason);
    expect(error).toMatchObject({ facts: { attempts: 3 } });
  });

  it.each([
    ['of trust', fault('no', new TrustError('self-signed'))],
    ['of the proxy settings', fault('no', new ConfigError('password'))],
  ])('%s is never tried again', async (_what, error) => {
    const { retrier, clock } = retrierWith();
    await expect(retrier.run(play(error), never)).rejects.toMatchObject({ message: error.message, facts: { attempts: 1 } });
    expect(clock.slept).toEqual([]);
  });

  it.each([new ResponseError('the answer is larger than 16 MiB'), new TypeError('a bug')])(
    'that is none (%s) passes through',
    async error => {
      const { retrier, clock } = retrierWith();
      await expect(retrier.run(play(error), never)).rejects.toBe(error);
      expect(clock.slept).toEqual([]);
    },
  );
});

describe('Retry-After', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 60_000, 7000],
    ['a date', { 'retry-after': 'Sun, 01 Jun 2025 00:00:09 GMT' }, 60_000, 9000],
    ['less than the back-off', { 'retry-after': '0' }, 60_000, 500],
    ['a past date', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 60_000, 500],
    ['nonsense', { 'retry-after': '-5' }, 60_000, 500],
    ['an hour', { 'retry-after': '3600' }, 60_000, 60_000],
    ['an hour, in a batch', { 'retry-after': '3600' }, 300_000, 300_000],
    ['115 days', { 'retry-after': '9999999' }, 60_000, 60_000],
    ['more than a timer holds', { 'retry-after': '9'.repeat(400) }, 300_000, 300_000],
  ])('of %s', async (_what, headers, longestRetryAfterMs, waitMs) => {
    const { retrier, clock } = retrierWith({ longestRetryAfterMs });
    await retrier.run(play(answer(503, headers), answer(200)), never);
    expect(clock.slept).toEqual([waitMs]);
  });

  it('with 429 holds back everybody, other statuses only their own key', async () => {
    const clock = createFakeClock();
    const { retrier } = retrierWith({}, clock);
    const arrivals: string[] = [];
    const note = (name: string, ...outcomes: HttpResponse[]) =>
      retrier.run(async (...attempt) => {
        arrivals.push(`${name}@${clock.monotonicMs()}`);
        return play(...outcomes)(...attempt);
      }, never);
    void note('busy', answer(503, { 'retry-after': '5' }), answer(200));
    await clock.advance(0);
    void note('free', answer(200));
    await clock.advance(0);
    void note('limited', answer(429, { 'retry-after': '30' }), answer(200));
    await clock.advance(0);
    void note('held', answer(200));
    await clock.advance(60_000);
    expect(arrivals.slice(0, 3)).toEqual(['busy@0', 'free@0', 'limited@0']);
    expect(arrivals.slice(3).sort()).toEqual(['busy@30000', 'held@30000', 'limited@30000']);
  });

  it('with 429 holds back the others also when this key is given up', async () => {
    const clock = createFakeClock();
    const { retrier, gate } = retrierWith({ retries: 0 }, clock);
    await retrier.run(play(answer(429, { 'retry-after': '2' })), never);
    let passedAtMs = -1;
    void gate.take(never).then(() => {
      passedAtMs = clock.monotonicMs();
    });
    await clock.advance(5000);
    expect(passedAtMs).toBe(2000);
  });
});

describe('the budget of a run', () => {
  it('pays 5 for a retry, and nothing is retried when it is empty', async () => {
    const { retrier } = retrierWith({ retries: 10, budget: createRetryBudget(20) });
    expect(await retrier.run(play(answer(503)), never)).toMatchObject({ attempts: 5 });
    expect(await retrier.run(play(answer(503)), never)).toMatchObject({ attempts: 1 });
  });

  it('pays 10 for a retry after a timeout', async () => {
    const { retrier } = retrierWith({ retries: 10, budget: createRetryBudget(20) });
    const late = fault('yes', new TemporaryError('late'), true);
    await expect(retrier.run(play(late), never)).rejects.toMatchObject({ facts: { attempts: 3 } });
  });

  it('gets 1 back for an answer at the first try, and none for a retried one', async () => {
    const budget = createRetryBudget(5);
    const { retrier } = retrierWith({ retries: 1, budget });
    await retrier.run(play(answer(503), answer(200)), never);
    for (let n = 0; n < 4; n += 1) await retrier.run(play(answer(n === 0 ? 404 : 200)), never);
    expect(await retrier.run(play(answer(503)), never)).toMatchObject({ attempts: 1 });
    await retrier.run(play(answer(200)), never);
    expect(await retrier.run(play(answer(503)), never)).toMatchObject({ attempts: 2 });
  });

  it('is 100 at first and never more', () => {
    const budget = createRetryBudget();
    budget.refund();
    expect([budget.spend(101), budget.spend(100), budget.spend(1)]).toEqual([false, true, false]);
  });
});

describe('the deadline', () => {
  it('that has passed sends nothing', async () => {
    const clock = createFakeClock();
    const { retrier } = retrierWith({ deadline: new Deadline(clock, 1000) }, clock);
    await clock.advance(1000);
    await expect(retrier.run(play(answer(200)), never)).rejects.toBeInstanceOf(DeadlineError);
    expect(retrier.retries).toBe(0);
  });

  it('that a wait would pass fails the key at once', async () => {
    const clock = createFakeClock();
    const { retrier } = retrierWith({ deadline: new Deadline(clock, 5000) }, clock);
    const limited = answer(503, { 'retry-after': '5' });
    expect(await retrier.run(play(limited), never)).toEqual({ response: limited, attempts: 1 });
    expect(clock.slept.filter(ms => ms !== 5000)).toEqual([]);
    expect(clock.monotonicMs()).toBe(0);
  });

  it('ends an attempt under way, and a wait at the gate', async () => {
    const clock = createFakeClock();
    const { retrier, gate } = retrierWith({ deadline: new Deadline(clock, 1000) }, clock);
    const underWay = retrier.run(
      (_n, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      never,
    );
    const first = expect(underWay).rejects.toBeInstanceOf(DeadlineError);
    await clock.advance(0);
    gate.pauseUntil(60_000);
    const second = expect(retrier.run(play(answer(200)), never)).rejects.toBeInstanceOf(DeadlineError);
    await clock.advance(1000);
    await Promise.all([first, second]);
    expect(clock.monotonicMs()).toBe(1000);
  });
});

it('an abort ends the wait between tries with its reason', async () => {
  const clock = createFakeClock();
  const { retrier } = retrierWith({}, clock);
  const controller = new AbortController();
  const reason = new Error('enough');
  const ended = expect(retrier.run(play(answer(503)), controller.signal)).rejects.toBe(reason);
  await clock.advance(10);
  expect(clock.sleeping).toBe(1);
  controller.abort(reason);
  await ended;
  expect(clock.sleeping).toBe(0);
});
