// A real server on loopback with a ledger of what it was sent, and a sender that speaks HTTP to it.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { TemporaryError } from '../../src/core/errors.ts';
import { type HttpResponse, planUrl, type RequestPlan } from '../../src/core/request.ts';

export interface Received {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Loopback {
  readonly url: string;
  readonly received: Received[];
  count(path: string): number;
  close(): Promise<void>;
}

export async function startLoopback(answer: (request: Received) => Reply | Promise<Reply>): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = request.url ?? '/';
    const { pathname, searchParams } = new URL(url, 'http://host.invalid');
    const seen: Received = {
      method: request.method ?? '',
      url,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    received.push(seen);
    const { status = 200, headers = {}, body = '' } = await answer(seen);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    count: path => received.filter(request => request.path === path).length,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Sends a plan as it stands: no redirect is followed, no status is an error. */
export async function sendPlan(plan: RequestPlan): Promise<HttpResponse> {
  const headers = new Headers(plan.headers.map(({ name, value }): [string, string] => [name, value]));
  if (plan.body?.kind === 'json') headers.set('content-type', 'application/json');
  const response = await fetch(planUrl(plan), {
    method: plan.method,
    headers,
    redirect: 'manual',
    ...(plan.body?.kind === 'json' && { body: plan.body.text }),
  }).catch(() => {
    throw new TemporaryError('connection refused');
  });
  const date = response.headers.get('date');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
    ...(date !== null && { date }),
  };
}

export function getPlan(baseUrl: string, path: string, query: RequestPlan['query'] = []): RequestPlan {
  return { method: 'GET', baseUrl, path, template: path, query, headers: [{ name: 'accept', value: 'application/json' }] };
}
