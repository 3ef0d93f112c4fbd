// The five providers as far as the configuration goes, written out so that these tests need no provider code.
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Provider } from '../../src/core/provider.ts';

type Configured = Pick<Provider, 'name' | 'baseUrl' | 'schemes'> & Partial<Provider>;

function provider(literal: Configured): Provider {
  return { title: literal.name, docs: '', failure: { code: [], message: [], notFoundBy404: false }, endpoints: [], ...literal };
}

const location = { in: 'header', name: 'x-token' } as const;
const exchange = { kind: 'exchange', location, login: [], expiry: 'jwt' } as const;

export const ekuaibao = provider({
  name: 'ekuaibao',
  baseUrl: 'https://app.ekuaibao.com',
  schemes: [
    { kind: 'token', credential: 'accessToken', location },
    { ...exchange, credentials: ['appKey', 'appSecurity'] },
  ],
  settings: { packSize: { type: 'count', max: 20, about: 'Ids per call, at most 20' } },
});

export const finlend = provider({
  name: 'finlend',
  baseUrl: 'https://finlend.fincode.software',
  schemes: [
    { kind: 'token', credential: 'token', location },
    { ...exchange, credentials: ['email', 'password'] },
  ],
  open: ['email'],
  settings: {
    customerIp: { type: 'ip', about: 'Address the provider is told the customer calls from' },
    publicKey: { type: 'key', about: 'RSA public key of the tenant: PEM, base64 text or file:PATH' },
  },
});

export const crego = provider({
  name: 'crego',
  baseUrl: 'https://preprod.api.crego.io',
  schemes: [{ kind: 'token', credential: 'token', location }],
});

export const qitech = provider({
  name: 'qitech',
  baseUrl: 'https://api-auth.qitech.app',
  schemes: [
    {
      kind: 'es512',
      client: 'clientKey',
      key: 'privateKey',
      settings: { variant: 'signing', publicKey: 'qiPublicKey', unsigned: 'unsignedAnswers' },
    },
  ],
  settings: {
    signing: { type: 'choice', choices: ['v2', 'legacy'], about: 'How requests are signed' },
    qiPublicKey: { type: 'key', about: 'Public key of QI Tech: PEM, base64 text or file:PATH' },
  },
});

/** An endpoint whose path the provider does not publish. */
function unpublished(name: string): Endpoint {
  return {
    name,
    summary: name,
    doc: { url: '', read: '' },
    path: { profile: name, hint: '' },
    answer: { item: '' },
    fields: {},
    columns: [],
    example: '',
  };
}

export const interlace = provider({
  name: 'interlace',
  baseUrl: 'https://api-sandbox.interlace.money',
  schemes: [{ ...exchange, credentials: ['clientId'], optional: ['clientSecret'] }],
  open: ['clientId'],
  settings: { paths: { type: 'paths', about: 'Paths the provider does not publish' } },
  endpoints: ['account-repayment', 'account-negative', 'account-negative-bill', 'batch-hook'].map(unpublished),
});

export const providers = [ekuaibao, finlend, crego, qitech, interlace];

export const providerTable = Object.fromEntries(providers.map(provider => [provider.name, { load: async () => provider }]));
