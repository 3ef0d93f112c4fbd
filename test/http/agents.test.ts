// Connection pools: which authorities they trust, which requests share one, and how they find this machine.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createAgents, trustedContext } from '../../src/http/agents.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';
import { type Certificate, issueCertificate } from '../servers/certificates.ts';
import { trusts } from './handshake.ts';

const execute = promisify(execFile);
const directory = await temporaryDirectory();

describe('authorities of a CA file', () => {
  const theirs = issueCertificate({ names: ['Theirs', 'localhost'] });
  const [one, two] = ['One', 'Two'].map(name => issueCertificate({ names: [name, 'localhost'] })) as [Certificate, Certificate];
  const ours = `# ours\n${one.cert}${two.cert}`;

  it.each([
    ['added to the store', undefined],
    ['named beside the default ones, where a store takes none', () => false],
  ])('are trusted: %s', async (_, add) => {
    expect(await handshake(one, trustedContext(ours, add))).toBe('trusted');
    expect(await handshake(two, trustedContext(ours, add))).toBe('trusted');
    expect(await handshake(theirs, trustedContext(ours, add))).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('are trusted by no other context, made before or after', async () => {
    const before = trustedContext(undefined);
    await handshake(one, trustedContext(ours));
    expect(await handshake(one, before)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await handshake(one, trustedContext(undefined))).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('are added to the default ones', async () => {
    const file = join(directory, 'theirs.pem');
    await writeFile(file, theirs.cert);
    const servers = await Promise.all([theirs, one].map(serve));
    const ports = servers.map(server => String((server.address() as AddressInfo).port));
    await writeFile(join(directory, 'ours.pem'), ours);
    const child = await bundleChild(new URL('./children/trust.ts', import.meta.url), directory);
    // The default ones of this Node are the one of that file.
    const env = { PATH: process.env.PATH, SSL_CERT_FILE: file };
    const { stdout } = await execute(process.execPath, ['--use-openssl-ca', child, join(directory, 'ours.pem'), ...ports], { env });
    for (const server of servers) server.close();
    expect(stdout).toBe('trusted trusted');
  });
});

async function serve({ key, cert }: Certificate): Promise<tls.Server> {
  const server = tls.createServer({ key, cert }, socket => socket.end());
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

/** Whether a context trusts a server with that certificate, or the code of the refusal. */
async function handshake(certificate: Certificate, context: tls.SecureContext): Promise<string> {
  const server = await serve(certificate);
  const { port } = server.address() as AddressInfo;
  try {
    return await trusts(port, context);
  } finally {
    server.close();
  }
}

describe('createAgents', () => {
  const agents = (env: Readonly<Record<string, string>>) => createAgents({ concurrency: 4, env, connectMs: 1000 });

  it('gives an address of a host time enough to answer', () => {
    agents({}).close();
    expect(net.getDefaultAutoSelectFamilyAttemptTimeout()).toBe(2500);
  });

  it('shares the pools of a scheme and proxy, and names the proxy without its credentials', () => {
    const { route, close } = agents({ HTTPS_PROXY: 'http://joe:secret@p.example', NO_PROXY: 'direct.example' });
    const [one, other, direct, plain] = ['https://a.example/1', 'https://b.example/2', 'https://direct.example', 'http://localhost'].map(
      url => route(new URL(url)),
    );
    expect(one).toBe(other);
    expect([one, direct, plain].map(each => each?.proxy)).toEqual(['p.example:80', undefined, undefined]);
    expect([one, direct, plain].map(each => each && Object.keys(each.kept))).toEqual([['https'], ['https'], ['http']]);
    expect(direct).not.toBe(one);
    close();
  });
});
