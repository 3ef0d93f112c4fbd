// Whom a credential is given to: the host of the profile over verified TLS, and nobody else. Where Node itself
// reads a variable, and once with a proxy, it is the built program that looks up.
import { chmod } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { closeLater, ownHome } from '../runner/left-overs.ts';
import { type Printed, run } from '../runner/run.ts';
import { startServer, type TestServer } from '../runner/server.ts';
import { type Certificate, issueCertificate } from '../servers/certificates.ts';
import { type ConnectProxyOptions, startConnectProxy } from '../servers/connect-proxy.ts';
import { type FaultServer, type FaultServerOptions, replyJson, startFaultServer } from '../servers/fault-server.ts';
import { startTcpServer } from '../servers/tcp-server.ts';
import { openDesk } from './desk.ts';
import { configOf, lookup, type Way, ways, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const key = crego.keys[0] ?? '';
const path = `/v1/lms/records/${key}/`;
const answer = crego.answer(key, 'fine');
const authority = issueCertificate({ names: ['Test Authority'] });
const proxied = 'api.example.test';

/** Looks up one record at a base URL. */
async function lookAt(
  baseUrl: string,
  options: { env?: Readonly<Record<string, string>>; profile?: object; more?: readonly string[]; home?: Home; program?: typeof run } = {},
): Promise<Printed> {
  const home = options.home ?? (await ownHome());
  await home.write('ca.pem', authority.cert);
  await home.configure(configOf(crego, baseUrl, options.profile));
  const args = [...lookup(crego), ...(options.more ?? [])];
  return (options.program ?? runInProcess)(args, { home, ...(options.env && { env: options.env }) });
}

async function serve(certificate: Certificate, more: Partial<NonNullable<FaultServerOptions['tls']>> = {}): Promise<FaultServer> {
  const server = await startFaultServer({ tls: { key: certificate.key, cert: certificate.cert, ...more } });
  closeLater(server);
  server.script(path, replyJson(answer));
  return server;
}

describe.concurrent('a surplus answer', () => {
  it('to the customer before is not given to the next one, whose rows do not say whose they are', async () => {
    const finlend = wayTo('finlend-token');
    const [ana = '', rui = '', eva = ''] = finlend.keys;
    const names = new Map([
      [ana, 'Ana'],
      [rui, 'Rui'],
      [eva, 'Eva'],
    ]);
    const server = await startTcpServer(socket => {
      let before = '';
      socket.on('data', asked => {
        const customer = [...names.keys()].find(id => `${asked}`.includes(id)) ?? '';
        const body = JSON.stringify(finlend.answer(customer, names.get(customer) ?? ''));
        const mine = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
        socket.write(before + mine);
        before = mine;
      });
    });
    closeLater(server);
    const home = await ownHome();
    await home.configure(configOf(finlend, `http://127.0.0.1:${server.port}`));
    const ran = await run([...finlend.call, ana, rui, eva, '--concurrency', '1', '--csv', '--fields', 'request.customer-id,customerName'], {
      home,
    });
    expect([ran.code, ran.stdout]).toEqual([0, `request.customer-id,customerName\r\n${ana},Ana\r\n${rui},Rui\r\n${eva},Eva\r\n`]);
    expect(ran.stderr).toMatch(/^3 keys: 3 delivered, 0 missing, 0 failed in [\d.]+ s \(4 requests, 0 retries\)\n$/);
  });
});

describe.concurrent('a redirect', () => {
  const targets: readonly (readonly [string, (own: TestServer, other: TestServer) => string, RegExp])[] = [
    ['to another host', (_, other) => `${other.origin}/x?token=canary`, /to http:\/\/127\.0\.0\.1:\d+\n/],
    ['to the same host', own => `${own.origin}/elsewhere?token=canary`, /to http:\/\/127\.0\.0\.1:\d+\n/],
    ['by a path alone', () => '/elsewhere?token=canary', /to http:\/\/127\.0\.0\.1:\d+\n/],
    ['by a host alone', (_, other) => `//${other.origin.slice(7)}/canary`, /to http:\/\/127\.0\.0\.1:\d+\n/],
    ['to https', () => 'https://evil.example.com/canary', /to https:\/\/evil\.example\.com\n/],
    ['with a password', () => 'https://canary:canary@evil.example.com/', /to https:\/\/evil\.example\.com\n/],
    ['to a file', () => 'file:///etc/passwd?canary', /to a file\n/],
    ['to something else', () => 'ftp://evil.example.com/canary', /to something that is not HTTP\n/],
    ['to nonsense', () => 'http://[canary', /to an unreadable address\n/],
  ];

  it.each(targets)('%s is exit code 60: one request, and none elsewhere', async (_, locate, said) => {
    const other = await startServer(() => ({ body: JSON.stringify(answer) }));
    const own = await startServer(() => ({ status: 302, headers: { location: locate(own, other) } }));
    const ran = await lookAt(own.origin, { profile: { retries: 3 } });
    expect([ran.code, ran.stdout]).toEqual([60, '']);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).not.toContain('canary');
    expect([own.requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it.each([301, 303, 307, 308])('%d, too', async status => {
    const own = await startServer(() => ({ status, headers: { location: '/elsewhere' } }));
    expect((await lookAt(own.origin)).code).toBe(60);
    expect(own.requests).toHaveLength(1);
  });

  it.each(ways.filter(way => way.name.endsWith('-login')).map(way => [way.name, way] as const))('of a login: %s', async (_, way: Way) => {
    const other = await startServer(() => ({ body: '{}' }));
    const desk = await openDesk(way, { onLogin: () => ({ status: 307, headers: { location: `${other.origin}/x` } }) });
    const home = await ownHome();
    await home.configure(configOf(way, desk.origin));
    const ran = await runInProcess(lookup(way), { home });
    expect([ran.code, ran.stdout]).toEqual([60, '']);
    expect([desk.count.login, desk.count.call, other.requests.length]).toEqual([1, 0, 0]);
  });

  it.each([300, 304, 206])('%d, which is neither a redirect nor an answer, is exit code 27', async status => {
    const own = await startServer(() => ({ status, headers: { location: '/elsewhere' }, body: JSON.stringify(answer) }));
    expect((await lookAt(own.origin)).code).toBe(27);
    expect(own.requests).toHaveLength(1);
  });
});

it('a cookie is never sent back', async () => {
  const server = await startServer(({ target }) => ({
    headers: { 'set-cookie': 'session=canary; Path=/' },
    body: JSON.stringify(crego.answer(target.split('/').at(-2) ?? '', 'fine')),
  }));
  const ran = await lookAt(server.origin, { more: [...crego.keys.slice(1, 4), '--concurrency', '1'] });
  expect(ran.code).toBe(0);
  expect(server.requests).toHaveLength(4);
  expect(server.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
});

describe.concurrent('TLS', () => {
  const dayMs = 86_400_000;
  const names = ['127.0.0.1', 'localhost'];
  const good = issueCertificate({ names, issuer: authority });
  const trusting = { profile: { caFile: '~/ca.pem', retries: 3 } };

  it('by an authority of caFile is trusted, the file being as private as the config file', async () => {
    const server = await serve(good);
    const ran = await lookAt(`https://127.0.0.1:${server.port}`, trusting);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer /);
  });

  const bad: readonly (readonly [string, Certificate, object, string])[] = [
    ['a self-signed certificate', issueCertificate({ names }), {}, 'its certificate is self-signed'],
    ['an expired one', issueCertificate({ names, issuer: authority, to: new Date(Date.now() - dayMs) }), {}, 'its certificate has expired'],
    [
      'one of tomorrow',
      issueCertificate({ names, issuer: authority, from: new Date(Date.now() + dayMs) }),
      {},
      'its certificate is not valid yet',
    ],
    ['one for another name', issueCertificate({ names: ['other.example'], issuer: authority }), {}, 'its certificate is for another name'],
    ['one of a stranger', issueCertificate({ names, issuer: issueCertificate({ names: ['Stranger'] }) }), {}, 'unknown authority'],
    ['TLS 1.1', good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }, 'the TLS handshake failed'],
  ];
  it.each(bad)(
    'with %s is exit code 60, also with NODE_TLS_REJECT_UNAUTHORIZED=0: nothing is sent, once',
    async (_, certificate, more, sentence) => {
      const server = await serve(certificate, more);
      const ran = await lookAt(`https://127.0.0.1:${server.port}`, {
        ...trusting,
        env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
        program: run,
      });
      expect([ran.code, ran.stdout]).toEqual([60, '']);
      expect(ran.stderr).toContain(sentence);
      expect([server.connections, server.requests.length]).toEqual([1, 0]);
    },
  );

  it('with plain HTTP on the port is exit code 60', async () => {
    const server = await startServer(() => ({ body: JSON.stringify(answer) }));
    const ran = await lookAt(server.origin.replace('http:', 'https:'), trusting);
    expect(ran.code).toBe(60);
    expect(ran.stderr).toContain('it does not speak TLS on this port');
    expect(server.requests).toHaveLength(0);
  });

  it('without caFile a private authority is not trusted', async () => {
    const server = await serve(good);
    expect((await lookAt(`https://127.0.0.1:${server.port}`)).code).toBe(60);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['is missing', '~/missing.pem', 'it does not exist'],
    ['holds no certificate', '~/.config/loanq/config.json', 'holds no PEM certificate'],
    ['is a directory', '~/work', 'is not a regular file'],
  ])('a caFile that %s is exit code 20', async (_, caFile, sentence) => {
    const server = await serve(good);
    const ran = await lookAt(`https://127.0.0.1:${server.port}`, { profile: { caFile } });
    expect(ran.code).toBe(20);
    expect(ran.stderr).toContain(sentence);
    expect(server.connections).toBe(0);
  });

  it('a caFile that others can change is exit code 20: they could add an authority of their own', async () => {
    const server = await serve(good);
    const home = await ownHome();
    await chmod(await home.write('open.pem', authority.cert), 0o666);
    const ran = await lookAt(`https://127.0.0.1:${server.port}`, { home, profile: { caFile: '~/open.pem' } });
    expect(ran.code).toBe(20);
    expect(ran.stderr).toContain('can be changed by other users');
    expect(server.connections).toBe(0);
  });
});

describe.concurrent('a proxy', () => {
  const credentials = 'someone:canary-proxy/1';
  const trusting = { caFile: '~/ca.pem' };

  async function behindProxy(options: ConnectProxyOptions, user = '', env: Readonly<Record<string, string>> = {}, program?: typeof run) {
    const server = await serve(issueCertificate({ names: [proxied], issuer: authority }));
    const proxy = await startConnectProxy({ targets: { [`${proxied}:443`]: server.port }, ...options });
    closeLater(proxy);
    const ran = await lookAt(`https://${proxied}`, {
      profile: trusting,
      env: { HTTPS_PROXY: proxy.url.replace('http://', `http://${user}`), ...env },
      more: ['-v'],
      ...(program && { program }),
    });
    return { ran, proxy, server };
  }

  it('is asked to CONNECT, sees host and port, and nothing of what follows', async () => {
    const { ran, proxy, server } = await behindProxy({}, '', {}, run);
    expect(ran.code).toBe(0);
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer /);
    expect(proxy.connects).toEqual([{ target: `${proxied}:443`, headers: { host: `${proxied}:443`, connection: 'keep-alive' } }]);
    expect(proxy.tunnelled().includes('Bearer')).toBe(false);
  });

  it('gets its user name and password, which no word of the program shows', async () => {
    const { ran, proxy } = await behindProxy({ credentials }, 'someone:canary-proxy%2F1@');
    expect(ran.code).toBe(0);
    expect(proxy.connects[0]?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`);
    expect(ran.stdout + ran.stderr).not.toContain('canary');
  });

  const faults: readonly (readonly [string, ConnectProxyOptions, string, number, string])[] = [
    ['that asks for a password', { credentials }, '', 20, 'asks for a user name and a password'],
    [
      'that refuses the password',
      { credentials },
      'someone:canary-wrong@',
      20,
      'asks for a user name and a password, or refuses those it got',
    ],
    ['that knows no way', { targets: {} }, 'someone:canary-proxy@', 25, 'refused to connect (status 502)'],
    [
      'that answers with a page',
      { fault: { answer: 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>hello, this is a portal</html>' } },
      '',
      25,
      'the proxy 127.0.0.1',
    ],
    ['that answers nonsense', { fault: { answer: 'SSH-2.0-OpenSSH\r\n' } }, '', 25, 'does not answer in HTTP'],
    ['that hangs up', { fault: 'drop' }, 'someone:canary-proxy@', 25, 'proxy'],
  ];
  it.each(faults)('%s', async (_, options, user, exit, sentence) => {
    const { ran, server } = await behindProxy(options, user);
    expect([ran.code, ran.stdout]).toEqual([exit, '']);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr).not.toContain('canary');
    expect(server.requests).toHaveLength(0);
  });

  it('where nobody listens is exit code 25', async () => {
    const listener = await startTcpServer(() => undefined);
    await listener.close();
    const ran = await lookAt(`https://${proxied}`, { env: { HTTPS_PROXY: `http://someone:canary-proxy@127.0.0.1:${listener.port}` } });
    expect([ran.code, ran.stdout]).toEqual([25, '']);
    expect(ran.stderr).not.toContain('canary');
  });

  it.each([
    ['socks5://someone:canary-proxy@127.0.0.1:1', 'only http and https proxies are supported'],
    ['http://someone:canary%zz@127.0.0.1:1', 'not percent-encoded correctly'],
    ['http://some one:canary@:x', 'cannot be read'],
  ])('address that cannot be used is exit code 20: %s', async (address, sentence) => {
    const ran = await lookAt(`https://${proxied}`, { env: { HTTPS_PROXY: address } });
    expect(ran.code).toBe(20);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr).not.toContain('canary');
  });

  it('is passed by for a host of NO_PROXY, and for this machine', async () => {
    const { ran, proxy } = await behindProxy({}, '', { NO_PROXY: '.example.test' });
    // Nobody knows the name but the proxy.
    expect([ran.code, proxy.connects.length]).toEqual([25, 0]);
    const server = await startServer(() => ({ body: JSON.stringify(answer) }));
    expect((await lookAt(server.origin, { env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url } })).code).toBe(0);
    expect(proxy.connects).toHaveLength(0);
  });
});

describe.concurrent('a base URL', () => {
  it('below localhost is this machine, whatever a name server says, and no proxy is asked', async () => {
    const server = await startServer(() => ({ body: JSON.stringify(answer) }));
    const env = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
    const ran = await lookAt(server.origin.replace('127.0.0.1', 'crego.localhost'), { env });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(server.requests[0]?.headers.host).toBe(`crego.localhost:${new URL(server.origin).port}`);
  });

  it.each([
    'http://api.example.test',
    'ftp://api.example.test',
    'https://someone:canary-1@api.example.test',
    'https://api.example.test/?token=canary-2',
    'https://api.example.test/#canary-3',
    'https:// api.example.test',
    'https://api.example.test\\@evil.example',
    'file:///etc/passwd',
  ])('%s is exit code 20', async baseUrl => {
    const ran = await lookAt(baseUrl);
    expect([ran.code, ran.stdout]).toEqual([20, '']);
    expect(ran.stderr).toContain('profiles.mine.baseUrl must');
    expect(ran.stderr).not.toContain('canary');
  });
});

describe.concurrent('tracing by Node itself', () => {
  it.each(['http', 'HTTPS', 'net', 'tls', 'fs,http', 'h*', '*', 'stream', 'child_process'])(
    'NODE_DEBUG=%s is refused when a secret would pass',
    async words => {
      const server = await startServer(() => ({ body: JSON.stringify(answer) }));
      const ran = await lookAt(server.origin, { env: { NODE_DEBUG: words }, program: run });
      expect([ran.code, ran.stdout, server.requests.length]).toEqual([20, '', 0]);
      expect(ran.stderr).toContain('NODE_DEBUG would print secrets\nhint: unset NODE_DEBUG\n');
      expect(ran.stderr).not.toContain('canary');
    },
  );

  it('is refused by auth and config check, too', async () => {
    const server = await startServer(() => ({ body: '{}' }));
    const home = await ownHome();
    await home.configure(configOf(crego, server.origin));
    for (const args of [
      ['auth', 'status', '--check'],
      ['config', 'check'],
    ]) {
      const ran = await run(args, { home, env: { NODE_DEBUG: 'http' } });
      expect(ran.code).toBe(20);
      expect(ran.stdout + ran.stderr).not.toContain('canary');
    }
    expect(server.requests).toHaveLength(0);
  });

  it.each(['fs', 'timer', ''])('NODE_DEBUG=%s is nobody’s secret', async words => {
    const server = await startServer(() => ({ body: JSON.stringify(answer) }));
    const ran = await lookAt(server.origin, { env: { NODE_DEBUG: words }, program: run });
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('REC0XAM2')]);
  });
});
