// Tokens by documented calls, with Ekuaibao's: absolute expiry in milliseconds, refresh in the query, errors on HTTP 200.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import { TrustError } from '../../src/core/errors.ts';
import type { RequestPlan } from '../../src/core/request.ts';
import { getPlan, type Loopback, type Received, type Reply, sendPlan, startLoopback } from './loopback.ts';
import { answerEkuaibao, callOnce, ekuaibaoLike, HandClock, paths, type Staging, stage, TokenDesk } from './stage.ts';

const credentials = { appKey: 'canary-app-key', appSecurity: 'canary-app-security' };
const minute = 60_000;

let desk: TokenDesk;
let server: Loopback;
let override: ((request: Received) => Reply | undefined) | undefined;

beforeEach(async () => {
  desk = new TokenDesk();
  override = undefined;
  const answer = answerEkuaibao(desk, credentials.appSecurity);
  server = await startLoopback(request => override?.(request) ?? answer(request));
});
afterEach(() => server.close());

const plan = (): RequestPlan => getPlan(server.url, '/data');
const staged = (more: Partial<Staging> = {}): Authenticator => stage({ provider: ekuaibaoLike, url: server.url, credentials, ...more });
const tokenOf = (authorised: RequestPlan): string | undefined => authorised.query[0]?.value;

describe('a cold start', () => {
  test('logs in with the credentials in the body and puts the token in its place, marked', async () => {
    const authorised = await staged().authenticate(plan());
    expect(server.received.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/login', '{"appKey":"canary-app-key","appSecurity":"canary-app-security"}'],
    ]);
    expect(authorised.query).toEqual([{ name: 'accessToken', value: [...desk.good][0], secret: true }]);
  });

  test('six workers at once are one login', async () => {
    desk.delayMs = 50;
    const authenticator = staged();
    const answers = await Promise.all(Array.from({ length: 6 }, () => callOnce(authenticator, plan())));
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(server.count('/login')).toBe(1);
  });

  test('every token that arrives is told to the secret filter', async () => {
    const told: string[] = [];
    await staged({ protect: secret => told.push(secret) }).authenticate(plan());
    expect(told).toEqual(expect.arrayContaining([[...desk.good][0], 'refresh-of-login-1']));
  });

  test('a preview sends nothing and marks a placeholder', async () => {
    const shown = await staged().preview(plan());
    expect(shown.query).toEqual([{ name: 'accessToken', value: 'token-from-login', secret: true }]);
    expect(server.received).toEqual([]);
  });
});

