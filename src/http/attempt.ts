// One request on its way, and what may end it early: a limit of time or size, an answer that is none, a socket that is no good.
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import got, { type Got, type OptionsInit, type Response } from 'got';
import { LoanqError, ResponseError } from '../core/errors.ts';
import type { HttpResponse } from '../core/request.ts';
import { say } from '../core/say.ts';
import type { Pool } from './agents.ts';
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
import { arrivalsRead, type SurplusWatch } from './surplus.ts';

const mostBodyBytes = 16 * 1024 * 1024;
const mostInterimAnswers = 10;

/** Over plain http: without forty settings of TLS and of ways that are not taken, which Node would copy three times for each request. */
function requestPlainly(url: URL, { agent, headers, method }: http.RequestOptions): ClientRequest {
  return http.request(url, { agent, headers, method });
}

/** What all requests over a pool have in common is checked and merged once, not for each of them. */
export function createRequester(agent: Pool, { lookupMs, connectMs, secureConnectMs, headersMs }: TimeLimits): Got {
  return got.extend({
    agent,
    ...('http' in agent && { request: requestPlainly }),
    // The whole attempt has its own timer: the library's does not end an upgrade or a slow tunnel.
    timeout: { lookup: lookupMs, connect: connectMs, secureConnect: secureConnectMs, response: headersMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    strictContentLength: true,
  });
}

/** A kept socket that the server had closed before it saw the request, or whose answer may be one to an earlier request. */
export class SpoiltSocket extends Error {}

/** What is known of sockets beyond one attempt. */
export interface Sockets {
  readonly used: WeakSet<Socket>;
  readonly watch: SurplusWatch;
}

export type Message = Pick<OptionsInit, 'method' | 'headers' | 'body' | 'allowGetBody'>;

/** A whole answer. */
interface Exchange {
  readonly statusCode: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** One request. Whatever ends it early is kept in `#stopped` and thrown in place of the library's own error. */
export class Attempt {
  readonly #url: URL;
  readonly #request: Got;
  readonly #proxy: string | undefined;
  readonly #limits: TimeLimits;
  readonly #sockets: Sockets;
  #stage: AttemptFacts['stage'] = 'waiting';
  #stopped: { readonly reason: unknown } | undefined;
  /** Ends the request while it is under way. */
  #cancel: () => void = () => undefined;
  #isStale = () => false;
  #reused: Socket | undefined;

  constructor(url: URL, request: Got, proxy: string | undefined, limits: TimeLimits, sockets: Sockets) {
    this.#url = url;
    this.#request = request;
    this.#proxy = proxy;
    this.#limits = limits;
    this.#sockets = sockets;
  }

  /** Throws SpoiltSocket where the same request may be sent once more. `answered` is told the status of an answer before that is looked at. */
  async run(message: Message, signal: AbortSignal, answered: (status: number) => void): Promise<HttpResponse> {
    const unfollow = onAbort(signal, () => this.#stop(signal.reason));
    const timer = setTimeout(() => this.#stop(markFault(timeoutFault('request', this.#facts()))), this.#limits.attemptMs);
    try {
      const { statusCode, headers, body } = await this.#exchange(message);
      answered(statusCode);
      if (this.#reused !== undefined) await this.#refuseSurplus(this.#reused);
      if (this.#stopped !== undefined) throw this.#stopped.reason;
      return readAnswer(statusCode, headers, body, this.#url.hostname);
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

  /** As a stream: the library's promises gather a body by way of an iterator, which takes as long as all the rest of a request. */
  #exchange(message: Message): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const call = this.#request.stream(this.#url, message);
      this.#cancel = () => {
        call.destroy();
        reject(this.#stopped?.reason);
      };
      let head: Response | undefined;
      const chunks: Buffer[] = [];
      let size = 0;
      call.once('request', request => this.#watch(request));
      call.once('response', response => {
        head = response;
      });
      call.on('data', chunk => {
        chunks.push(chunk);
        size += chunk.length;
        this.#limitSize(size);
      });
      call.once('end', () => {
        call.destroy();
        resolve({ statusCode: head?.statusCode ?? 0, headers: head?.headers ?? {}, body: Buffer.concat(chunks) });
      });
      // Not once: what comes behind the first is of no use, and would end the process.
      call.on('error', reject);
      if (message.body === undefined && message.method !== 'GET') call.end();
    });
  }

  #stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#cancel();
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
