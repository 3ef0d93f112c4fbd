// The login desks of the three providers that have one, written by hand from their documents. A desk issues tokens, knows which are
// alive, and keeps count; a test may answer in its place.
import { type Answer, type Received, startServer, type TestServer } from '../runner/server.ts';
import { makeJwt } from './tokens.ts';
import { password, type Way } from './ways.ts';

type Kind = 'code' | 'login' | 'refresh' | 'logout' | 'call';
type Reply = Answer | undefined | Promise<Answer | undefined>;

export interface DeskOptions {
  /** Lifetime of an access token in seconds. */
  readonly lifeS?: number;
  /** Answers logins in place of the desk. */
  readonly onLogin?: (request: Received, number: number) => Reply;
  /** Answers lookups; `isAlive`: the token they come with is. */
  readonly onCall?: (request: Received, isAlive: boolean) => Reply;
  /** Runs before a login or refresh is answered. */
  readonly pause?: () => Promise<void>;
  /** Reads the password as it came over the wire. */
  readonly open?: (sent: string) => string;
}

export interface Desk extends TestServer {
  /** Requests so far. */
  readonly count: Readonly<Record<Kind, number>>;
  /** Every token issued so far. */
  readonly issued: readonly string[];
  /** From now on no token issued so far is accepted. */
  revokeAll(): void;
}

/** A request as the desk understands it. */
interface Visit {
  readonly kind: Kind;
  /** The access token it comes with. */
  readonly token?: string | undefined;
  /** The refresh token it hands in. */
  readonly handedIn?: string | undefined;
  /** An answer that is no grant. */
  readonly answer?: Answer | undefined;
}

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const nowS = (): number => Math.floor(Date.now() / 1000);

export async function openDesk(way: Way, options: DeskOptions = {}): Promise<Desk> {
  const { lifeS = 3600, open = sent => sent } = options;
  const count = { code: 0, login: 0, refresh: 0, logout: 0, call: 0 };
  const alive = new Set<string>();
  const refreshable = new Set<string>();
  const issued: string[] = [];

  const grant = (): Answer => {
    const serial = `${count.login}-${count.refresh}`;
    const accessToken = way.provider === 'finlend' ? makeJwt(`canary-${serial}`, nowS() + lifeS) : `canary-access-${serial}:bwa3`;
    const refreshToken = `canary-refresh-${serial}`;
    alive.add(accessToken);
    refreshable.add(refreshToken);
    issued.push(accessToken, refreshToken);
    return json(documentedGrant(way.provider, accessToken, refreshToken, lifeS));
  };

  const refresh = ({ token, handedIn = '' }: Visit): Answer => {
    // Rotation: a refresh token that comes twice is a breach.
    if (!refreshable.delete(handedIn)) return json({ code: 'FORBIDDEN', message: 'refresh token already used' }, 403);
    if (token !== undefined) alive.delete(token);
    return grant();
  };

  const server = await startServer(async request => {
    const visit = readVisit(way.provider, request, open);
    const number = ++count[visit.kind];
    if (visit.kind === 'call') {
      const isAlive = visit.token !== undefined && alive.has(visit.token);
      if (options.onCall) return options.onCall(request, isAlive);
      return isAlive ? json(way.answer(keyOf(way, request), 'fine')) : rejection(way.provider);
    }
    await options.pause?.();
    if (visit.kind === 'login' && options.onLogin) return options.onLogin(request, number);
    if (visit.answer !== undefined) return visit.answer;
    if (visit.kind === 'refresh') return refresh(visit);
    if (visit.kind === 'login') return grant();
    alive.delete(visit.token ?? '');
    return json({ message: 'logged out' });
  });
  return { ...server, count, issued, revokeAll: () => alive.clear() };
}

/** The key a lookup names: the last step of its path, brackets removed. */
export function keyOf(way: Way, { target }: Received): string {
  const path = new URL(target, 'http://host.invalid').pathname;
  return way.keys.length === 0 ? '' : (path.split('/').filter(Boolean).at(-1) ?? '').replace(/[[\]]/g, '');
}

