import { describe, expect, test } from 'vitest';
import type { Endpoint, Failure } from '../../src/core/endpoint.ts';
import type { Provider } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';

const loaded = await allProviders();
const known = loaded.flatMap(provider => [
  ...(provider.failures ?? []).map(failure => ({ provider, endpoint: undefined, failure })),
  ...provider.endpoints.flatMap(endpoint => (endpoint.failures ?? []).map(failure => ({ provider, endpoint, failure }))),
]);

test('the documented failures and what they mean', () => {
  const lines = known.map(({ provider, endpoint, failure }) =>
    [
      endpoint ? `${provider.name} ${endpoint.name}` : provider.name,
      failure.status ?? '',
      failure.code ?? '',
      failure.message?.source ?? '',
      failure.means,
    ].join('|'),
  );
  expect(lines).toEqual([
    'ekuaibao|403||未开通功能|refused',
    'ekuaibao|403||密钥无效|auth',
    'ekuaibao|403||未授权|auth',
    'ekuaibao||401||auth',
    'ekuaibao||403||auth',
    'ekuaibao|403|||auth',
    'ekuaibao loan|400||获取不到对应的借款包|not-found',
    'ekuaibao loan||400|获取不到对应的借款包|not-found',
    'finlend|401|AUTH_REQUIRED||auth',
    'finlend|403|FORBIDDEN||auth',
    'finlend|422|VALIDATION_ERROR||refused',
    'finlend|429|RATE_LIMIT_EXCEEDED||temporary',
    'finlend|500|SERVER_ERROR||temporary',
    'finlend|503|SERVICE_UNAVAILABLE||temporary',
    'finlend|401|||auth',
    'finlend|403|||auth',
    'finlend|404|||auth',
    'finlend customer-repayments|404|NOT_FOUND||not-found',
    'finlend pending-repayments|404|NOT_FOUND||not-found',
    'crego|401|||auth',
    'crego record|404||\\S|not-found',
    'qitech|400|GDF000003||auth',
    'qitech|401|GDF000014|not allowed for the given ClientIntegration|auth',
    'qitech|401|GDF000014||auth',
    'qitech|404|GDF000018||auth',
    'qitech wallet-entry|404|CIN000007||not-found',
    'qitech wallet-entry|404|CIN000078||not-found',
    'qitech invoice|404|CIN000007||not-found',
    'qitech invoice|404||was not found|not-found',
    'interlace|401|||auth',
    'interlace||010021||refused',
    'interlace||010787||refused',
    'interlace||902||refused',
  ]);
});

describe.each(known.filter(({ failure }) => failure.body !== undefined).map((one, at) => ({ at, about: one.failure.about, ...one })))(
  '$provider.name: $about ($at)',
  ({ provider, endpoint, failure }) => {
    test('its documented body is read as this failure and no other', () => {
      expect(recognise(provider, endpoint, failure.status ?? 0, failure.body ?? '')).toBe(failure);
    });

    test('its body repeats only keys of the call and what the provider itself leaves open', () => {
      const placeholders = [...(failure.body ?? '').matchAll(/\{(\w+)\}/g)].map(match => match[1]);
      expect(['api_client_key', ...Object.keys(endpoint?.keys ?? {})]).toEqual(expect.arrayContaining(placeholders));
    });
  },
);

test.each(known.filter(({ failure }) => typeof failure.when === 'object'))(
  '$endpoint.name: the unknown thing is a key',
  ({ endpoint, failure }) => {
    const unknown = typeof failure.when === 'object' ? failure.when.unknown : '';
    expect(Object.keys(endpoint?.keys ?? {})).toContain(unknown);
  },
);

test('an endpoint that is not enabled is told from a bad signature', () => {
  const qitech = loaded.find(({ name }) => name === 'qitech');
  const body = JSON.stringify({
    title: 'QI Unauthenticated',
    description:
      'Please provide valid credentials as part of the request. (Documentation: https://qitech.com.br/documentation) Details: Endpoint or HTTP method not allowed for the given ClientIntegration (Action: POST /debt)',
    code: 'GDF000014',
  });
  expect(qitech && recognise(qitech, undefined, 401, body)?.about).toBe('the endpoint or method is not enabled for this client key');
});

/** The first documented failure that fits an answer; an endpoint's own come first. */
function recognise(provider: Provider, endpoint: Endpoint | undefined, status: number, body: string): Failure | undefined {
  const answer: unknown = JSON.parse(body);
  const code = firstText(answer, provider.failure.code);
  const message = firstText(answer, provider.failure.message);
  return [...(endpoint?.failures ?? []), ...(provider.failures ?? [])].find(
    failure =>
      (failure.status === undefined || failure.status === status) &&
      (failure.code === undefined || failure.code === code) &&
      (failure.message === undefined || (message !== undefined && failure.message.test(message))),
  );
}

function firstText(answer: unknown, places: readonly string[]): string | undefined {
  for (const place of places) {
    let inner = answer;
    for (const step of place.split('.')) inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined;
    if (typeof inner === 'string' || typeof inner === 'number') return `${inner}`;
  }
  return undefined;
}
