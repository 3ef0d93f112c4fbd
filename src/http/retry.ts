// The one retry loop of the program: what is tried again, how long it waits, and when it gives up.
import type { LoanqError } from '../core/errors.ts';
import type { HttpResponse } from '../core/request.ts';
import { inEnglish, type Words } from '../core/say.ts';
import type { Clock, Deadline } from './clock.ts';
import { adviceOf, isRetryableStatus, type RetryAdvice } from './faults.ts';
import type { RateGate } from './rate-gate.ts';

const shortestWaitMs = 100;
const longestBackoffMs = 20_000;
const retryCost = 5;
const retryCostAfterTimeout = 10;
const defaultBudget = 100;

/** Shared by all keys of a run, so that a provider in trouble is not hit with every key's retries. */
export interface RetryBudget {
  /** Pays for a retry; false, and nothing paid, when too little is left. */
  spend(cost: number): boolean;
  /** One unit back for an answer that needed no retry. */
  refund(): void;
}

export function createRetryBudget(size = defaultBudget): RetryBudget {
  let left = size;
  return {
    spend: cost => {
      if (cost > left) return false;
      left -= cost;
      return true;
    },
    refund: () => {
      left = Math.min(size, left + 1);
    },
  };
}

export interface RetrierOptions {
  /** Tries after the first. */
  readonly retries: number;
  readonly budget: RetryBudget;
  readonly clock: Clock;
  /** 0 <= x < 1. */
  readonly random: () => number;
  readonly gate: RateGate;
  readonly deadline: Deadline;
  /** A longer `Retry-After` is cut to this. */
  readonly longestRetryAfterMs: number;
  /** Told of each wait as it begins: `HTTP 503: waiting 1.5 s before try 2 of 3`. */
  readonly tell?: ((sentence: string) => void) | undefined;
}

/**
 * Sends one request; `n` counts from 1. The signal also ends at the deadline. `again` is awaited before the same request goes
 * out once more on another connection: that is no retry, but a request that the rate must allow.
 */
export type SendOnce = (n: number, signal: AbortSignal, again: () => Promise<void>) => Promise<HttpResponse>;

export interface Retrier {
  /**
   * Tries until an answer is final. The last answer with a retryable status is returned, for its provider to word;
   * a transport failure is thrown with its number of attempts. Throws DeadlineError when the time is up.
   */
  run(send: SendOnce, signal: AbortSignal): Promise<{ readonly response: HttpResponse; readonly attempts: number }>;
  /** Tries after the first, so far. */
  readonly retries: number;
  /** Of the request that was begun last. */
  readonly state: RetryState;
  /** When the next request may leave that waits for the rate. */
  readonly turnMs: number | undefined;
}

/** How far a request is. */
export interface RetryState {
  /** The try that is under way, or waited for. */
  readonly n: number;
  readonly of: number;
  /** What ended the try before it: `HTTP 429, Retry-After 25 s`. */
  readonly after?: Words;
  /** Until when it is waited for, on the monotonic clock. */
  readonly untilMs?: number;
  /** The server asked for the wait. */
  readonly isAsked?: boolean;
}

type Settled =
  | { readonly response: HttpResponse; readonly advice: RetryAdvice }
  | { readonly error: LoanqError; readonly advice: RetryAdvice };

export function createRetrier(options: RetrierOptions): Retrier {
  const { retries, budget, clock, gate, deadline } = options;
  let retried = 0;
  const of = retries + 1;
  let state: RetryState = { n: 1, of };

  async function tryUntilFinal(send: SendOnce, signal: AbortSignal) {
    let retriedOnce = false;
    const pass = (): Promise<void> => gate.take(signal);
    for (let n = 1; ; n += 1) {
      deadline.check();
      await pass();
      state = { ...(n > 1 && state.after !== undefined && { after: state.after }), n, of };
      if (n > 1) retried += 1;
      const settled = await settle(send(n, signal, pass));
      const { when, timeout } = settled.advice;
      const waitMs = waitBefore(n, settled, options);
      if ('response' in settled && settled.response.status === 429) gate.pauseUntil(clock.monotonicMs() + waitMs);
      const worthIt = n <= retries && (when === 'yes' || (when === 'once' && !retriedOnce)) && waitMs < deadline.remainingMs();
      if (!worthIt || !budget.spend(timeout ? retryCostAfterTimeout : retryCost)) {
        if ('error' in settled) throw settled.error.with({ attempts: n });
        if (n === 1 && when === 'no') budget.refund();
        return { response: settled.response, attempts: n };
      }
      retriedOnce ||= when === 'once';
      const isAsked = 'response' in settled && settled.response.headers['retry-after'] !== undefined;
      state = { n: n + 1, of, after: wordsFor(settled), untilMs: clock.monotonicMs() + waitMs, isAsked };
      options.tell?.(`${inEnglish(state.after ?? '')}: waiting ${(waitMs / 1000).toFixed(1)} s before try ${n + 1} of ${of}`);
      await clock.sleep(waitMs, signal);
    }
  }

  return {
    get retries() {
      return retried;
    },
    get state() {
      return state;
    },
    get turnMs() {
      return gate.turnMs;
    },
    run: async (send, signal) => {
      const bound = deadline.bind(signal);
      try {
        return await tryUntilFinal(send, bound.signal);
      } finally {
        bound.release();
      }
    },
  };
}

/** An answer, or a failure of the transport, with the advice on trying again; an abort or a bug passes through. */
async function settle(answer: Promise<HttpResponse>): Promise<Settled> {
  try {
    const response = await answer;
    return { response, advice: { when: isRetryableStatus(response.status) ? 'yes' : 'no', timeout: false } };
  } catch (error) {
    const known = adviceOf(error);
    if (known === undefined) throw error;
    return known;
  }
}

/** What ended a try; of the header only a number or a date, for it may be anything. */
function wordsFor(settled: Settled): Words {
  if (!('response' in settled)) return settled.error.said;
  const { status, headers } = settled.response;
  const asked = headers['retry-after']?.trim() ?? '';
  const until = /^\d{1,9}$/.test(asked) ? `, Retry-After ${asked} s` : httpDate.test(asked) ? `, Retry-After ${asked.slice(0, 40)}` : '';
  return `HTTP ${status}${until}`;
}

function waitBefore(n: number, settled: Settled, { random, clock, longestRetryAfterMs }: RetrierOptions): number {
  const backoff = backoffMs(n - 1, random);
  if (!('response' in settled)) return backoff;
  const { headers, date } = settled.response;
  const asked = parseRetryAfter(headers['retry-after'], clock.now(), date) ?? 0;
  return Math.max(backoff, Math.min(asked, longestRetryAfterMs));
}

/** Back-off with full jitter; `retry` counts from 0. */
export function backoffMs(retry: number, random: () => number): number {
  return Math.max(shortestWaitMs, random() * Math.min(longestBackoffMs, 1000 * 2 ** retry));
}

const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]+$/;

/**
 * `Retry-After` in milliseconds; undefined for nonsense. A date is judged against the server's own `Date` where it sent one,
 * so that a wrong clock on either side does not matter; a date that has passed is 0.
 */
export function parseRetryAfter(value: string | undefined, now: Date, serverDate?: string): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const atMs = parseHttpDate(text);
  if (atMs === undefined) return undefined;
  return Math.max(0, atMs - (parseHttpDate(serverDate ?? '') ?? now.getTime()));
}

function parseHttpDate(text: string): number | undefined {
  if (!httpDate.test(text)) return undefined;
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
