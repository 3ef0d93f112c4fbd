// Connection pools: which authorities they trust, which requests share one, and how they find this machine.
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createAgents, trustedAuthorities } from '../../src/http/agents.ts';
import { issueCertificate } from '../servers/certificates.ts';

it('authorities of a CA file are added to the default ones', () => {
  const [one, two] = [issueCertificate({ names: ['One'] }).cert, issueCertificate({ names: ['Two'] }).cert];
  expect(trustedAuthorities(`# ours\n${one}${two}`)).toEqual([...tls.rootCertificates, one.trim(), two.trim()]);
});

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
