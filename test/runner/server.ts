// A hand-written HTTP server on loopback, independent of the sandbox: what it answers is written in the test that starts it.
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import { afterAll } from 'vitest';
import { listen } from '../servers/tcp-server.ts';

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  /** Path and query byte for byte. */
  readonly target: string;
  /** Header names as sent, in order. */
  readonly headerNames: readonly string[];
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What the server does with a request; `number` counts requests from 1. Undefined: the connection is cut. */
export type Handler = (request: Received, number: number) => Answer | undefined | Promise<Answer | undefined>;

export interface TestServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly requests: readonly Received[];
  /** Resolves once so many requests have come, from the first one on. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server that closes when the test file is done, if nobody closes it before. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const requests: Received[] = [];
  const events = new EventEmitter();
  const server = http.createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request: Received = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headerNames: incoming.rawHeaders.filter((_, at) => at % 2 === 0),
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks),
    };
    requests.push(request);
    events.emit('request');
    const answer = await handler(request, requests.length);
    if (answer === undefined) return void incoming.socket.resetAndDestroy();
    const body = Buffer.from(answer.body ?? '');
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', 'content-length': body.length, ...answer.headers });
    response.end(body);
  });
  const listening = await listen(server);
  afterAll(listening.close);
  const arrived = async (count: number): Promise<void> => {
    while (requests.length < count) await once(events, 'request');
  };
  return { origin: `http://127.0.0.1:${listening.port}`, requests, arrived, close: listening.close };
}
