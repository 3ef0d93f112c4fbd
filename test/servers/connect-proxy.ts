// A forward proxy on loopback that serves CONNECT, keeps what it could read, and can misbehave.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { type Listening, listen } from './tcp-server.ts';

export interface ConnectProxy extends Listening {
  readonly url: string;
  /** The CONNECT requests: target and headers, as anybody on the way could read them. */
  readonly connects: ReadonlyArray<{ readonly target: string; readonly headers: http.IncomingHttpHeaders }>;
  /** Resolves when so many CONNECT requests have come. */
  received(count: number): Promise<void>;
  /** Every byte the client sent through the tunnels. */
  tunnelled(): Buffer;
}

export interface ConnectProxyOptions {
  /** Where a `host:port` is really found on 127.0.0.1. */
  readonly targets?: Readonly<Record<string, number>>;
  /** `Basic` credentials it insists on, as `user:password`. */
  readonly credentials?: string;
  /** Answers these bytes to every CONNECT instead; `silent` answers nothing, `drop` closes. */
  readonly fault?: { readonly answer: string } | 'silent' | 'drop';
}

export async function startConnectProxy({ targets = {}, credentials, fault }: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const connects: Array<{ target: string; headers: http.IncomingHttpHeaders }> = [];
  const bytes: Buffer[] = [];
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    connects.push({ target: request.url ?? '', headers: request.headers });
    client.on('error', () => {});
    if (fault === 'silent') {
      client.resume().on('end', () => client.end());
      return;
    }
    if (fault === 'drop') {
      client.destroy();
      return;
    }
    if (fault !== undefined) {
      client.end(fault.answer);
      return;
    }
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const port = targets[request.url ?? ''];
    if (port === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const upstream = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.on('data', chunk => bytes.push(chunk));
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  const listening = await listen(server);
  return {
    port: listening.port,
    get connections() {
      return listening.connections;
    },
    url: `http://127.0.0.1:${listening.port}`,
    connects,
    received: async count => {
      while (connects.length < count) await once(server, 'connect');
    },
    deserted: listening.deserted,
    tunnelled: () => Buffer.concat(bytes),
    close: listening.close,
  };
}