function documentedGrant(provider: Way['provider'], accessToken: string, refreshToken: string, lifeS: number): unknown {
  if (provider === 'ekuaibao')
    return { value: { accessToken, refreshToken, expireTime: Date.now() + lifeS * 1000, corporationId: 'bwa3' } };
  if (provider === 'finlend') return { access_token: accessToken, refresh_token: refreshToken };
  return { code: '000000', message: 'success', data: { accessToken, refreshToken, expiresIn: lifeS, timestamp: nowS() } };
}

function rejection(provider: Way['provider']): Answer {
  if (provider === 'ekuaibao') return json({ errorCode: 403, errorMessage: '未授权', errorDetails: null, code: null, data: null }, 403);
  if (provider === 'finlend') return json({ code: 'AUTH_REQUIRED', message: 'Authentication required' }, 401);
  return json({ code: '401', message: 'invalid token' }, 401);
}

function readVisit(provider: Way['provider'], request: Received, open: (sent: string) => string): Visit {
  if (provider === 'ekuaibao') return visitEkuaibao(request);
  return provider === 'finlend' ? visitFinlend(request, open) : visitInterlace(request);
}

function visitEkuaibao(request: Received): Visit {
  const { call, query, body } = partsOf(request);
  const token = query.get('accessToken') ?? undefined;
  if (call === 'POST /api/openapi/v1/auth/getAccessToken') {
    const good = body.appKey === 'canary-app-key-51c' && body.appSecurity === 'canary-app-security-0a9' && query.size === 0;
    return {
      kind: 'login',
      answer: good ? undefined : json({ value: { errorCode: 403, errorMessage: '密钥无效', errorDetail: null } }, 403),
    };
  }
  if (call !== 'POST /api/openapi/v2/auth/refreshToken') return { kind: 'call', token };
  const documented = query.get('powerCode') === '219904' && request.body.length === 0;
  return { kind: 'refresh', token, handedIn: documented ? (query.get('refreshToken') ?? undefined) : undefined };
}

function visitFinlend(request: Received, open: (sent: string) => string): Visit {
  const { call, body } = partsOf(request);
  const { platform, uuid, 'x-auth-token': token } = request.headers;
  const documented = platform === 'fincode' && uuid === '200';
  const service = 'PUT /api/v6/services/securitymanagement';
  if (call === `${service}/login`) {
    const good = documented && body.email === 'ops@example.com' && open(body.currentPassword ?? '') === password;
    return { kind: 'login', answer: good ? undefined : json({ code: 'BAD_LOGIN', message: 'wrong e-mail or password' }, 401) };
  }
  if (call === `${service}/refresh-token`) return { kind: 'refresh', handedIn: documented ? body.refresh_token : undefined };
  return { kind: call === `${service}/logout` && documented ? 'logout' : 'call', token };
}

function visitInterlace(request: Received): Visit {
  const { call, query, body } = partsOf(request);
  if (call === 'GET /open-api/v3/oauth/authorize') {
    const good = query.get('clientId') === 'client-77';
    return {
      kind: 'code',
      answer: json(good ? { code: '000000', data: { code: 'canary-code-1' } } : { code: '010001', message: 'unknown client' }),
    };
  }
  if (call === 'POST /open-api/v3/oauth/access-token') {
    const good = body.clientId === 'client-77' && body.code === 'canary-code-1';
    return { kind: 'login', answer: good ? undefined : json({ code: '010002', message: 'bad code' }) };
  }
  if (call === 'POST /open-api/v3/oauth/refresh-token') return { kind: 'refresh', handedIn: body.refreshToken };
  return { kind: 'call', token: request.headers['x-access-token'] };
}

function partsOf({ method, target, body }: Received): { call: string; query: URLSearchParams; body: Record<string, string> } {
  const url = new URL(target, 'http://host.invalid');
  const isJson = body.length > 0 && body[0] === 0x7b;
  return { call: `${method} ${url.pathname}`, query: url.searchParams, body: isJson ? JSON.parse(body.toString()) : {} };
}
