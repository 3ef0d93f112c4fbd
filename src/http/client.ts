// Sends one request, once: exact bytes out, verified TLS, every phase and the size limited, and no redirect followed.
// Loaded only when a request is really sent, because the HTTP library is slow to load.
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import got, { type Got, type OptionsInit } from 'got';
import { ConfigError, LoanqError, ResponseError, UsageError } from '../core/errors.ts';
import { exactUrl, type HttpResponse, type RequestPlan } from '../core/request.ts';
import { say } from '../core/say.ts';
import { createAgents, type Pool } from './agents.ts';
import { onAbort } from './clock.ts';
import {
  type AttemptFacts,
  classifyFailure,
  failureCode,
  isConnectionLoss,
  isNoHttp,
  markFault,
  refuseStatus,
  type TimeLimits,
  timeoutFault,
} from './faults.ts';
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
const mostBodyBytes = 16 * 1024 * 1024;
const mostInterimAnswers = 10;

export function createClient(options: ClientOptions): HttpClient {
  const limits = { ...defaultLimits, ...options.timeouts };
  const agents = createAgents({ ...options, connectMs: limits.connectMs });
  const slots = new Slots(options.concurrency);
  const sockets = { used: new WeakSet<Socket>(), watch: new SurplusWatch() };
  const requesters = new Map<Pool, Got>();
  /** What all requests over a pool have in common is checked and merged once, not for each of them. */
  const requester = (pool: Pool): Got => {
    const known = requesters.get(pool) ?? got.extend(commonOptions(pool, limits));
    requesters.set(pool, known);
    return known;
  };
  return {
    send: async (plan, { signal, again }) => {
      signal.throwIfAborted();
      const url = exactUrl(plan);
      if (url === undefined) throw new UsageError(say`a key or parameter would change the address of the request (${plan.template})`);
      const route = agents.route(url);
      const message = { method: plan.method, ...messageOf(plan, options.userAgent) };
      const send = (pool: Pool) => new Attempt(url, requester(pool), route.proxy, limits, sockets).run(message, signal);
      // Only a GET may take a kept socket, because only a GET may be sent twice: the socket may turn out to be no good.
      if (plan.method !== 'GET') return send(route.fresh);
      return slots.use(signal, async () => {
        // An idle socket that has brought something must be gone before one is chosen.
        await arrivalsRead();
        signal.throwIfAborted();
        try {
          return await send(route.kept);
        } catch (error) {
          if (!(error instanceof SpoiltSocket)) throw error;
          await again?.();
          return send(route.fresh);
        }
      });
    },
    close: agents.close,
  };
}

/** Over plain http: without forty settings of TLS and of ways that are not taken, which Node would copy three times for each request. */
function requestPlainly(url: URL, { agent, headers, method }: http.RequestOptions): ClientRequest {
  return http.request(url, { agent, headers, method });
}

function commonOptions(agent: Pool, { lookupMs, connectMs, secureConnectMs, headersMs }: TimeLimits) {
  return {
    agent,
    ...('http' in agent && { request: requestPlainly }),
    // The whole attempt has its own timer: the library's does not end an upgrade or a slow tunnel.
    timeout: { lookup: lookupMs, connect: connectMs, secureConnect: secureConnectMs, response: headersMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    strictContentLength: true,
    allowGetBody: true,
    responseType: 'buffer',
  } as const;
}

/** A kept socket that the server had closed before it saw the request, or whose answer may be one to an earlier request. */
class SpoiltSocket extends Error {}

/** What is known of sockets beyond one attempt. */
interface Sockets {
  readonly used: WeakSet<Socket>;
  readonly watch: SurplusWatch;
}

type Message = Pick<OptionsInit, 'method' | 'headers' | 'body'>;

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
  if (plan.body.kind === 'json') return { headers: { 'content-type': 'application/json', ...headers }, body: plan.body.text };
  const form = new FormData();
  for (const { name, value } of plan.body.fields) form.append(name, value);
  return { headers, body: form };
}

function assertHeaderValue(name: string, value: string): void {
  try {
    http.validateHeaderValue(name, value);
  } catch {
    const hint = 'look for a line end or a control character in the secret or setting behind it';
    throw new ConfigError(say`the value for the header ${name} holds a character that HTTP cannot carry`, { hint });
  }
}