describe('a refused login', () => {
  test('is one request, however often a token is asked for', async () => {
    const authenticator = staged({ credentials: { ...credentials, appSecurity: 'canary-wrong' } });
    for (let call = 0; call < 3; call++) {
      await expect(authenticator.authenticate(plan())).rejects.toMatchObject({
        code: 'auth',
        message: 'login failed: credential rejected (HTTP 403: 密钥无效)',
        facts: { status: 403, providerCode: '403', hint: `check appKey, appSecurity and baseUrl of profile "test"` },
      });
    }
    expect(paths(server)).toEqual(['/login']);
  });

  test('is refused also on HTTP 200', async () => {
    override = () => ({ body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}' });
    await expect(staged().authenticate(plan())).rejects.toMatchObject({ code: 'auth', facts: { providerCode: '403' } });
  });

  test('is understood as plain text', async () => {
    override = () => ({ status: 403, headers: { 'content-type': 'text/plain' }, body: '未授权' });
    await expect(staged().authenticate(plan())).rejects.toMatchObject({
      code: 'auth',
      message: 'login failed: credential rejected (HTTP 403: 未授权)',
    });
  });

  test('names a wrong clock when the provider gives no better reason', async () => {
    override = () => ({ status: 403, headers: { date: new Date(Date.now() - 7_200_000).toUTCString() }, body: '未授权' });
    await expect(staged().authenticate(plan())).rejects.toMatchObject({
      facts: { hint: expect.stringMatching(/^the clock of this machine is off by 720\d s \(ahead\)/) },
    });
  });

  test.each([
    ['no token', '{"value":{"corporationId":"c"}}', 'login failed: the answer has no accessToken'],
    ['an empty token', '{"value":{"accessToken":""}}', 'login failed: the answer has no accessToken'],
    ['a page', '<html>sign in</html>', 'login failed: the answer is not JSON'],
    [
      'a token that would split a header',
      '{"value":{"accessToken":"a\\r\\nX: y"}}',
      'login failed: the accessToken holds characters that cannot be sent back',
    ],
    [
      'a token of a megabyte',
      `{"value":{"accessToken":"${'a'.repeat(1_000_000)}"}}`,
      'login failed: the accessToken is longer than 16 KiB',
    ],
  ])('HTTP 200 with %s is an unusable answer', async (_, body, message) => {
    override = () => ({ body });
    const authenticator = staged();
    await expect(authenticator.authenticate(plan())).rejects.toMatchObject({ code: 'bad-response', message });
    await expect(authenticator.authenticate(plan())).rejects.toMatchObject({ code: 'bad-response', message });
    expect(paths(server)).toEqual(['/login']);
  });
});

describe('a provider that is not available', () => {
  test('is temporary, and the next call tries again', async () => {
    override = () => ({ status: 503 });
    const authenticator = staged();
    await expect(authenticator.authenticate(plan())).rejects.toMatchObject({
      code: 'temporary',
      message: expect.stringContaining('HTTP 503'),
    });
    override = undefined;
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect(server.count('/login')).toBe(2);
  });

  test('a refused connection says that it was the login', async () => {
    await server.close();
    await expect(staged().authenticate(plan())).rejects.toMatchObject({ code: 'temporary', message: 'login failed: connection refused' });
  });

  test('a host that cannot be trusted passes through as such', async () => {
    const authenticator = staged({
      send: async () => {
        throw new TrustError('a redirect was offered');
      },
    });
    await expect(authenticator.authenticate(plan())).rejects.toMatchObject({ code: 'trust', message: 'a redirect was offered' });
  });
});

describe('a rejected token', () => {
  test('costs one login, for 64 workers as for one', async () => {
    const authenticator = staged();
    await callOnce(authenticator, plan());
    desk.good.clear();
    const answers = await Promise.all(Array.from({ length: 64 }, () => callOnce(authenticator, plan())));
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
    expect(server.count('/login')).toBe(2);
    expect(server.count('/refresh')).toBe(0);
  });

  test('a worker that was slow to hear of it uses the token the others got', async () => {
    const authenticator = staged();
    const authorised = await authenticator.authenticate(plan());
    desk.good.clear();
    const [early, late] = await Promise.all([sendPlan(authorised), sendPlan(authorised)]);
    await Promise.all([authenticator.check(early, authorised), authenticator.check(late, authorised)]);
    expect(await authenticator.rejected(early)).toBe(true);
    expect(await authenticator.rejected(late)).toBe(true);
    expect(server.count('/login')).toBe(2);
  });

  test('is renewed once a minute at most', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    override = request => (request.path === '/data' ? { status: 403, body: '{"errorCode":403,"errorMessage":"未授权"}' } : undefined);
    expect((await callOnce(authenticator, plan())).status).toBe(403);
    expect((await callOnce(authenticator, plan())).status).toBe(403);
    expect(server.count('/login')).toBe(2);
    clock.pass(61_000);
    await callOnce(authenticator, plan());
    expect(server.count('/login')).toBe(3);
  });

  test('is asked for again by the replayed call when the provider is not available for a moment', async () => {
    const authenticator = staged();
    await callOnce(authenticator, plan());
    desk.good.clear();
    let failed = 0;
    override = request => (request.path === '/login' && failed++ === 0 ? { status: 503 } : undefined);
    const answers = await Promise.all(Array.from({ length: 8 }, () => callOnce(authenticator, plan())));
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
    expect(server.count('/login')).toBe(3);
  });

  test('heard of while a renewal fails is no final refusal', async () => {
    const authenticator = staged();
    const authorised = await authenticator.authenticate(plan());
    desk.good.clear();
    const [first, second] = await Promise.all([sendPlan(authorised), sendPlan(authorised)]);
    await Promise.all([authenticator.check(first, authorised), authenticator.check(second, authorised)]);
    override = request => (request.path === '/login' ? { status: 503 } : undefined);
    expect(await Promise.all([authenticator.rejected(first), authenticator.rejected(second)])).toEqual([true, true]);
    expect(await authenticator.rejected(second)).toBe(true);
    expect(server.count('/login')).toBe(2);
  });

  test('ends with the refusal of the login when the credentials have died too', async () => {
    const authenticator = staged();
    await callOnce(authenticator, plan());
    desk.good.clear();
    override = request => (request.path === '/login' ? { status: 403, body: '未授权' } : undefined);
    await expect(callOnce(authenticator, plan())).rejects.toMatchObject({ code: 'auth', message: expect.stringContaining('login failed') });
    await expect(callOnce(authenticator, plan())).rejects.toMatchObject({ code: 'auth' });
    expect(server.count('/login')).toBe(2);
  });
});

