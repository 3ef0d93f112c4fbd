// Providers with the documented schemes, and an authenticator set up against a loopback server.
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from '../../src/auth/authenticator.ts';
import type { CredentialReader } from '../../src/auth/credential-reader.ts';
import { Secret } from '../../src/auth/secret.ts';
import type { Provider } from '../../src/core/provider.ts';
import type { HttpResponse, RequestPlan } from '../../src/core/request.ts';
import { inEnglish } from '../../src/core/say.ts';
import { type Loopback, type Received, type Reply, sendPlan } from './loopback.ts';

type Shell = Pick<Provider, 'name' | 'schemes' | 'failure'> & Partial<Provider>;

function shell(literal: Shell): Provider {
  return { title: literal.name, docs: 'https://docs.invalid', baseUrl: 'https://host.invalid', endpoints: [], ...literal };
}

const exactly = { accessToken: ['value.accessToken'], refreshToken: ['value.refreshToken'], expires: ['value.expireTime'] };

export const ekuaibaoLike = shell({
  name: 'ekuaibao',
  schemes: [
    { kind: 'token', credential: 'accessToken', location: { in: 'query', name: 'accessToken' } },
    {
      kind: 'exchange',
      credentials: ['appKey', 'appSecurity'],
      location: { in: 'query', name: 'accessToken' },
      login: [{ method: 'POST', path: '/login', json: { appKey: '{appKey}', appSecurity: '{appSecurity}' }, extract: exactly }],
      refresh: {
        method: 'POST',
        path: '/refresh',
        query: { accessToken: '{accessToken}', refreshToken: '{refreshToken}', powerCode: '219904' },
        extract: exactly,
      },
      expiry: 'epoch-ms',
    },
  ],
  failure: {
    code: ['errorCode', 'value.errorCode'],
    message: ['errorMessage', 'value.errorMessage'],
    success: [
      { at: 'errorCode', is: [] },
      { at: 'value.errorCode', is: [] },
    ],
    notFoundBy404: false,
  },
});

const constant = { platform: 'fincode', uuid: '200' };
const pair = { accessToken: ['access_token', 'data.access_token'], refreshToken: ['refresh_token', 'data.refresh_token'] };

export const finlendLike = shell({
  name: 'finlend',
  schemes: [
    {
      kind: 'exchange',
      credentials: ['email', 'password'],
      location: { in: 'header', name: 'X-Auth-Token' },
      login: [
        { method: 'PUT', path: '/login', headers: constant, json: { email: '{email}', currentPassword: '{password}' }, extract: pair },
      ],
      refresh: { method: 'PUT', path: '/refresh', headers: constant, json: { refresh_token: '{refreshToken}' }, extract: pair },
      revoke: {
        method: 'PUT',
        path: '/logout',
        headers: { ...constant, 'x-auth-token': '{accessToken}' },
        json: { refresh_token: '{refreshToken}' },
        extract: {},
      },
      expiry: 'jwt',
      lockout: true,
      encrypt: { credential: 'password', publicKey: 'encryptionKey' },
    },
  ],
  open: ['email'],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
});

export const interlaceLike = shell({
  name: 'interlace',
  schemes: [
    {
      kind: 'exchange',
      credentials: ['clientId'],
      optional: ['clientSecret'],
      location: { in: 'header', name: 'x-access-token' },
      login: [
        { method: 'GET', path: '/authorize', query: { clientId: '{clientId}' }, extract: { code: ['data.code'] } },
        {
          method: 'POST',
          path: '/access-token',
          json: { clientId: '{clientId}', code: '{code}', clientSecret: '{clientSecret}' },
          extract: { accessToken: ['data.accessToken'], refreshToken: ['data.refreshToken'], expires: ['data.expiresIn'] },
        },
      ],
      refresh: {
        method: 'POST',
        path: '/refresh-token',
        json: { clientId: '{clientId}', refreshToken: '{refreshToken}' },
        extract: { accessToken: ['data.accessToken'], expires: ['data.expiresIn'] },
      },
      expiry: 'seconds',
    },
  ],
  open: ['clientId'],
  failure: { code: ['code'], message: ['message'], success: [{ at: 'code', is: ['000000', '0'] }], notFoundBy404: true },
});

