// An HTTP or HTTPS server on loopback that misbehaves as scripted, path by path, and remembers every request.
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { type SecureVersion, TLSSocket } from 'node:tls';
import { type Listening, listen } from './tcp-server.ts';

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query byte for byte. */
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Which connection carried it, counted from 1. */
  readonly connection: number;
}

export interface Exchange {
  readonly request: SeenRequest;
  readonly response: http.ServerResponse;
  readonly socket: Socket;
}

/** What the server does with one request. */
export type Step = (exchange: Exchange) => void;

export interface FaultServer extends Listening {
  /** `http://127.0.0.1:port`, or https. */
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** Sets the steps of a path (without query), one for each request; the last one stays. Paths without steps answer 404. */
  script(path: string, ...steps: readonly Step[]): void;
  /** Resolves when so many requests have come. */
  received(count: number): Promise<void>;
}

export interface FaultServerOptions {
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    readonly minVersion?: SecureVersion;
    readonly maxVersion?: SecureVersion;
    readonly ciphers?: string;
  };
}

export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const scripts = new Map<string, Step[]>();
  const events = new EventEmitter();
  const connectionIds = new WeakMap<Socket, number>();
  let connections = 0;

  const server = options.tls ? https.createServer(options.tls) : http.createServer();
  server.keepAliveTimeout = 0;
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    connections += 1;
    connectionIds.set(socket, connections);
    socket.on('error', () => {});
  });
  server.on('request', async (incoming: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = '', url: target = '', headers, socket } = incoming;
    const request = { method, target, headers, body: Buffer.concat(chunks).toString(), connection: connectionIds.get(socket) ?? 0 };
    requests.push(request);
    events.emit('request');
    const steps = scripts.get(target.replace(/\?.*/, '')) ?? [reply(404, '{}')];
    const step = steps.length > 1 ? steps.shift() : steps[0];
    step?.({ request, response, socket });
  });

  const listening = await listen(server);
  return {
    port: listening.port,
    get connections() {
      return listening.connections;
    },
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${listening.port}`,
    requests,
    script: (path, ...steps) => {
      scripts.set(path, [...steps]);
    },
    deserted: listening.deserted,
    received: async count => {
      while (requests.length < count) await once(events, 'request');
    },
    close: listening.close,
  };
}

/** A proper answer with its length. */
export function reply(status: number, body: string | Buffer = '', headers: http.OutgoingHttpHeaders = {}): Step {
  return ({ response }) => {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  };
}

export function replyJson(value: unknown, headers: http.OutgoingHttpHeaders = {}): Step {
  return reply(200, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

/** These bytes and nothing else, then the connection stays open, ends (FIN) or is reset (RST). */
export function raw(bytes: string | Buffer, then: 'hold' | 'end' | 'reset'): Step {
  return ({ socket }) => {
    socket.write(bytes, () => {
      if (then === 'end') socket.end();
      if (then === 'reset') cut(socket);
    });
  };
}

/** Nothing at all, with the connection open. */
export const silence: Step = () => {};

/** Cuts the connection without an answer. */
export const reset: Step = ({ socket }) => cut(socket);

/** RST where Node can send one, else FIN without the goodbye of TLS. */
function cut(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Writes a piece, over and over, as fast as asked or as the reader takes it, until the connection closes. */
export function endless(head: string, piece: string | Buffer, everyMs = 0): Step {
  return ({ socket }) => {
    socket.write(head);
    if (everyMs > 0) {
      const timer = setInterval(() => socket.write(piece), everyMs);
      socket.on('close', () => clearInterval(timer));
      return;
    }
    const pour = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', pour);
    pour();
  };
}
