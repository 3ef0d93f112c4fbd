// Sends one request, once: exact bytes out, verified TLS, every phase and the size limited, and no redirect followed.
// Loaded only when a request is really sent, because the HTTP library is slow to load.
import http from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import type { Got } from 'got';
import { ConfigError, UsageError } from '../core/errors.ts';
import { exactUrl, type HttpResponse, type RequestPlan } from '../core/request.ts';
import { say } from '../core/say.ts';
import { createAgents, type Pool } from './agents.ts';
import { Attempt, createRequester, type Message, SpoiltSocket } from './attempt.ts';
import type { TimeLimits } from './faults.ts';
import { Slots } from './slots.ts';
import { arrivalsRead, SurplusWatch } from './surplus.ts';

export interface ClientOptions {
  readonly timeouts?: Partial<TimeLimits>;
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** Sent where the plan names none. */
  readonly userAgent: string;
  /** Where the proxy variables are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PEM text of authorities trusted besides the default ones. */
  readonly caPem?: string;
  /** Name resolution; the system's by default. */
  readonly lookup?: LookupFunction;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Awaited before the request goes out again, because the kept connection it was sent on turned out to be no good. */
  readonly again?: () => Promise<void>;
  /** Called when the answer is there, before it is looked at: from now on the next request can be on its way. */
  readonly answered?: ((status: number) => void) | undefined;
}

export interface HttpClient {
  /**
   * One attempt. Every complete answer is returned, whatever its status, except redirects (TrustError) and statuses that are
   * no answer (ResponseError). Transport failures carry the retry advice that `adviceOf` reads; an abort throws its reason.
   */
  send(plan: RequestPlan, options: SendOptions): Promise<HttpResponse>;
  /** Ends all connections, so that the process may end. */
  close(): void;
}

const defaultLimits: TimeLimits = { lookupMs: 5000, connectMs: 10_000, secureConnectMs: 10_000, headersMs: 30_000, attemptMs: 60_000 };
export function createClient(options: ClientOptions): HttpClient {
  const limits = { ...defaultLimits, ...options.timeouts };
  const agents = createAgents({ ...options, connectMs: limits.connectMs });
  const slots = new Slots(options.concurrency);
  const sockets = { used: new WeakSet<Socket>(), watch: new SurplusWatch() };
  const requesters = new Map<Pool, Got>();
  const requester = (pool: Pool): Got => {
    const known = requesters.get(pool) ?? createRequester(pool, limits);
    requesters.set(pool, known);
    return known;
  };
  return {
    send: async (plan, { signal, again, answered }) => {
      signal.throwIfAborted();
      const url = exactUrl(plan);
      if (url === undefined) throw new UsageError(say`a key or parameter would change the address of the request (${plan.template})`);
      const route = agents.route(url);
      const message = { method: plan.method, ...messageOf(plan, options.userAgent) };
      const send = (pool: Pool, leave?: () => void) =>
        new Attempt(url, requester(pool), route.proxy, limits, sockets).run(message, signal, status => {
          leave?.();
          answered?.(status);
        });
      // Only a GET may take a kept socket, because only a GET may be sent twice: the socket may turn out to be no good.
      if (plan.method !== 'GET') return send(route.fresh);
      try {
        return await slots.use(signal, async leave => {
          // An idle socket that has brought something must be gone before one is chosen.
          await arrivalsRead();
          signal.throwIfAborted();
          return send(route.kept, leave);
        });
      } catch (error) {
        if (!(error instanceof SpoiltSocket)) throw error;
        return slots.use(signal, async leave => {
          await again?.();
          return send(route.fresh, leave);
        });
      }
    },
    close: agents.close,
  };
}

function messageOf(plan: RequestPlan, userAgent: string): Message {
  const headers: Record<string, string | string[]> = { 'user-agent': userAgent };
  const planned = new Set<string>();
  for (const part of plan.headers) {
    const name = part.name.toLowerCase();
    assertHeaderValue(name, part.value);
    headers[name] = planned.has(name) ? [headers[name] ?? [], part.value].flat() : part.value;
    planned.add(name);
  }
  if (plan.body === undefined) return { headers };
  const allowGetBody = true;
  if (plan.body.kind === 'json') return { headers: { 'content-type': 'application/json', ...headers }, body: plan.body.text, allowGetBody };
  const form = new FormData();
  for (const { name, value } of plan.body.fields) form.append(name, value);
  return { headers, body: form, allowGetBody };
}

function assertHeaderValue(name: string, value: string): void {
  try {
    http.validateHeaderValue(name, value);
  } catch {
    const hint = 'look for a line end or a control character in the secret or setting behind it';
    throw new ConfigError(say`the value for the header ${name} holds a character that HTTP cannot carry`, { hint });
  }
}