export const cregoLike = shell({
  name: 'crego',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'Authorization', prefix: 'Bearer ' }, jwt: true }],
  failure: { code: [], message: [], notFoundBy404: true },
});

export const qitechLike = shell({
  name: 'qitech',
  schemes: [
    {
      kind: 'es512',
      client: 'clientKey',
      key: 'privateKey',
      settings: { variant: 'signing', publicKey: 'qiPublicKey', unsigned: 'unsignedAnswers' },
    },
  ],
  failure: { code: ['code'], message: ['description'], notFoundBy404: false },
});

export const providersByName: Readonly<Record<string, Provider>> = {
  ekuaibao: ekuaibaoLike,
  finlend: finlendLike,
  interlace: interlaceLike,
};

export interface Staging {
  readonly provider: Provider;
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly keys?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly clock?: AuthenticatorOptions['clock'];
  readonly tokens?: AuthenticatorOptions['tokens'];
  readonly signal?: AbortSignal;
  readonly protect?: (secret: string) => void;
  readonly warn?: (sentence: string) => void;
  readonly send?: AuthenticatorOptions['send'];
}

export const realClock: AuthenticatorOptions['clock'] = { now: () => new Date(), monotonicMs: () => performance.now() };

export function stage({ provider, url, credentials, ...rest }: Staging): Authenticator {
  return createAuthenticator({
    provider,
    profile: {
      name: rest.profile ?? 'test',
      provider: provider.name,
      baseUrl: url,
      settings: rest.settings ?? {},
      paths: {},
    },
    credentials: readerOf(credentials, rest.keys ?? {}),
    send: rest.send ?? sendPlan,
    protect: rest.protect ?? (() => {}),
    warn: sentence => rest.warn?.(inEnglish(sentence)),
    clock: rest.clock ?? realClock,
    signal: rest.signal ?? new AbortController().signal,
    tokens: rest.tokens ?? 'memory',
  });
}

function readerOf(credentials: Readonly<Record<string, string>>, keys: Readonly<Record<string, string>>): CredentialReader {
  return {
    has: name => Object.hasOwn(credentials, name),
    read: async name => new Secret(credentials[name] ?? ''),
    hasKey: name => Object.hasOwn(keys, name),
    readKey: async name => new Secret(keys[name] ?? '', { open: true }),
  };
}

