// Which environment an address is, as the pages of each provider have it; what no page says is not guessed.
import { expect, test } from 'vitest';
import { environmentOf } from '../../src/core/provider.ts';
import { loadProvider } from '../../src/providers/index.ts';

test.each([
  ['crego', 'https://preprod.api.crego.io', 'pre-production'],
  ['crego', 'https://api.crego.io', undefined],
  ['crego', 'https://preprod.api.crego.io.example', undefined],
  ['qitech', 'https://api-auth.qitech.app', 'production'],
  ['qitech', 'https://api-auth.sandbox.qitech.app/prefix', 'sandbox'],
  ['interlace', 'https://api-sandbox.interlace.money', 'sandbox'],
  ['interlace', 'https://api.interlace.money', 'production'],
  ['finlend', 'https://finlend.fincode.software', 'sandbox'],
  ['finlend', 'https://acme.fincode.software', 'sandbox'],
  ['finlend', 'https://acme.fincode.tech', 'production'],
  ['finlend', 'https://fincode.tech.example', undefined],
  ['ekuaibao', 'https://app.ekuaibao.com', undefined],
  ['ekuaibao', 'not an address', undefined],
])('%s: %s is %s', async (provider, baseUrl, name) => {
  expect(environmentOf(await loadProvider(provider), baseUrl)?.name).toBe(name);
});

test('the default address of each is among those that its pages name', async () => {
  for (const name of ['crego', 'ekuaibao', 'finlend', 'interlace', 'qitech']) {
    const provider = await loadProvider(name);
    expect(provider.environments?.map(({ baseUrl }) => baseUrl)).toContain(provider.baseUrl);
  }
});
