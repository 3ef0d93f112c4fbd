// Through a proxy: it learns host and port and nothing else, and its own faults are told apart from the provider's.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { issueCertificate } from '../servers/certificates.ts';
import { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from '../servers/connect-proxy.ts';
import { type FaultServer, replyJson, startFaultServer } from '../servers/fault-server.ts';
import { startTcpServer } from '../servers/tcp-server.ts';
import { clientWith, failureOf, lookupTo, planFor, send } from './sending.ts';

const authority = issueCertificate({ names: ['Test Authority'] });
const host = 'api.example.test';
const base = `https://${host}`;
const open: Array<{ close(): unknown }> = [];
let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer({ tls: issueCertificate({ names: [host], issuer: authority }) });
  server.script('/x', replyJson({ ok: true }));
  open.push(server);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of open.splice(0)) await each.close();
});

async function startProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const proxy = await startConnectProxy({ targets: { [`${host}:443`]: server.port }, ...options });
  open.push(proxy);
  return proxy;
}

/** Names resolve to loopback; whatever does not go through the proxy ends at port 443 there, where nobody listens. */
function clientBehind(env: Record<string, string>, more: object = {}) {
  const client = clientWith({ env, caPem: authority.cert, lookup: lookupTo('127.0.0.1'), ...more });
  open.push(client);
  return client;
}

const plan = planFor(base, {
  path: '/x',
  query: [{ name: 'accessToken', value: 'canary-query', secret: true }],
  headers: [{ name: 'Authorization', value: 'Bearer canary-header', secret: true }],
});

