// What a sent request looks like on the wire, and what comes back of a proper answer.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestPlan } from '../../src/core/request.ts';
import { type FaultServer, raw, reply, replyJson, reset, silence, startFaultServer } from '../servers/fault-server.ts';
import { clientWith, failureOf, planFor, send } from './sending.ts';

let server: FaultServer;
const client = clientWith();

beforeAll(async () => {
  server = await startFaultServer();
});

afterAll(async () => {
  client.close();
  await server.close();
});

const lastRequest = () => server.requests.at(-1);

describe('the request', () => {
  it.each([
    '/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw,ID_2$x:y]',
    '/a/%5B1%5D/%2F/b;c=d',
    '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/',
    '/@user/a!b~c*d(e)',
  ])('carries the path %s byte for byte', async path => {
    await send(client, planFor(server.origin, { path }));
    expect(lastRequest()?.target).toBe(path);
  });

  it('carries the query as planned, and a path prefix of the base URL', async () => {
    const query = [
      { name: 'expand', value: 'payouts,fees' },
      { name: 'q', value: '[a] $b:c & 中' },
      { name: 'empty', value: '' },
    ];
    await send(client, planFor(`${server.origin}/prefix`, { query }));
    expect(lastRequest()?.target).toBe('/prefix/x?expand=payouts,fees&q=[a]%20$b:c%20%26%20%E4%B8%AD&empty=');
  });

  it.each([
    ['a parent step', '/a/../b'],
    ['an encoded parent step', '/a/%2e%2e/b'],
    ['a blank', '/a b'],
    ['a fragment', '/a#b'],
    ['a query of its own', '/a?b'],
    ['a backslash', '/a\\b'],
    ['a line end', '/a\nb'],
    ['another host', '.evil.example/x'],
    ['another port', ':99/x'],
    ['user information', '@evil.example/x'],
    ['a letter outside ASCII', '/中'],
  ])('is refused when its path would change: %s', async (_what, path) => {
    const before = server.requests.length;
    const failure = await failureOf(send(client, planFor(server.origin, { path, template: '/y/{key}' })));
    expect(failure).toMatchObject({ name: 'UsageError', exit: 2, retry: undefined });
    expect(failure.message).toBe('a key or parameter would change the address of the request (/y/{key})');
    expect(server.requests).toHaveLength(before);
  });

  it('carries the planned headers, a user agent, and nothing that was not asked for', async () => {
    const headers = [
      { name: 'Authorization', value: 'Bearer canary', secret: true as const },
      { name: 'X-Twice', value: 'one' },
      { name: 'x-twice', value: 'two' },
    ];
    await send(client, planFor(server.origin, { headers }));
    expect(lastRequest()?.headers).toEqual({
      authorization: 'Bearer canary',
      'x-twice': 'one, two',
      'user-agent': 'loanq/test',
      'accept-encoding': expect.stringMatching(/^gzip, deflate, br/),
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
    });
  });

  it.each(['with\nline end', 'with\0nul', 'with 中'])('is not sent with a header value that HTTP cannot carry', async value => {
    const headers = [{ name: 'Authorization', value: `canary ${value}`, secret: true as const }];
    const failure = await failureOf(send(client, planFor(server.origin, { headers })));
    expect(failure).toMatchObject({ name: 'ConfigError', exit: 20 });
    expect(failure.message).toBe('the value for the header authorization holds a character that HTTP cannot carry');
  });

  it('carries a JSON body', async () => {
    const body = { kind: 'json', text: '{"email":"ops@example.com"}' } as const;
    await send(client, planFor(server.origin, { method: 'POST', body }));
    expect(lastRequest()).toMatchObject({
      method: 'POST',
      body: '{"email":"ops@example.com"}',
      headers: { 'content-type': 'application/json', 'content-length': '27' },
    });
  });

  it('carries a multipart form on a GET', async () => {
    const fields = [
      { name: 'amount', value: '10.00' },
      { name: 'payout_to', value: 'Łódź "quoted"' },
    ];
    await send(client, planFor(server.origin, { body: { kind: 'form', fields } }));
    const { method, body = '', headers } = lastRequest() ?? {};
    expect(method).toBe('GET');
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers?.['content-type'] ?? '')?.[1];
    expect(body.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="amount"\r\n\r\n10.00\r\n',
      '\r\nContent-Disposition: form-data; name="payout_to"\r\n\r\nŁódź "quoted"\r\n',
      expect.stringMatching(/^--\s*$/),
    ]);
  });
});