/** A state directory as a run of this test process uses it. */
export function inDirectory(stateDir: string): AuthenticatorOptions['tokens'] {
  return { stateDir, uid: process.getuid?.(), processes: { pid: process.pid, isAlive } };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A clock whose wall and monotonic time are moved by hand. */
export class HandClock {
  readonly #start = Date.now();
  #wallMs = 0;
  #monotonicMs = 0;

  readonly now = (): Date => new Date(this.#start + this.#wallMs);
  readonly monotonicMs = (): number => this.#monotonicMs;

  pass(ms: number): void {
    this.#wallMs += ms;
    this.#monotonicMs += ms;
  }

  /** As when somebody sets the system clock. */
  set(ms: number): void {
    this.#wallMs += ms;
  }
}

/** Whether a token that was issued since `sinceMs` ends after `lifeMs`. Its end and the provider's clock are told in whole seconds. */
export function endsAfter(lifeMs: number, expiresAt: Date | undefined, sinceMs: number): boolean {
  const issuedMs = (expiresAt?.getTime() ?? 0) - lifeMs;
  return issuedMs >= sinceMs - 2_000 && issuedMs <= Date.now() + 2_000;
}

/** One call as the program makes it: a rejected credential is renewed once and the call replayed once. */
export async function callOnce(authenticator: Authenticator, plan: RequestPlan): Promise<HttpResponse> {
  const attempt = async (): Promise<HttpResponse> => {
    const authorised = await authenticator.authenticate(plan);
    return authenticator.check(await sendPlan(authorised), authorised);
  };
  const first = await attempt();
  if (first.status !== 401 && first.status !== 403) return first;
  return (await authenticator.rejected(first)) ? attempt() : first;
}

/** A JWT nobody verifies, as FinLend and Crego hand out. */
export function looseJwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** A provider's token desk: hands out numbered tokens and knows which are good. */
export class TokenDesk {
  logins = 0;
  refreshes = 0;
  readonly good = new Set<string>();
  readonly unusedRefresh = new Set<string>();
  /** How long a login takes. */
  delayMs = 0;
  lifeMs = 2 * 3_600_000;

  issue(kind: 'login' | 'refresh'): { access: string; refresh: string; expiresAt: number } {
    const number = kind === 'login' ? ++this.logins : ++this.refreshes;
    const expiresAt = Date.now() + this.lifeMs;
    const access = looseJwt({ jti: `${kind}-${number}`, exp: Math.floor(expiresAt / 1000) });
    const refresh = `refresh-of-${kind}-${number}`;
    this.good.add(access);
    this.unusedRefresh.add(refresh);
    return { access, refresh, expiresAt };
  }

  async pause(): Promise<void> {
    if (this.delayMs > 0) await new Promise(resolve => setTimeout(resolve, this.delayMs));
  }
}

/** Ekuaibao's token calls and one call that needs a token. */
export function answerEkuaibao(desk: TokenDesk, secret: string): (request: Received) => Promise<Reply> {
  const value = (kind: 'login' | 'refresh'): Reply => {
    const { access, refresh, expiresAt } = desk.issue(kind);
    return { body: `{"value":{"accessToken":"${access}","refreshToken":"${refresh}","expireTime":${expiresAt},"corporationId":"c"}}` };
  };
  return async request => {
    if (request.path === '/login') {
      await desk.pause();
      const { appSecurity } = JSON.parse(request.body);
      return appSecurity === secret
        ? value('login')
        : { status: 403, body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}' };
    }
    const token = request.query.get('accessToken') ?? '';
    if (request.path === '/refresh') {
      const usable = desk.good.delete(token) && desk.unusedRefresh.delete(request.query.get('refreshToken') ?? '');
      return usable ? value('refresh') : { status: 403, headers: { 'content-type': 'text/plain' }, body: '未授权' };
    }
    return desk.good.has(token) ? { body: '{"items":[]}' } : { status: 403, body: '{"errorCode":403,"errorMessage":"未授权"}' };
  };
}

/** FinLend's: refresh tokens are good once, and failed logins lock the account. */
export function answerFinlend(desk: TokenDesk, password: string): (request: Received) => Promise<Reply> {
  const tokens = (kind: 'login' | 'refresh'): Reply => {
    const { access, refresh } = desk.issue(kind);
    return { body: JSON.stringify({ data: { access_token: access, refresh_token: refresh } }) };
  };
  return async request => {
    if (request.path === '/login') {
      await desk.pause();
      return JSON.parse(request.body).currentPassword === password
        ? tokens('login')
        : { status: 401, body: `{"code":"BAD_LOGIN","message":"wrong password ${JSON.parse(request.body).currentPassword}"}` };
    }
    if (request.path === '/refresh') {
      await desk.pause();
      const usable = desk.unusedRefresh.delete(JSON.parse(request.body).refresh_token);
      return usable ? tokens('refresh') : { status: 403, body: '{"message":"refresh token already used"}' };
    }
    if (request.path === '/logout') return { body: '{"message":"done"}' };
    return desk.good.has(`${request.headers['x-auth-token']}`) ? { body: '{"status":"SUCCESS","data":[]}' } : { status: 401, body: '{}' };
  };
}

export function paths(server: Loopback): string[] {
  return server.received.map(request => request.path);
}
