// Config files for tests: one profile per provider, with credentials that can be recognised wherever they turn up.
import { generateKeyPairSync } from 'node:crypto';

export type ProviderWord = 'ekuaibao' | 'finlend' | 'crego' | 'qitech' | 'interlace';

const keys = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });

export const qitechPublicKey = String(keys.publicKey.export({ type: 'spki', format: 'pem' }));
export const qitechPrivateKey = String(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** Each long enough for the secret filter, and found nowhere else. */
export const secrets = {
  ekuaibao: 'ID_canary3JxnLl1078M:bwa3wajigF0WH0',
  finlend: 'canary.finlend.7pXq2.token',
  crego: 'canary-crego-5f0cBearer',
  interlace: 'canary-interlace-91ab-access',
} as const;

export const qitechClientKey = '16c8a1ec-8d75-47a1-b138-46746713b8d8';

const profiles: Readonly<Record<ProviderWord, object>> = {
  ekuaibao: { credentials: { accessToken: secrets.ekuaibao } },
  finlend: { customerIp: '203.0.113.7', credentials: { token: secrets.finlend } },
  crego: { credentials: { token: secrets.crego } },
  qitech: { credentials: { clientKey: qitechClientKey, privateKey: qitechPrivateKey } },
  interlace: {
    paths: {
      'account-repayment': '/open-api/v3/test/account-repayment',
      'account-negative': '/open-api/v3/test/account-negative',
      'account-negative-bill': '/open-api/v3/test/account-negative-bill',
      'batch-hook': '/open-api/v3/test/batch-hook',
    },
    credentials: { accessToken: secrets.interlace },
  },
};

/** A profile of this provider at this address. */
export function profileFor(provider: ProviderWord, baseUrl: string, more: object = {}): object {
  return { provider, baseUrl, ...profiles[provider], ...more };
}

/** A config file with one profile of this provider. */
export function configFor(provider: ProviderWord, baseUrl: string, more: object = {}): object {
  return { profiles: { test: profileFor(provider, baseUrl, more) } };
}

/** A config file with a profile for every provider, all at one address. */
export function configForAll(baseUrl: string): object {
  const names = ['ekuaibao', 'finlend', 'crego', 'qitech', 'interlace'] as const;
  return { profiles: Object.fromEntries(names.map(name => [name, profileFor(name, baseUrl)])) };
}