/** One request on its way. Whatever ends it early is kept in `#stopped` and thrown in place of the library's own error. */
class Attempt {
  readonly #url: URL;
  readonly #request: Got;
  readonly #proxy: string | undefined;
  readonly #limits: TimeLimits;
  readonly #sockets: Sockets;
  readonly #cancel = new AbortController();
  #stage: AttemptFacts['stage'] = 'waiting';
  #stopped: { readonly reason: unknown } | undefined;
  #isStale = () => false;
  #reused: Socket | undefined;

  constructor(url: URL, request: Got, proxy: string | undefined, limits: TimeLimits, sockets: Sockets) {
    this.#url = url;
    this.#request = request;
    this.#proxy = proxy;
    this.#limits = limits;
    this.#sockets = sockets;
  }

  async run(message: Message, signal: AbortSignal): Promise<HttpResponse> {
    const unfollow = onAbort(signal, () => this.#stop(signal.reason));
    const timer = setTimeout(() => this.#stop(markFault(timeoutFault('request', this.#facts()))), this.#limits.attemptMs);
    try {
      const call = this.#request(this.#url, { ...message, signal: this.#cancel.signal });
      call.on('request', request => this.#watch(request));
      call.on('downloadProgress', ({ transferred }) => this.#limitSize(transferred));
      const { statusCode, headers, rawBody } = await call;
      this.#limitSize(rawBody.length);
      if (this.#reused !== undefined) await this.#refuseSurplus(this.#reused);
      if (this.#stopped !== undefined) throw this.#stopped.reason;
      return readAnswer(statusCode, headers, rawBody, this.#url.hostname);
    } catch (failure) {
      if (this.#stopped !== undefined) throw this.#stopped.reason;
      if (failure instanceof LoanqError || failure instanceof SpoiltSocket) throw failure;
      const code = failureCode(failure);
      if (isConnectionLoss(code) && this.#isStale()) throw new SpoiltSocket();
      // No answer to this request, but perhaps the end of one to an earlier request.
      if (isNoHttp(code) && this.#reused !== undefined) throw new SpoiltSocket();
      throw markFault(classifyFailure(failure, this.#facts()));
    } finally {
      clearTimeout(timer);
      unfollow();
    }
  }

  #stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#cancel.abort();
  }

  #facts(): AttemptFacts {
    return { host: this.#url.hostname, proxy: this.#proxy, stage: this.#stage, limits: this.#limits };
  }

  #watch(request: ClientRequest): void {
    let interim = 0;
    request.on('information', () => {
      interim += 1;
      if (interim > mostInterimAnswers) this.#stop(new ResponseError(say`${this.#url.hostname} sends one interim answer after another`));
    });
    request.once('upgrade', () => this.#stop(refuseStatus(101, undefined, this.#url)));
    request.once('response', response => this.#judgeHead(response));
    request.once('socket', socket => {
      this.#sockets.watch.follow(socket, request);
      this.#followSocket(socket);
    });
  }

  /** On a socket that has carried other requests, an answer with another one behind it may be theirs. */
  async #refuseSurplus(socket: Socket): Promise<void> {
    await arrivalsRead();
    if (this.#sockets.watch.found(socket)) throw new SpoiltSocket();
  }

  #followSocket(socket: Socket): void {
    if (this.#sockets.used.has(socket)) {
      this.#reused = socket;
      const bytesBefore = socket.bytesRead;
      this.#isStale = () => this.#stage === 'connected' && socket.bytesRead === bytesBefore;
      this.#stage = 'connected';
      return;
    }
    this.#sockets.used.add(socket);
    if (this.#proxy !== undefined) this.#stage = 'tunnelled';
    socket.once(this.#url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      this.#stage = 'connected';
    });
  }

  #judgeHead({ statusCode = 0, headers }: IncomingMessage): void {
    this.#stage = 'answered';
    const refusal = refuseStatus(statusCode, headers.location, this.#url);
    if (refusal !== undefined) this.#stop(refusal);
    this.#limitSize(Number(headers['content-length'] ?? 0));
  }

  #limitSize(bytes: number): void {
    if (bytes > mostBodyBytes) this.#stop(new ResponseError(say`the answer is larger than 16 MiB`));
  }
}

/** Cookies are dropped: they are never sent back, and may be secrets. */
function readAnswer(status: number, headers: http.IncomingHttpHeaders, body: Uint8Array, host: string): HttpResponse {
  const encoding = headers['content-encoding']?.toLowerCase();
  if (encoding !== undefined && encoding !== 'identity' && body.length > 0) {
    throw new ResponseError(say`the answer of ${host} is compressed in a way that was not asked for`, { status });
  }
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') kept[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status, headers: kept, body, ...(headers.date !== undefined && { date: headers.date }) };
}
