// The same exchange with FinLend's ways (PUT, rotation, lockout, encrypted password, logout) and Interlace's (two steps, seconds).
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import type { RequestPlan } from '../../src/core/request.ts';
import { adviceOf } from '../../src/http/faults.ts';
import { getPlan, type Loopback, type Received, type Reply, startLoopback } from './loopback.ts';
import {
  answerFinlend,
  callOnce,
  endsAfter,
  finlendLike,
  HandClock,
  interlaceLike,
  paths,
  type Staging,
  stage,
  TokenDesk,
} from './stage.ts';

let server: Loopback;
let override: ((request: Received) => Reply | undefined) | undefined;
afterEach(async () => {
  override = undefined;
  await server.close();
});
const plan = (): RequestPlan => getPlan(server.url, '/data');

describe('FinLend', () => {
  const credentials = { email: 'ops@example.com', password: 'canary-password' };
  let desk: TokenDesk;
  beforeEach(async () => {
    desk = new TokenDesk();
    desk.lifeMs = 3_600_000;
    const answer = answerFinlend(desk, credentials.password);
    server = await startLoopback(request => override?.(request) ?? answer(request));
  });
  const staged = (more: Partial<Staging> = {}): Authenticator => stage({ provider: finlendLike, url: server.url, credentials, ...more });

  test('logs in with PUT and the constant headers, and sends the raw token', async () => {
    await callOnce(staged(), plan());
    const [login, call] = server.received;
    expect([login?.method, login?.headers.platform, login?.headers.uuid, login?.body]).toEqual([
      'PUT',
      'fincode',
      '200',
      '{"email":"ops@example.com","currentPassword":"canary-password"}',
    ]);
    expect(call?.headers['x-auth-token']).toBe([...desk.good][0]);
  });

  test('a wrong password is one request, whoever asks, and is not echoed', async () => {
    const authenticator = staged({ credentials: { ...credentials, password: 'canary-wrong' } });
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => authenticator.authenticate(plan())));
    asked.push(...(await Promise.allSettled([authenticator.authenticate(plan())])));
    expect(paths(server)).toEqual(['/login']);
    for (const result of asked) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'auth',
          message: 'login failed: credential rejected (HTTP 401 BAD_LOGIN: wrong password [redacted])',
          facts: { status: 401, providerCode: 'BAD_LOGIN' },
        },
      });
    }
    expect(JSON.stringify(asked)).not.toContain('canary');
  });

  test.each([
    ['an unknown e-mail (404)', { status: 404, body: '{"message":"not registered"}' }, 'auth'],
    ['a locked account (403)', { status: 403, body: '{"message":"account locked"}' }, 'auth'],
    ['a failure of the server', { status: 503, body: '' }, 'temporary'],
  ])('%s: no second login, and no advice to try one', async (_, reply, code) => {
    override = request => (request.path === '/login' ? reply : undefined);
    const authenticator = staged();
    const first = await authenticator.authenticate(plan()).catch((error: unknown) => error);
    expect(first).toMatchObject({ code });
    expect(adviceOf(first)).toBeUndefined();
    await expect(authenticator.authenticate(plan())).rejects.toBe(first);
    expect(paths(server)).toEqual(['/login']);
  });

  test('the expiry is read from the token', async () => {
    const sinceMs = Date.now();
    const authenticator = staged();
    await authenticator.authenticate(plan());
    const { expiresAt } = await authenticator.describe();
    expect(endsAfter(desk.lifeMs, expiresAt, sinceMs)).toBe(true);
  });

  test('a refresh rotates the refresh token, so that each is used once', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    clock.pass(desk.lifeMs - 60_000);
    await Promise.all([authenticator.authenticate(plan()), authenticator.authenticate(plan()), authenticator.authenticate(plan())]);
    clock.pass(desk.lifeMs);
    await authenticator.authenticate(plan());
    expect(paths(server)).toEqual(['/login', '/refresh', '/refresh']);
    expect(server.received.map(request => JSON.parse(request.body).refresh_token)).toEqual([
      undefined,
      'refresh-of-login-1',
      'refresh-of-refresh-1',
    ]);
  });

  test('a refresh token that was used already forces a login', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    desk.unusedRefresh.clear();
    clock.pass(desk.lifeMs + 1);
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect(paths(server)).toEqual(['/login', '/refresh', '/login', '/data']);
  });

  test('logout revokes both tokens and forgets them; the next call logs in', async () => {
    const authenticator = staged();
    const token = (await authenticator.authenticate(plan())).headers.at(-1)?.value;
    expect(await authenticator.logout()).toBe('revoked');
    expect(await authenticator.logout()).toBe('nothing-cached');
    const logout = server.received.at(-1);
    expect([logout?.path, logout?.headers['x-auth-token'], logout?.body]).toEqual([
      '/logout',
      token,
      '{"refresh_token":"refresh-of-login-1"}',
    ]);
    expect(await authenticator.describe()).toMatchObject({ about: 'login with email and password', cached: false });
    await authenticator.authenticate(plan());
    expect(server.count('/login')).toBe(2);
  });

  test('logout of a token that is dead already is no failure, one the provider cannot answer is', async () => {
    const authenticator = staged();
    await authenticator.authenticate(plan());
    override = request => (request.path === '/logout' ? { status: 401, body: '{}' } : undefined);
    expect(await authenticator.logout()).toBe('forgotten');
    await authenticator.authenticate(plan());
    override = request => (request.path === '/logout' ? { status: 503 } : undefined);
    await expect(authenticator.logout()).rejects.toMatchObject({ code: 'temporary', message: expect.stringMatching(/^logout failed: /) });
    expect(await authenticator.describe()).toMatchObject({ cached: false });
  });

  test('login gets a new token although one is cached', async () => {
    const authenticator = staged();
    await authenticator.authenticate(plan());
    expect(await authenticator.login()).toMatchObject({ kind: 'exchange', cached: true });
    expect(server.count('/login')).toBe(2);
  });

  test('with the tenant’s key the password leaves encrypted', async () => {
    const tenant = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const encryptionKey = tenant.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    override = () => ({ status: 503 });
    await staged({ keys: { encryptionKey } })
      .authenticate(plan())
      .catch(() => {});
    const sent = server.received[0]?.body ?? '';
    const key = { key: tenant.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    expect(sent).not.toContain('canary');
    expect(privateDecrypt(key, Buffer.from(JSON.parse(sent).currentPassword, 'base64')).toString()).toBe('canary-password');
  });
});

