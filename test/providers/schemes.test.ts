import { describe, expect, test } from 'vitest';
import type { Provider } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';

const loaded = await allProviders();

test('the credentials of each scheme', () => {
  const ways = loaded.flatMap(({ name, schemes }) => schemes.map(scheme => `${name} ${scheme.kind}: ${credentialsOf(scheme).join(' ')}`));
  expect(ways).toEqual([
    'ekuaibao token: accessToken',
    'ekuaibao exchange: appKey appSecurity',
    'finlend token: token',
    'finlend exchange: email password',
    'crego token: token',
    'qitech es512: clientKey privateKey',
    'interlace token: accessToken',
    'interlace exchange: clientId clientSecret',
  ]);
});

test('the documented token calls', () => {
  const calls = loaded.flatMap(({ name, schemes }) =>
    schemes.flatMap(scheme =>
      scheme.kind === 'exchange'
        ? [...scheme.login, scheme.refresh, scheme.revoke].map(step => step && `${name} ${step.method} ${step.path}`)
        : [],
    ),
  );
  expect(calls.filter(call => call !== undefined)).toEqual([
    'ekuaibao POST /api/openapi/v1/auth/getAccessToken',
    'ekuaibao POST /api/openapi/v2/auth/refreshToken',
    'finlend PUT /api/v6/services/securitymanagement/login',
    'finlend PUT /api/v6/services/securitymanagement/refresh-token',
    'finlend PUT /api/v6/services/securitymanagement/logout',
    'interlace GET /open-api/v3/oauth/authorize',
    'interlace POST /open-api/v3/oauth/access-token',
    'interlace POST /open-api/v3/oauth/refresh-token',
  ]);
});

describe.each(loaded.map(provider => ({ name: provider.name, provider })))('$name', ({ provider }) => {
  test('every placeholder of its token calls is a credential, a setting or a value taken before', () => {
    for (const scheme of provider.schemes) {
      if (scheme.kind !== 'exchange') continue;
      const known = new Set([...scheme.credentials, ...(scheme.optional ?? []), ...Object.keys(provider.settings ?? {})]);
      for (const step of scheme.login) {
        expect([...known]).toEqual(expect.arrayContaining(placeholdersOf(step)));
        for (const name of Object.keys(step.extract)) known.add(name);
      }
      expect([...known]).toContain('accessToken');
      for (const step of [scheme.refresh, scheme.revoke]) expect([...known]).toEqual(expect.arrayContaining(placeholdersOf(step ?? {})));
    }
  });

  test('what it calls open is a credential, what a header takes is a setting', () => {
    const credentials = provider.schemes.flatMap(credentialsOf);
    expect(credentials).toEqual(expect.arrayContaining([...(provider.open ?? [])]));
    const words = [provider.headers, ...provider.endpoints.map(({ headers }) => headers)].flatMap(headers => Object.values(headers ?? {}));
    for (const word of words)
      if (typeof word === 'object' && 'setting' in word) expect(Object.keys(provider.settings ?? {})).toContain(word.setting);
  });

  test('a ready token is the first scheme, where there is more than one', () => {
    if (provider.schemes.length > 1) expect(provider.schemes[0]?.kind).toBe('token');
    expect(provider.schemes.length).toBeGreaterThan(0);
  });
});

function placeholdersOf(step: object): string[] {
  return [...JSON.stringify(step).matchAll(/\{(\w+)\}/g)].flatMap(match => (match[1] === undefined ? [] : [match[1]]));
}

function credentialsOf(scheme: Provider['schemes'][number]): readonly string[] {
  if (scheme.kind === 'token') return [scheme.credential];
  return scheme.kind === 'es512' ? [scheme.client, scheme.key] : [...scheme.credentials, ...(scheme.optional ?? [])];
}
