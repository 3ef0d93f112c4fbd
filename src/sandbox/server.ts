// The embedded sandbox: one real HTTP server per provider on loopback, made from the same literals as the commands.
// An endpoint file is all it takes to have its route, checks, records and failures here.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from '../core/provider.ts';
import { type FaultPlan, type InjectedFault, planFaults } from './injected-fault.ts';
import { type MockProvider, makeMockProvider, respond } from './mock-provider.ts';
import { hashOf } from './prng.ts';
import type { Reply, Verdict } from './reply.ts';
import { receiveRequest } from './request.ts';

/** A request the sandbox has seen. Never holds a credential: the query is left out. */
export interface SandboxRequest {
  readonly provider: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly outcome: Verdict;
}

export interface SandboxOptions {
  readonly providers: readonly Provider[];
  readonly now: () => Date;
  /** Loopback unless said otherwise. */
  readonly host?: string;
  /** Port by provider name; a free one when absent. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Typical time an answer takes. */
  readonly latencyMs?: number;
  /** Share of calls that meet a fault, 0 to 1. Token exchanges are spared: a login that fails is not tried again. */
  readonly faultRate?: number;
  readonly faults?: readonly InjectedFault[];
  /** For faults and latency only; the data is the same for ever. */
  readonly seed?: number;
  readonly tokenLifeMs?: number;
  /** Give profiles a key to seal passwords with, and open sealed ones. */
  readonly sealed?: boolean;
}

/** A running sandbox: what a profile needs to use it, by provider name. */
export interface Sandbox {
  readonly addresses: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The latest requests, oldest first. */
  readonly requests: readonly SandboxRequest[];
  readonly close: () => Promise<void>;
}

const ledgerSize = 100_000;
const recoverable: readonly InjectedFault[] = ['unavailable', 'too-many', 'reset', 'garbage'];

/** Starts a server for every provider. Rejects when a port cannot be had; nothing is left open then. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', latencyMs = 0, faultRate = 0, faults = recoverable, seed = 1 } = options;
  const requests: SandboxRequest[] = [];
  const running: { readonly mock: MockProvider; readonly server: Server; readonly address: string }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.map(({ server }) => closeServer(server)));
  };
  try {
    for (const [at, provider] of options.providers.entries()) {
      const mock = makeMockProvider(provider, {
        now: options.now,
        tokenLifeMs: options.tokenLifeMs ?? 3_600_000,
        sealed: options.sealed ?? false,
      });
      const faultPlan = planFaults({ latencyMs, faultRate, faults, seed: hashOf(seed, at) });
      const server = serveMock(mock, faultPlan, request => {
        requests.push(request);
        if (requests.length >= 2 * ledgerSize) requests.splice(0, ledgerSize);
      });
      running.push({ mock, server, address: await listen(server, host, options.ports?.[provider.name] ?? 0) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const byProvider = <T>(take: (one: (typeof running)[number]) => T): Record<string, T> =>
    Object.fromEntries(running.map(one => [one.mock.provider.name, take(one)]));
  return {
    addresses: byProvider(({ address }) => address),
    credentials: byProvider(({ mock }) => mock.credentials),
    settings: byProvider(({ mock }) => mock.settings),
    paths: byProvider(({ mock }) => mock.paths),
    requests,
    close,
  };
}

function serveMock(mock: MockProvider, faultPlan: FaultPlan, note: (request: SandboxRequest) => void): Server {
  const server = createServer((message, response) => {
    serve(mock, faultPlan, note, message, response).catch(() => response.destroy());
  });
  // Longer than any client keeps a connection: a server that hangs up first makes resets nobody asked for.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(
  mock: MockProvider,
  faultPlan: FaultPlan,
  note: (request: SandboxRequest) => void,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = await receiveRequest(message);
  if (received === undefined) {
    response.writeHead(413).end();
    return;
  }
  const reply = respond(mock, received);
  const isCall = mock.routes.find(received);
  const fault = typeof isCall === 'object' && isCall.target.kind === 'endpoint' ? faultPlan.next() : undefined;
  const delayMs = faultPlan.delayMs();
  if (delayMs > 0) await sleep(delayMs);
  const { method, path } = received;
  const { outcome, status } = fault === undefined ? reply : { outcome: 'fault' as const, status: faultStatus[fault] };
  note({ provider: mock.provider.name, method, path, status, outcome });
  if (fault === undefined) send(response, reply, mock.now());
  else sendFault(response, fault, reply);
}

const faultStatus: Readonly<Record<InjectedFault, number>> = { unavailable: 503, 'too-many': 429, reset: 0, garbage: 200, page: 200 };

function send(response: ServerResponse, { status, body, headers }: Reply, now: Date): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, date: now.toUTCString(), ...headers });
  response.end(bytes);
}

function sendFault(response: ServerResponse, fault: InjectedFault, reply: Reply): void {
  switch (fault) {
    case 'unavailable':
      response.writeHead(503, { 'content-type': 'text/plain' }).end('Service Unavailable');
      return;
    case 'too-many':
      response.writeHead(429, { 'content-type': 'text/plain', 'retry-after': '1' }).end('Too Many Requests');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'garbage': {
      const bytes = Buffer.from(reply.body);
      response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
      return;
    }
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Back soon</body></html>');
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
