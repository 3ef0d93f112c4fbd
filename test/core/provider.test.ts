import { expect, test } from 'vitest';
import { credentialNames, isOpenCredential, isPemCredential, type Provider, unpublishedPaths } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';

const provider: Provider = {
  name: 'lender',
  title: 'Lender',
  docs: 'https://docs.example',
  baseUrl: 'https://api.example',
  schemes: [
    { kind: 'token', credential: 'token', location: { in: 'header', name: 'x-token' } },
    {
      kind: 'exchange',
      credentials: ['email', 'password'],
      optional: ['code', 'token'],
      location: { in: 'header', name: 'x-token' },
      login: [],
      expiry: 'jwt',
    },
    { kind: 'es512', client: 'clientKey', key: 'privateKey', settings: { variant: 'signing', publicKey: 'key', unsigned: 'unsigned' } },
  ],
  open: ['email'],
  failure: { code: [], message: [], notFoundBy404: false },
  endpoints: [],
};

test('credentials of a provider are those of its schemes, each once: what is required first', () => {
  expect(credentialNames(provider)).toEqual(['token', 'email', 'password', 'clientKey', 'privateKey', 'code']);
});

test('which credentials may be shown, and which are PEM texts', () => {
  const names = credentialNames(provider);
  expect(names.filter(name => isOpenCredential(provider, name))).toEqual(['email']);
  expect(names.filter(name => isPemCredential(provider, name))).toEqual(['privateKey']);
});

test('paths that are not published are named once each', async () => {
  const interlace = (await allProviders()).find(({ name }) => name === 'interlace');
  expect(interlace && unpublishedPaths(interlace)).toEqual([
    'account-repayment',
    'account-negative',
    'account-negative-bill',
    'batch-hook',
    'negative-cards',
  ]);
  expect(unpublishedPaths(provider)).toEqual([]);
});