describe('the life of a token', () => {
  test('five minutes before its end it is refreshed, both tokens in the query and marked', async () => {
    const clock = new HandClock();
    const sent: RequestPlan[] = [];
    const authenticator = staged({
      clock,
      send: request => {
        sent.push(request);
        return sendPlan(request);
      },
    });
    const first = tokenOf(await authenticator.authenticate(plan()));
    clock.pass(desk.lifeMs - 5 * minute - 2_000);
    expect(tokenOf(await authenticator.authenticate(plan()))).toBe(first);
    clock.pass(4_000);
    const second = tokenOf(await authenticator.authenticate(plan()));
    expect(second).not.toBe(first);
    expect(sent.at(-1)).toMatchObject({
      method: 'POST',
      path: '/refresh',
      query: [
        { name: 'accessToken', value: first, secret: true },
        { name: 'refreshToken', value: 'refresh-of-login-1', secret: true },
        { name: 'powerCode', value: '219904' },
      ],
    });
    expect(sent.at(-1)?.body).toBeUndefined();
    expect(paths(server)).toEqual(['/login', '/refresh']);
  });

  test('a short life is renewed in its last fifth', async () => {
    const clock = new HandClock();
    desk.lifeMs = 10 * minute;
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    clock.pass(7 * minute);
    await authenticator.authenticate(plan());
    expect(server.count('/refresh')).toBe(0);
    clock.pass(1.5 * minute);
    await authenticator.authenticate(plan());
    expect(server.count('/refresh')).toBe(1);
  });

  test('an expired token is not refreshed but replaced by a login', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    clock.pass(desk.lifeMs + 1_000);
    await authenticator.authenticate(plan());
    expect(paths(server)).toEqual(['/login', '/login']);
  });

  test('a refresh refused in plain text ends in a login', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    desk.unusedRefresh.clear();
    clock.pass(desk.lifeMs - minute);
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect(paths(server)).toEqual(['/login', '/refresh', '/login', '/data']);
  });

  test('while the provider is not available a living token is used on, and asked about once a minute', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    const first = tokenOf(await authenticator.authenticate(plan()));
    override = request => (request.path === '/refresh' ? { status: 503 } : undefined);
    clock.pass(desk.lifeMs - 4 * minute);
    expect(tokenOf(await authenticator.authenticate(plan()))).toBe(first);
    expect(tokenOf(await authenticator.authenticate(plan()))).toBe(first);
    expect(server.count('/refresh')).toBe(1);
    clock.pass(61_000);
    expect(tokenOf(await authenticator.authenticate(plan()))).toBe(first);
    expect(server.count('/refresh')).toBe(2);
    clock.pass(4 * minute);
    override = request => (request.path === '/login' ? { status: 503 } : undefined);
    await expect(authenticator.authenticate(plan())).rejects.toMatchObject({ code: 'temporary' });
  });

  test('a clock three hours fast does not make every token look expired', async () => {
    const clock = new HandClock();
    clock.set(3 * 60 * minute);
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    await authenticator.authenticate(plan());
    expect(paths(server)).toEqual(['/login']);
    const { expiresAt } = await authenticator.describe();
    expect(Math.abs((expiresAt?.getTime() ?? 0) - clock.now().getTime() - desk.lifeMs)).toBeLessThan(3_000);
  });

  test('a clock set during a run changes nothing', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    clock.set(10 * 365 * 24 * 60 * minute);
    await authenticator.authenticate(plan());
    expect(paths(server)).toEqual(['/login']);
  });
});

test('no error of a login carries a credential, even when the provider echoes it', async () => {
  override = request => ({ status: 403, body: `{"errorCode":403,"errorMessage":"no such ${JSON.parse(request.body).appSecurity}"}` });
  const error = await staged()
    .authenticate(plan())
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ message: 'login failed: credential rejected (HTTP 403: no such [redacted])' });
  expect(`${JSON.stringify(error)}${String(error)}${error instanceof Error ? error.stack : ''}`).not.toContain('canary');
});

test('a profile without complete credentials is a configuration error that names the schemes', () => {
  expect(() => staged({ credentials: { appKey: 'x' } })).toThrow(
    expect.objectContaining({ code: 'config', facts: { hint: 'it needs accessToken, or appKey and appSecurity' } }),
  );
});

test('a ready token wins over a login', async () => {
  const authenticator = staged({ credentials: { ...credentials, accessToken: 'ready' } });
  expect(tokenOf(await authenticator.authenticate(plan()))).toBe('ready');
  expect(await authenticator.describe()).toEqual({ kind: 'token', about: 'ready token', credentials: ['accessToken'] });
});
