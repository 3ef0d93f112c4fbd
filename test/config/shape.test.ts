import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/config/shape.ts';
import type { ProviderLiteral } from '../../src/core/provider.ts';

const literal: ProviderLiteral = {
  name: 'lender',
  title: 'Lender',
  docs: 'https://docs.example',
  baseUrl: 'https://api.example',
  schemes: [
    { kind: 'token', credential: 'token', location: { in: 'header', name: 'x-token' } },
    {
      kind: 'exchange',
      credentials: ['email', 'password'],
      optional: ['code'],
      location: { in: 'header', name: 'x-token' },
      login: [],
      expiry: 'jwt',
    },
    { kind: 'es512', client: 'clientKey', key: 'privateKey', settings: { variant: 'signing', publicKey: 'key', unsigned: 'unsigned' } },
  ],
  open: ['email'],
  settings: { customerIp: { type: 'ip', about: 'Address' }, paths: { type: 'paths', about: 'Paths' } },
  failure: { code: [], message: [], notFoundBy404: false },
  endpoints: [],
};

describe('the shape of a provider', () => {
  it('is read off its literal', () => {
    expect(shapeOf(literal)).toEqual({
      name: 'lender',
      baseUrl: 'https://api.example',
      credentials: [['token'], ['email', 'password'], ['clientKey', 'privateKey']],
      optionalCredentials: ['code'],
      open: ['email'],
      pem: ['privateKey'],
      settings: { customerIp: { type: 'ip', about: 'Address' }, paths: { type: 'paths', about: 'Paths', choices: [] } },
    });
  });
});
