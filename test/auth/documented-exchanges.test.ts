// The exchanges of the real provider literals, against the answers their documents print.
import { afterEach, expect, test } from 'vitest';
import { createTokenExchange } from '../../src/auth/token-exchange.ts';
import type { Provider } from '../../src/core/provider.ts';
import { ekuaibao } from '../../src/providers/ekuaibao/provider.ts';
import { finlend } from '../../src/providers/finlend/provider.ts';
import { interlace } from '../../src/providers/interlace/provider.ts';
import { getPlan, type Loopback, startLoopback } from './loopback.ts';
import { endsAfter, looseJwt, stage } from './stage.ts';

let server: Loopback;
afterEach(() => server.close());

const hour = 3_600_000;
const sinceMs = Date.now();
const jwt = looseJwt({ 'user-id': 'u', exp: Math.floor((Date.now() + hour) / 1000) });

interface Documented {
  readonly literal: Omit<Provider, 'endpoints'>;
  readonly credentials: Readonly<Record<string, string>>;
  /** Answers by path. */
  readonly answers: Readonly<Record<string, string>>;
  /** Method, path with query, and body of each call. */
  readonly calls: readonly string[];
  readonly placed: string;
}

const documented: Documented[] = [
  {
    literal: ekuaibao,
    credentials: { appKey: 'canary-key', appSecurity: 'canary-security' },
    answers: {
      '/api/openapi/v1/auth/getAccessToken': `{"value":{"accessToken":"ID_3JxnLl1078M:bwa3wajigF0WH0","refreshToken":"r","expireTime":${Date.now() + hour},"corporationId":"bwa3wajigF0WH0"}}`,
    },
    calls: ['POST /api/openapi/v1/auth/getAccessToken {"appKey":"canary-key","appSecurity":"canary-security"}'],
    placed: 'accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0',
  },
  {
    literal: finlend,
    credentials: { email: 'ops@example.com', password: 'canary-password' },
    answers: { '/api/v6/services/securitymanagement/login': `{"access_token":"${jwt}","refresh_token":"r"}` },
    calls: ['PUT /api/v6/services/securitymanagement/login {"email":"ops@example.com","currentPassword":"canary-password"}'],
    placed: `X-Auth-Token=${jwt}`,
  },
  {
    literal: interlace,
    credentials: { clientId: 'client' },
    answers: {
      '/open-api/v3/oauth/authorize': '{"code":"000000","message":"success","data":{"timestamp":1757994757,"code":"c0de"}}',
      '/open-api/v3/oauth/access-token':
        '{"code":"000000","message":"success","data":{"accessToken":"at","refreshToken":"rt","expiresIn":3600,"timestamp":1757994757}}',
    },
    calls: [
      'GET /open-api/v3/oauth/authorize?clientId=client ',
      'POST /open-api/v3/oauth/access-token {"clientId":"client","code":"c0de"}',
    ],
    placed: 'x-access-token=at',
  },
];

test.each(documented.map(entry => [entry.literal.name, entry] as const))(
  '%s',
  async (_, { literal, credentials, answers, calls, placed }) => {
    server = await startLoopback(({ path }) => ({ ...(path in answers ? {} : { status: 404 }), body: answers[path] ?? '' }));
    const authenticator = stage({ provider: { ...literal, endpoints: [] }, url: server.url, credentials });
    const plan = await authenticator.authenticate(getPlan(server.url, '/data'));
    expect(server.received.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual(calls);
    expect([...plan.query, ...plan.headers].filter(part => part.secret).map(part => `${part.name}=${part.value}`)).toEqual([placed]);
    const { expiresAt } = await authenticator.describe();
    expect(endsAfter(hour, expiresAt, sinceMs)).toBe(true);
  },
);

test.each([
  [401, 'check email and password in the profile; repeated failures lock the account'],
  [403, 'wait for the lock to end, have an administrator lift it, or reset the password'],
  [404, 'check email in the profile, and that baseUrl is the host of the right tenant'],
])('finlend: a refused login is told by its status, %i, whatever its body', async (status, hint) => {
  server = await startLoopback(() => ({ status, body: '{"success":false,"code":"X","message":"Sorry"}' }));
  const credentials = { email: 'ops@example.com', password: 'canary-password' };
  const authenticator = stage({ provider: { ...finlend, endpoints: [] }, url: server.url, credentials });
  await expect(authenticator.authenticate(getPlan(server.url, '/data'))).rejects.toMatchObject({ code: 'auth', facts: { status, hint } });
});

test('finlend: a refused refresh is no locked account', async () => {
  const [, scheme] = finlend.schemes;
  const exchange = createTokenExchange({
    provider: { ...finlend, endpoints: [] },
    scheme,
    profile: { name: 'test', provider: 'finlend', baseUrl: 'https://finlend.example.com', settings: {}, paths: {} },
    credentials: new Map(),
    send: async () => ({ status: 403, headers: {}, body: Buffer.from('{"success":false,"message":"Sorry"}') }),
    now: () => new Date(),
    protect: () => undefined,
  });
  await expect(exchange.refresh({ accessToken: jwt, refreshToken: 'r', obtainedAt: 0 })).rejects.toMatchObject({
    code: 'auth',
    facts: { status: 403, hint: 'check email, password and baseUrl of profile "test"' },
  });
});
