// Certificates are always verified, an own authority adds to the default ones, and nothing is sent to whom we cannot trust.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Certificate, issueCertificate } from '../servers/certificates.ts';
import { type FaultServer, type FaultServerOptions, replyJson, reset, startFaultServer } from '../servers/fault-server.ts';
import { startTcpServer } from '../servers/tcp-server.ts';
import { clientWith, failureOf, lookupTo, planFor, send } from './sending.ts';

const host = 'api.example.test';
const authority = issueCertificate({ names: ['Test Authority'] });
const lookup = lookupTo('127.0.0.1');
const open: Array<{ close(): unknown }> = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(certificate: Certificate, more: object = {}): Promise<FaultServer> {
  const tls: NonNullable<FaultServerOptions['tls']> = { key: certificate.key, cert: certificate.cert, ...more };
  const server = await startFaultServer({ tls });
  server.script('/x', replyJson({ ok: true }));
  open.push(server);
  return server;
}

function trustingClient(caPem: string | undefined = authority.cert) {
  const client = clientWith({ lookup, caPem });
  open.push(client);
  return client;
}

const untrusted = (reason: string) => ({
  name: 'TrustError',
  exit: 60,
  message: `${host} cannot be trusted: ${reason}`,
  retry: 'no',
  timeout: false,
});

describe('a server with a good certificate', () => {
  const good = issueCertificate({ names: [host, '127.0.0.1'], issuer: authority });

  it('is trusted through the own authority', async () => {
    const server = await serve(good);
    expect((await send(trustingClient(), planFor(`https://${host}:${server.port}`))).status).toBe(200);
  });

  it('keeps its connection, and a stale one costs no attempt', async () => {
    const server = await serve(good);
    server.script('/x', replyJson({ n: 1 }), replyJson({ n: 2 }), reset, replyJson({ n: 3 }));
    const client = trustingClient();
    const bodies = [];
    for (let n = 0; n < 3; n += 1)
      bodies.push(Buffer.from((await send(client, planFor(`https://${host}:${server.port}`))).body).toString());
    expect(bodies).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(server.requests.map(request => request.connection)).toEqual([1, 1, 1, 2]);
  });

  it('is found among several authorities', async () => {
    const server = await serve(good);
    const other = issueCertificate({ names: ['Other Authority'] });
    const client = trustingClient(`# ours\n${other.cert}\n${authority.cert}`);
    expect((await send(client, planFor(`https://${host}:${server.port}`))).status).toBe(200);
  });

  it('is not trusted without that authority', async () => {
    const server = await serve(good);
    const client = clientWith({ lookup });
    open.push(client);
    expect(await failureOf(send(client, planFor(`https://${host}:${server.port}`)))).toEqual(
      untrusted('its certificate comes from an unknown authority'),
    );
  });
});

describe('a server that cannot be trusted', () => {
  const dayMs = 86_400_000;
  const ago = (days: number) => new Date(Date.now() - days * dayMs);
  const stranger = issueCertificate({ names: ['Stranger'] });

  it.each([
    ['is self-signed', issueCertificate({ names: [host] }), 'its certificate is self-signed'],
    ['has expired', issueCertificate({ names: [host], issuer: authority, from: ago(9), to: ago(2) }), 'its certificate has expired'],
    [
      'is not valid yet',
      issueCertificate({ names: [host], issuer: authority, from: ago(-2), to: ago(-9) }),
      'its certificate is not valid yet (is the clock of this machine right?)',
    ],
    ['is for another name', issueCertificate({ names: ['other.test'], issuer: authority }), 'its certificate is for another name'],
    ['is by a stranger', issueCertificate({ names: [host], issuer: stranger }), 'its certificate comes from an unknown authority'],
  ])('%s', async (_what, certificate, reason) => {
    const server = await serve(certificate);
    expect(await failureOf(send(trustingClient(), planFor(`https://${host}:${server.port}`)))).toEqual(untrusted(reason));
    expect(server.requests).toEqual([]);
    expect(server.connections).toBe(1);
  });

  it('offers TLS 1.1 at most', async () => {
    const good = issueCertificate({ names: [host], issuer: authority });
    const server = await serve(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const failure = await failureOf(send(trustingClient(), planFor(`https://${host}:${server.port}`)));
    expect(failure).toEqual(untrusted('the TLS handshake failed'));
    expect(server.requests).toEqual([]);
  });

  it('speaks plain HTTP on the port', async () => {
    const plain = await startTcpServer(socket =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')),
    );
    open.push(plain);
    expect(await failureOf(send(trustingClient(), planFor(`https://${host}:${plain.port}`)))).toEqual(
      untrusted('it does not speak TLS on this port'),
    );
  });

  it('resets the handshake, which may be an accident', async () => {
    const hostile = await startTcpServer(socket => socket.once('data', () => socket.resetAndDestroy()));
    open.push(hostile);
    expect(await failureOf(send(trustingClient(), planFor(`https://${host}:${hostile.port}`)))).toEqual({
      name: 'TemporaryError',
      exit: 25,
      message: `cannot reach ${host}: connection reset`,
      retry: 'yes',
      timeout: false,
    });
  });
});

describe('with NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  beforeAll(() => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('certificates are verified all the same', async () => {
    const server = await serve(issueCertificate({ names: [host] }));
    expect(await failureOf(send(trustingClient(), planFor(`https://${host}:${server.port}`)))).toEqual(
      untrusted('its certificate is self-signed'),
    );
    expect(server.requests).toEqual([]);
  });
});

it.each([
  ['no certificate at all', 'hello'],
  ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
])('a CA file with %s is an error of the configuration', async (_what, pem) => {
  expect(await failureOf(send(trustingClient(pem), planFor(`https://${host}`)))).toMatchObject({
    name: 'ConfigError',
    message: 'the CA file holds no usable certificate in PEM form',
  });
});