describe('the answer', () => {
  it('keeps status, headers in lower case, date and body bytes, but no cookies', async () => {
    const date = 'Sun, 01 Jun 2025 00:00:00 GMT';
    server.script(
      '/x',
      reply(404, '\uFEFF{"a":10.0}', { Date: date, 'X-Request-Id': 'r1', 'Set-Cookie': 'session=canary', Vary: ['a', 'b'] }),
    );
    const { status, headers, body, date: at } = await send(client, planFor(server.origin));
    expect([status, at, Buffer.from(body).toString('hex')]).toEqual([404, date, 'efbbbf7b2261223a31302e307d']);
    expect(headers).toMatchObject({ 'x-request-id': 'r1', vary: 'a, b', 'content-length': '13' });
    expect(Object.keys(headers)).not.toContain('set-cookie');
  });

  it('has cookies neither stored nor sent back', async () => {
    server.script('/x', reply(200, '{}', { 'set-cookie': 'session=1; Path=/' }));
    await send(client, planFor(server.origin));
    await send(client, planFor(server.origin));
    expect(lastRequest()?.headers).not.toHaveProperty('cookie');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is decoded from %s', async (encoding, compress) => {
    server.script('/x', reply(200, compress('{"amount":10.0}'), { 'content-encoding': encoding }));
    const { body, headers } = await send(client, planFor(server.origin));
    expect(Buffer.from(body).toString()).toBe('{"amount":10.0}');
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it('is refused in an encoding that was not asked for', async () => {
    server.script('/x', reply(200, 'xxxx', { 'content-encoding': 'compress' }));
    expect(await failureOf(send(client, planFor(server.origin)))).toMatchObject({
      name: 'ResponseError',
      message: 'the answer of 127.0.0.1 is compressed in a way that was not asked for',
    });
  });

  it.each([200, 204, 205, 400, 401, 403, 404, 410, 422, 429, 500, 503, 599])('with status %i is handed on', async status => {
    server.script('/x', reply(status));
    expect(await send(client, planFor(server.origin))).toMatchObject({ status, body: Buffer.alloc(0) });
  });

  it.each([206, 300, 304, 305, 399, 600, 999])('with status %i is refused', async status => {
    server.script('/x', ({ socket }) => socket.write(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nlocation: /x?canary\r\n\r\n`));
    expect(await failureOf(send(client, planFor(server.origin)))).toEqual({
      name: 'ResponseError',
      exit: 27,
      message: `127.0.0.1 answered with status ${status}, which is no answer to this request`,
      retry: undefined,
      timeout: undefined,
    });
  });

  it.each([
    [301, 'https://evil.example/login?canary', 'to https://evil.example'],
    [302, 'http://user:canary@evil.example:8080/x#canary', 'to http://evil.example:8080'],
    [303, 'file:///etc/canary', 'to a file'],
    [307, '//evil.example/x?token=canary', 'to http://evil.example'],
    [308, 'http://[canary', 'to an unreadable address'],
    [302, 'canary:secret', 'to something that is not HTTP'],
    [302, undefined, 'without a target'],
  ])('with a redirect %i to %s is refused, naming the origin only', async (status, location, words) => {
    server.script('/x', reply(status, 'canary', location === undefined ? {} : { location }));
    const before = server.requests.length;
    expect(await failureOf(send(client, planFor(server.origin)))).toEqual({
      name: 'TrustError',
      exit: 60,
      message: `127.0.0.1 answered with a redirect (${status}) ${words}`,
      retry: undefined,
      timeout: undefined,
    });
    expect(server.requests).toHaveLength(before + 1);
  });

  it('names its own origin when redirected within it', async () => {
    server.script('/x', reply(302, '', { location: '/login?next=canary' }));
    const { message } = await failureOf(send(client, planFor(server.origin)));
    expect(message).toBe(`127.0.0.1 answered with a redirect (302) to ${server.origin}`);
  });
});

describe('connections', () => {
  beforeEach(() => server.script('/x', replyJson({})));

  it('are kept for the next GET, and not for anything that must not be sent twice', async () => {
    const own = clientWith();
    const methods: ReadonlyArray<RequestPlan['method']> = ['GET', 'GET', 'POST', 'GET'];
    for (const method of methods) await send(own, planFor(server.origin, { method }));
    const [first, second, post, third] = server.requests.slice(-4).map(request => request.connection);
    expect([second, third]).toEqual([first, first]);
    expect(post).not.toBe(first);
    own.close();
  });

  it('are never more than the concurrency', async () => {
    const own = clientWith({ concurrency: 2 });
    const before = server.connections;
    await Promise.all(Array.from({ length: 8 }, () => send(own, planFor(server.origin))));
    expect(server.connections - before).toBe(2);
    own.close();
  });

  it('that were closed while idle cost one more request on a fresh one, and no attempt', async () => {
    const own = clientWith();
    server.script('/x', replyJson({ n: 1 }), reset, replyJson({ n: 2 }));
    await send(own, planFor(server.origin));
    const { body } = await send(own, planFor(server.origin));
    expect(Buffer.from(body).toString()).toBe('{"n":2}');
    const [first, stale, fresh] = server.requests.slice(-3).map(request => request.connection);
    expect(stale).toBe(first);
    expect(fresh).not.toBe(first);
    own.close();
  });

  it('that break off within the header are failures, kept or not: the request was seen', async () => {
    const own = clientWith();
    server.script('/x', replyJson({}), raw('HTTP/1.1 200 OK\r\ncontent-', 'end'));
    await send(own, planFor(server.origin));
    const before = server.requests.length;
    expect(await failureOf(send(own, planFor(server.origin)))).toMatchObject({ name: 'TemporaryError', retry: 'yes' });
    expect(server.requests).toHaveLength(before + 1);
    own.close();
  });

  it('that are reset on a fresh socket are failures', async () => {
    const own = clientWith();
    server.script('/x', reset);
    expect(await failureOf(send(own, planFor(server.origin)))).toEqual({
      name: 'TemporaryError',
      exit: 25,
      message: '127.0.0.1 did not answer: connection reset',
      retry: 'yes',
      timeout: false,
    });
    own.close();
  });

  it('that break twice in a row are failures', async () => {
    const own = clientWith();
    server.script('/x', replyJson({}), reset);
    await send(own, planFor(server.origin));
    const before = server.requests.length;
    expect(await failureOf(send(own, planFor(server.origin)))).toMatchObject({ name: 'TemporaryError', retry: 'yes' });
    expect(server.requests).toHaveLength(before + 2);
    own.close();
  });
});

describe('an abort', () => {
  it('ends a request under way with the reason of the signal', async () => {
    server.script('/x', silence);
    const controller = new AbortController();
    const reason = new Error('enough');
    const before = server.requests.length;
    const call = send(client, planFor(server.origin), controller.signal);
    await server.received(before + 1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it('before sending sends nothing', async () => {
    const before = server.requests.length;
    const reason = new Error('enough');
    await expect(send(client, planFor(server.origin), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.requests).toHaveLength(before);
  });
});

describe('a long run', () => {
  it.each([
    ['one after another', 1],
    ['side by side', 20],
  ])('with one signal and kept sockets, %s, causes no warning of Node', async (_how, concurrency) => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    server.script('/x', replyJson({}));
    const own = clientWith({ concurrency });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, () => send(own, planFor(server.origin), signal)));
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', note);
    own.close();
    expect(warnings).toEqual([]);
  });
});
