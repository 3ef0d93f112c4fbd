// What every provider of the registry promises: its ways in are those of its pages, and what all its calls can meet means what it has to.
import { describe, expect, test } from 'vitest';
import type { Provider } from '../../src/core/provider.ts';
import { requiredCredentials } from '../../src/core/scheme.ts';
import { providers } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { canaryConfig, echoedSecret } from './canary-profile.ts';
import { factsOfEndpoints, factsOfProviders } from './facts.ts';
import { expectMasked, plantInFailure } from './planted-secret.ts';

const known = await factsOfProviders();
const endpoints = await factsOfEndpoints();
const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);

/** A call of the provider's first endpoint. */
async function call(provider: Provider, more: readonly string[], given: Answer, credentials?: object) {
  answer = given;
  const before = server.requests.length;
  const config = await home.configure(canaryConfig(provider, server.origin, credentials));
  const args = endpoints.find(one => one.provider === provider)?.args ?? [];
  const said = await runInProcess([...args, ...more, '--config', config, '--retries', '0', '--no-token-cache'], { home });
  return { ...said, requests: server.requests.slice(before) };
}

describe.each(known)('$name', ({ name, provider, facts }) => {
  test('its literal is what the pages say', () => {
    const schemes = provider.schemes.map(scheme => {
      const optional = scheme.kind === 'exchange' ? (scheme.optional ?? []) : [];
      return `${scheme.kind}: ${[...requiredCredentials(scheme), ...optional].join(' ')}`;
    });
    const steps = provider.schemes.flatMap(scheme => (scheme.kind === 'exchange' ? [...scheme.login, scheme.refresh, scheme.revoke] : []));
    expect(schemes).toEqual(facts.schemes);
    expect(steps.flatMap(step => (step === undefined ? [] : [`${step.method} ${step.path}`]))).toEqual(facts.tokenCalls ?? []);
    expect(provider.baseUrl).toBe(facts.baseUrl);
    expect([name, provider.title]).toEqual([provider.name, Object.entries(providers).find(([word]) => word === name)?.[1].title]);
  });

  test.each(facts.failures)('documented failure: $about (HTTP $status) ends with $exit', async fact => {
    const body = plantInFailure(provider, fact.body, echoedSecret(provider));
    const given = { status: fact.status, body, headers: { 'content-type': fact.type ?? 'application/json' } };
    const words = await call(provider, [], given);
    expect([words.code, words.stdout]).toEqual([fact.exit, '']);
    expect(words.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
    expect(words.stderr).toContain(`error: ${name} ${provider.endpoints[0]?.name}`);
    expectMasked(provider, body, words.stderr);
    const json = await call(provider, ['--error-format', 'json'], given);
    const { error } = JSON.parse(json.stderr.trimEnd().split('\n').at(-1) ?? '');
    expect([json.code, json.stdout, error.exit, error.provider]).toEqual([fact.exit, '', fact.exit, name]);
    if (fact.code !== undefined) expect(error.providerCode).toBe(fact.code);
    expectMasked(provider, body, json.stderr);
  });

  test.each(facts.login?.failures ?? [])('documented failure of its login: $about (HTTP $status) ends with $exit', async fact => {
    const said = await call(provider, [], { status: fact.status, body: fact.body }, facts.login?.credentials);
    expect([said.code, said.stdout]).toEqual([fact.exit, '']);
    expect(said.stderr).toContain('login failed');
    // A login is never tried twice.
    expect(said.requests.map(({ target }) => target)).toEqual([facts.login?.path]);
    for (const [credential, value] of Object.entries(facts.login?.credentials ?? {})) {
      if (!provider.open?.includes(credential)) expect(said.stderr).not.toContain(value);
    }
  });
});