describe('a proxy', () => {
  it('sees host and port, and no secret', async () => {
    const proxy = await startProxy();
    const client = clientBehind({ HTTPS_PROXY: proxy.url });
    expect((await send(client, plan)).status).toBe(200);
    expect(proxy.connects).toEqual([{ target: `${host}:443`, headers: { host: `${host}:443`, connection: 'keep-alive' } }]);
    expect(proxy.tunnelled().length).toBeGreaterThan(500);
    expect(proxy.tunnelled().includes('canary')).toBe(false);
    expect(server.requests).toMatchObject([{ target: '/x?accessToken=canary-query', headers: { authorization: 'Bearer canary-header' } }]);
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('gets one tunnel for several requests', async () => {
    const proxy = await startProxy();
    const client = clientBehind({ https_proxy: proxy.url.replace('http://', '') });
    for (let n = 0; n < 12; n += 1) await send(client, plan);
    expect(proxy.connects).toHaveLength(1);
  });

  it('gets its own credentials, which the provider does not', async () => {
    const proxy = await startProxy({ credentials: 'joe:p@ss' });
    const client = clientBehind({ HTTPS_PROXY: proxy.url.replace('//', '//joe:p%40ss@') });
    expect((await send(client, plan)).status).toBe(200);
    expect(proxy.connects[0]?.headers['proxy-authorization']).toBe('Basic am9lOnBAc3M=');
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it.each([undefined, '0'])('that speaks TLS is verified as well, with NODE_TLS_REJECT_UNAUTHORIZED=%s', async setting => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', setting);
    const imposter = await startFaultServer({ tls: issueCertificate({ names: ['localhost'] }) });
    open.push(imposter);
    const client = clientBehind({ HTTPS_PROXY: `https://localhost:${imposter.port}` });
    expect(await failureOf(send(client, plan))).toMatchObject({
      name: 'TrustError',
      message: `the proxy localhost:${imposter.port} cannot be trusted: its certificate is self-signed`,
      retry: 'no',
    });
  });

  it('does not excuse a certificate', async () => {
    const proxy = await startProxy();
    const client = clientBehind({ HTTPS_PROXY: proxy.url }, { caPem: undefined });
    expect(await failureOf(send(client, plan))).toMatchObject({
      name: 'TrustError',
      message: `${host} cannot be trusted: its certificate comes from an unknown authority`,
    });
    expect(server.requests).toEqual([]);
  });
});

describe('is bypassed', () => {
  it('for loopback, whatever the variables say', async () => {
    const proxy = await startProxy();
    const plain = await startFaultServer();
    plain.script('/x', replyJson({}));
    open.push(plain);
    const client = clientBehind({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url });
    for (const origin of [plain.origin, `http://localhost:${plain.port}`, `http://api.localhost:${plain.port}`]) {
      expect((await send(client, planFor(origin))).status).toBe(200);
    }
    expect(proxy.connections).toBe(0);
  });

  it('for hosts in NO_PROXY', async () => {
    const proxy = await startProxy();
    const client = clientBehind({ HTTPS_PROXY: proxy.url, NO_PROXY: 'example.test' });
    expect((await send(client, planFor(`${base}:${server.port}`))).status).toBe(200);
    expect(proxy.connections).toBe(0);
  });
});

describe('a proxy at fault', () => {
  const temporary = (message: string) => ({ name: 'TemporaryError', exit: 25, message, retry: 'yes', timeout: false });

  it.each([undefined, 'joe:canary'])('asks for other credentials than %s', async given => {
    const proxy = await startProxy({ credentials: 'joe:right' });
    const client = clientBehind({ HTTPS_PROXY: proxy.url.replace('//', given ? `//${given}@` : '//') });
    expect(await failureOf(send(client, plan))).toEqual({
      name: 'ConfigError',
      exit: 20,
      message: `the proxy 127.0.0.1:${proxy.port} asks for a user name and a password, or refuses those it got`,
      retry: 'no',
      timeout: false,
    });
  });

  it('is not there', async () => {
    const gone = await startTcpServer(() => {});
    await gone.close();
    const client = clientBehind({ ALL_PROXY: `http://127.0.0.1:${gone.port}` });
    expect(await failureOf(send(client, plan))).toEqual(temporary(`cannot reach the proxy 127.0.0.1:${gone.port}: connection refused`));
  });

  it('closes without an answer', async () => {
    const proxy = await startProxy({ fault: 'drop' });
    const failure = await failureOf(send(clientBehind({ HTTPS_PROXY: proxy.url }), plan));
    expect(failure).toEqual(temporary(`cannot reach the proxy 127.0.0.1:${proxy.port}: connection reset`));
  });

  it('does not answer', async () => {
    const proxy = await startProxy({ fault: 'silent' });
    const client = clientBehind({ HTTPS_PROXY: proxy.url }, { timeouts: { connectMs: 100 } });
    expect(await failureOf(send(client, plan))).toEqual({
      ...temporary(`the proxy 127.0.0.1:${proxy.port} does not answer`),
      timeout: true,
    });
  });

  it.each([
    [502, 'yes'],
    [503, 'yes'],
    [403, 'no'],
  ])('refuses with %i', async (status, retry) => {
    const proxy = await startProxy({ fault: { answer: `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n` } });
    expect(await failureOf(send(clientBehind({ HTTPS_PROXY: proxy.url }), plan))).toEqual({
      ...temporary(`the proxy 127.0.0.1:${proxy.port} refused to connect (status ${status})`),
      retry,
    });
  });

  it('does not speak HTTP', async () => {
    const proxy = await startProxy({ fault: { answer: 'SSH-2.0-OpenSSH_9.6\r\n' } });
    expect(await failureOf(send(clientBehind({ HTTPS_PROXY: proxy.url }), plan))).toEqual({
      ...temporary(`the proxy 127.0.0.1:${proxy.port} does not answer in HTTP`),
      retry: 'once',
    });
  });

  it('answers a page of its own', async () => {
    const page = '<html>Please log in</html>';
    const answer = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`;
    const proxy = await startProxy({ fault: { answer } });
    const failure = await failureOf(send(clientBehind({ HTTPS_PROXY: proxy.url }), plan));
    expect(failure).toEqual(temporary(`cannot reach ${host} through the proxy 127.0.0.1:${proxy.port}: connection reset`));
  });

  it('answers a page of its own in the tunnel', async () => {
    const impostor = await startTcpServer(socket =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n<html>Please log in</html>')),
    );
    open.push(impostor);
    const proxy = await startProxy({ targets: { [`${host}:443`]: impostor.port } });
    const failure = await failureOf(send(clientBehind({ HTTPS_PROXY: proxy.url }), plan));
    expect(failure).toEqual(temporary(`the proxy 127.0.0.1:${proxy.port} answers itself instead of connecting to ${host}`));
  });

  it('opens a tunnel in which nobody answers', async () => {
    const mute = await startTcpServer(() => {});
    open.push(mute);
    const proxy = await startProxy({ targets: { [`${host}:443`]: mute.port } });
    const client = clientBehind({ HTTPS_PROXY: proxy.url }, { timeouts: { attemptMs: 150 } });
    expect(await failureOf(send(client, plan))).toEqual({
      ...temporary(`no answer from ${host} through the proxy 127.0.0.1:${proxy.port} within 0.15 s`),
      timeout: true,
    });
  });

  it('is given up on an abort, and left when the client closes, before its own limit', async () => {
    const proxy = await startProxy({ fault: 'silent' });
    const client = clientBehind({ HTTPS_PROXY: proxy.url });
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = send(client, plan, controller.signal);
    await proxy.received(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    client.close();
    await proxy.deserted();
    expect(proxy.connections).toBe(1);
  }, 5000);
});
