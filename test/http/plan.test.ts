import { describe, expect, test } from 'vitest';
import { defineEndpoint, type EndpointLiteral, plainId } from '../../src/core/endpoint.ts';
import { ConfigError, UsageError } from '../../src/core/errors.ts';
import { text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { planUrl } from '../../src/core/request.ts';
import { type Call, planRequest } from '../../src/http/plan.ts';

const literal = {
  name: 'e',
  summary: 'e',
  doc: { url: 'https://docs.example.com', read: '2025-06-23' },
  path: '/v1/things/[{ids}]/x$y:z/',
  keys: { ids: { arg: 'ids', about: 'ids', grammar: plainId, many: 'packed', field: 'id' } },
  answer: { item: '' },
  fields: { id: text('Id') },
  columns: ['id'],
  example: '{}',
} as const satisfies EndpointLiteral;
const provider = defineProvider({
  name: 'p',
  title: 'P',
  docs: 'https://docs.example.com',
  baseUrl: 'https://p.example.com',
  schemes: [],
  failure: { code: [], message: [], notFoundBy404: true },
  endpoints: [],
});

function plan(endpoint: object = {}, call: Partial<Call> = {}) {
  let fresh = 0;
  return planRequest({
    provider,
    endpoint: defineEndpoint({ ...literal, ...endpoint }),
    profile: { name: 'test', provider: 'p', baseUrl: 'https://p.example.com/prefix', settings: {}, paths: {} },
    keys: [{ ids: 'ID_1' }],
    params: {},
    now: () => new Date('2024-01-15T10:30:00.987Z'),
    freshId: () => `fresh-${++fresh}`,
    ...call,
  });
}

describe('path', () => {
  test('is sent byte for byte under the prefix of the profile', () => {
    expect(planUrl(plan().plan)).toBe('https://p.example.com/prefix/v1/things/[ID_1]/x$y:z/');
    expect(plan().plan.template).toBe('/v1/things/[{ids}]/x$y:z/');
  });

  test('packed keys share it, in order; keys that are not packed do not', () => {
    const keys = [{ ids: 'b' }, { ids: 'a' }, { ids: 'b' }];
    expect(plan({}, { keys }).plan.path).toBe('/v1/things/[b,a,b]/x$y:z/');
    expect(plan({ keys: { ids: { ...literal.keys.ids, many: 'each' } } }, { keys }).plan.path).toBe('/v1/things/[b]/x$y:z/');
  });

  test('comes from the profile where the provider publishes none', () => {
    const own = { path: { profile: 'e', hint: 'ask for it' }, keys: {} };
    const profile = { name: 'test', provider: 'p', baseUrl: 'https://p.example.com', settings: {}, paths: { e: '/my/path' } };
    expect(planUrl(plan(own, { profile, keys: [] }).plan)).toBe('https://p.example.com/my/path');
    expect(() => plan(own, { keys: [] })).toThrow(new ConfigError('profile "test" names no path for e', { hint: 'ask for it' }));
  });

  test.each(['..', '.', 'a/../b', 'a?b', 'a#b', '%2e%2e', 'a\\b', 'a b', 'a\nb', '\ttab', 'é'])(
    'a key that would change it is a last refusal, should a grammar ever let it through: %j',
    id => {
      const loose = { path: '/v1/{ids}/x' };
      if (id === '%2e%2e') expect(() => plan(loose, { keys: [{ ids: id }] })).toThrow(UsageError);
      else expect(() => plan(loose, { keys: [{ ids: id }] })).toThrow('the path /v1/{ids}/x would change on the way');
    },
  );

  test('a missing key is a usage error', () => {
    expect(() => plan({}, { keys: [] })).toThrow(new UsageError('missing ids'));
  });
});

describe('query', () => {
  const params = {
    params: {
      expand: { in: 'query', about: 'list', default: 'payouts', required: true },
      type: { in: 'query', about: 'type', required: true },
      page: { in: 'query', about: 'page' },
      amount: { in: 'form', about: 'amount' },
    },
  };

  test('defaults are sent, given values win, page words win over both, in the order of the document', () => {
    expect(plan(params, { params: { type: 'a&b=c', page: '2' }, page: { page: '3', size: '50' } }).plan.query).toEqual([
      { name: 'expand', value: 'payouts' },
      { name: 'type', value: 'a&b=c' },
      { name: 'page', value: '3' },
      { name: 'size', value: '50' },
    ]);
    expect(planUrl(plan(params, { params: { type: 'a&b=c' } }).plan)).toMatch(/\?expand=payouts&type=a%26b%3Dc$/);
  });

  test('a required parameter nobody gave is a usage error with its meaning', () => {
    expect(() => plan(params)).toThrow(new UsageError('missing --type', { hint: 'type' }));
  });

  test('an empty value is a value', () => {
    expect(planUrl(plan(params, { params: { type: '' } }).plan)).toMatch(/&type=$/);
  });
});

describe('a page that stands in the path', () => {
  const paged = {
    path: '/v1/{ids}/{page}/{size}',
    paging: { kind: 'page', page: 'page', first: 0, size: 'size', defaultSize: 10 },
  };

  test('is filled from the page words, which then are no query parameters', () => {
    const { plan: made } = plan(paged, { page: { page: '4', size: '25' } });
    expect([made.path, made.query]).toEqual(['/v1/ID_1/4/25', []]);
  });

  test('is the first page where nobody asked for one', () => {
    expect(plan(paged).plan.path).toBe('/v1/ID_1/0/10');
  });
});

describe('body', () => {
  const params = { params: { amount: { in: 'form', about: 'a' }, method: { in: 'form', about: 'm' } } };

  test('form fields only when given, and none otherwise', () => {
    expect(plan(params).plan.body).toBeUndefined();
    expect(plan(params, { params: { method: 'manual' } }).plan.body).toEqual({
      kind: 'form',
      fields: [{ name: 'method', value: 'manual' }],
    });
  });

  test('defaults and required fields hold for a form as for a query', () => {
    const strict = {
      params: { kind: { in: 'form', about: 'k', default: 'a' }, paidBy: { in: 'form', about: 'who is meant', required: true } },
    };
    expect(() => plan(strict)).toThrow(new UsageError('missing --paid-by', { hint: 'who is meant' }));
    expect(plan(strict, { params: { paidBy: 'x' } }).plan.body).toEqual({
      kind: 'form',
      fields: [
        { name: 'kind', value: 'a' },
        { name: 'paidBy', value: 'x' },
      ],
    });
  });
});

describe('headers', () => {
  const headers = {
    'x-time': { now: 'iso-seconds' },
    'x-ip': { setting: 'customerIp', hint: 'set customerIp' },
    'x-id': { fresh: 'uuid', report: true },
    'x-key': { fresh: 'uuid' },
    platform: 'fincode',
  };
  const profile = { name: 'test', provider: 'p', baseUrl: 'https://p.example.com', settings: { customerIp: '203.0.113.7' }, paths: {} };

  test('constants, the time to the second, settings, and a fresh id each', () => {
    const { plan: made, requestId } = plan({ headers }, { profile });
    expect(made.headers).toEqual([
      { name: 'accept', value: 'application/json' },
      { name: 'x-time', value: '2024-01-15T10:30:00Z' },
      { name: 'x-ip', value: '203.0.113.7' },
      { name: 'x-id', value: 'fresh-1' },
      { name: 'x-key', value: 'fresh-2' },
      { name: 'platform', value: 'fincode' },
    ]);
    expect(requestId).toBe('fresh-1');
  });

  test('an endpoint adds to its provider’s and wins over them', () => {
    const own = defineProvider({ ...provider, headers: { a: '1', b: '2' } });
    expect(plan({ headers: { b: '3', c: '4' } }, { provider: own }).plan.headers.slice(1)).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '3' },
      { name: 'c', value: '4' },
    ]);
  });

  test('a setting the profile lacks is a configuration error with the hint', () => {
    expect(() => plan({ headers })).toThrow(
      new ConfigError('profile "test" has no customerIp, which the header x-ip needs', { hint: 'set customerIp' }),
    );
  });
});