describe('Interlace', () => {
  const clientId = 'interlace-client-id';
  let issued = 0;
  beforeEach(async () => {
    issued = 0;
    server = await startLoopback(request => override?.(request) ?? answer(request));
  });
  const staged = (more: Partial<Staging> = {}): Authenticator =>
    stage({ provider: interlaceLike, url: server.url, credentials: { clientId }, ...more });

  function answer({ path }: Received): Reply {
    const wrap = (data: string): Reply => ({ body: `{"code":"000000","message":"success","data":${data}}` });
    if (path === '/authorize') return wrap('{"timestamp":1757994757,"code":"once-only-code"}');
    if (path === '/access-token')
      return wrap(`{"accessToken":"token-${++issued}","refreshToken":"renew-me","expiresIn":86400,"timestamp":1}`);
    if (path === '/refresh-token') return wrap(`{"accessToken":"token-${++issued}","expiresIn":86400,"timestamp":1}`);
    return wrap('[]');
  }

  test('a code is exchanged for a token; a secret that is not configured is left out', async () => {
    const authorised = await staged().authenticate(plan());
    expect(server.received.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', `/authorize?clientId=${clientId}`, ''],
      ['POST', '/access-token', `{"clientId":"${clientId}","code":"once-only-code"}`],
    ]);
    expect(authorised.headers.at(-1)).toEqual({ name: 'x-access-token', value: 'token-1', secret: true });
  });

  test('a configured secret is sent', async () => {
    await staged({ credentials: { clientId, clientSecret: 'canary-secret' } }).authenticate(plan());
    expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({ clientId, code: 'once-only-code', clientSecret: 'canary-secret' });
  });

  test('the life is counted in seconds, and a refresh that brings no refresh token keeps the old one', async () => {
    const clock = new HandClock();
    const authenticator = staged({ clock });
    await authenticator.authenticate(plan());
    for (const _ of [1, 2]) {
      clock.pass(86_400_000 - 60_000);
      await authenticator.authenticate(plan());
    }
    expect(paths(server)).toEqual(['/authorize', '/access-token', '/refresh-token', '/refresh-token']);
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({ clientId, refreshToken: 'renew-me' });
  });

  test('a refusal on HTTP 200 stops the exchange with the provider’s code', async () => {
    override = () => ({ body: '{"code":"010001","message":"client unknown","data":null}' });
    await expect(staged().authenticate(plan())).rejects.toMatchObject({
      code: 'auth',
      message: 'login failed: refused (HTTP 200 010001: client unknown)',
      facts: { providerCode: '010001', hint: 'check clientId and baseUrl of profile "test"' },
    });
    expect(paths(server)).toEqual(['/authorize']);
  });

  test('a success without the code fails clearly', async () => {
    override = () => ({ body: '{"code":"000000","message":"success","data":{"eventType":"x","orderId":"y"}}' });
    await expect(staged().authenticate(plan())).rejects.toMatchObject({
      code: 'bad-response',
      message: 'login failed: the answer has no code',
    });
  });

  test('a server that is down may be asked again by the retry loop', async () => {
    override = () => ({ status: 503 });
    const error = await staged()
      .authenticate(plan())
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'temporary' });
    expect(adviceOf(error)?.advice).toEqual({ when: 'yes', timeout: false });
  });
});
