// The schemes of a provider hold together: what a token call, a header or `open` names is there.
import { describe, expect, test } from 'vitest';
import type { Provider } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';

const loaded = await allProviders();

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

  test('settings that its schemes and keys name are declared, and are of the kind that is read', () => {
    const typeOf = (name: string | undefined) => provider.settings?.[name ?? '']?.type;
    for (const scheme of provider.schemes) {
      if (scheme.kind === 'exchange' && scheme.encrypt !== undefined) expect(typeOf(scheme.encrypt.publicKey)).toBe('key');
      if (scheme.kind !== 'es512') continue;
      const { variant, publicKey, unsigned } = scheme.settings;
      expect([variant, publicKey, unsigned].map(typeOf)).toEqual(['choice', 'key', 'choice']);
      expect(provider.settings?.[variant]?.choices).toEqual(['v2', 'legacy']);
      expect(provider.settings?.[unsigned]?.choices).toEqual(['refuse', 'warn']);
    }
    for (const { keys } of provider.endpoints)
      for (const { packSetting } of Object.values(keys ?? {})) if (packSetting !== undefined) expect(typeOf(packSetting)).toBe('count');
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
