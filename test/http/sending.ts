// What the client tests share: a plan, a client with short limits, and a failure as plain data.
import type { LookupFunction } from 'node:net';
import { expect } from 'vitest';
import { LoanqError } from '../../src/core/errors.ts';
import type { HttpResponse, RequestPlan } from '../../src/core/request.ts';
import { type ClientOptions, createClient, type HttpClient } from '../../src/http/client.ts';
import { adviceOf } from '../../src/http/faults.ts';

export function planFor(baseUrl: string, more: Partial<RequestPlan> = {}): RequestPlan {
  return { method: 'GET', baseUrl, path: '/x', template: '/x', query: [], headers: [], ...more };
}

export function clientWith(more: Partial<ClientOptions> = {}): HttpClient {
  return createClient({ concurrency: 4, userAgent: 'loanq/test', env: {}, ...more });
}

const never = new AbortController().signal;

export function send(client: HttpClient, plan: RequestPlan, signal = never): Promise<HttpResponse> {
  return client.send(plan, { signal });
}

/** A failure as tests compare it. */
export interface Failure {
  readonly name: string;
  readonly exit: number;
  readonly message: string;
  readonly retry: string | undefined;
  readonly timeout: boolean | undefined;
}

/** The failure of a call that must fail with an error of ours; nothing in it may hold the library's words or a URL. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => undefined,
    reason => reason,
  );
  if (!(error instanceof LoanqError)) throw new Error('expected a LoanqError', { cause: error });
  expect(error.cause).toBeUndefined();
  expect(`${error.message} ${error.facts.hint}`).not.toMatch(/\/x|canary/);
  const fault = adviceOf(error);
  return { name: error.name, exit: error.exit, message: error.message, retry: fault?.advice.when, timeout: fault?.advice.timeout };
}

/** Resolves every name to these addresses. */
export function lookupTo(...addresses: readonly string[]): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all)
      callback(
        null,
        addresses.map(address => ({ address, family: 4 })),
      );
    else callback(null, addresses[0] ?? '', 4);
  };
}