test('a plan is frozen and holds no credential', () => {
  const { plan: made } = plan();
  expect(Object.isFrozen(made)).toBe(true);
  expect([...made.headers, ...made.query].filter(part => part.secret)).toEqual([]);
});

describe('an endpoint that is planned again and again', () => {
  const base = { in: 'query', about: 'x', type: 'text' } as const;
  const endpoint = defineEndpoint({
    ...literal,
    path: { profile: 'e', hint: 'x' },
    keys: { ids: { ...literal.keys.ids, in: 'query' } },
    params: { expand: { ...base } },
    headers: { 'x-id': { fresh: 'uuid', report: true } },
  });
  const profile = { name: 'test', provider: 'p', baseUrl: 'https://p.example.com', settings: {}, paths: { e: '/a?fixed=1' } };
  const call = { endpoint, profile, params: { expand: 'all' } };

  test('is asked for each key of a run', () => {
    expect(planUrl(plan({}, call).plan)).toBe('https://p.example.com/a?fixed=1&ids=ID_1&expand=all');
    expect(planUrl(plan({}, { ...call, keys: [{ ids: 'ID_2' }] }).plan)).toBe('https://p.example.com/a?fixed=1&ids=ID_2&expand=all');
  });

  test.each<[string, Partial<Call>, string]>([
    ['other parameters', { params: {} }, '/a?fixed=1&ids=ID_1'],
    ['another profile', { profile: { ...profile, paths: { e: '/b' } } }, '/b?ids=ID_1&expand=all'],
  ])('is planned anew for %s', (_, other, path) => {
    plan({}, call);
    expect(planUrl(plan({}, { ...call, ...other }).plan)).toBe(`https://p.example.com${path}`);
  });

  test('is planned anew for another provider', () => {
    plan({}, call);
    const headers = plan({}, { ...call, provider: defineProvider({ ...provider, headers: { a: '1' } }) }).plan.headers;
    expect(headers.map(({ name }) => name)).toEqual(['accept', 'a', 'x-id']);
  });
});
