// The sandbox's token issuer: throw-away credentials, and the tokens handed out for them. They open nothing but a sandbox.
import { createHash } from 'node:crypto';
import type { Provider } from '../core/provider.ts';
import type { Scheme } from '../core/scheme.ts';

/** 2100-01-01: the ready token outlives every demonstration. */
const farFutureS = 4_102_444_800;

/** A pair of tokens and when the access token expires. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresMs: number;
  readonly lifeMs: number;
}

export interface TokenIssuer {
  /** Throw-away credentials of every scheme, by the names a profile gives them. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly accepts: (accessToken: string) => boolean;
  readonly issue: (scheme: Scheme) => Grant;
  /** Exchanges a refresh token for a new pair; each works once. */
  readonly rotate: (refreshToken: string, scheme: Scheme) => Grant | undefined;
  /** Ends a token and the pair it belongs to. */
  readonly revoke: (token: string) => void;
  /** A value of an intermediate step (an authorisation code), good for one use. */
  readonly hand: (name: string) => string;
  readonly redeem: (name: string, value: string) => boolean;
}

/** Opens the token issuer of a provider. `lifeMs` is how long an access token lives. */
export function makeTokenIssuer(provider: Provider, now: () => Date, lifeMs: number): TokenIssuer {
  const credentials = makeCredentials(provider);
  const tokens = provider.schemes.flatMap(scheme => (scheme.kind === 'token' ? [credentials[scheme.credential], scheme.sample] : []));
  const ready = new Set(tokens.filter(token => token !== undefined));
  const access = new Map<string, Grant>();
  const refresh = new Map<string, Grant>();
  const handed = new Set<string>();
  let count = 0;

  const issue = (scheme: Scheme): Grant => {
    count++;
    const expiresMs = now().getTime() + lifeMs;
    const isJwt = scheme.kind === 'exchange' && scheme.expiry === 'jwt';
    const accessToken = isJwt
      ? makeJwt(`${provider.name} ${count}`, Math.floor(expiresMs / 1000))
      : opaque(`${provider.name} access ${count}`);
    const grant = { accessToken, refreshToken: opaque(`${provider.name} refresh ${count}`), expiresMs, lifeMs };
    access.set(grant.accessToken, grant);
    refresh.set(grant.refreshToken, grant);
    return grant;
  };
  const end = (grant: Grant): void => {
    access.delete(grant.accessToken);
    refresh.delete(grant.refreshToken);
  };

  return {
    credentials,
    accepts: token => ready.has(token) || (access.get(token)?.expiresMs ?? 0) > now().getTime(),
    issue,
    rotate: (token, scheme) => {
      const grant = refresh.get(token);
      if (grant === undefined) return undefined;
      end(grant);
      return issue(scheme);
    },
    revoke: token => {
      const grant = access.get(token) ?? refresh.get(token);
      if (grant !== undefined) end(grant);
    },
    hand: name => {
      const value = opaque(`${provider.name} ${name} ${++count}`);
      handed.add(`${name} ${value}`);
      return value;
    },
    redeem: (name, value) => handed.delete(`${name} ${value}`),
  };
}

/** Values for every credential the provider's schemes name, except keys. */
function makeCredentials(provider: Provider): Record<string, string> {
  const made: Record<string, string> = {};
  for (const scheme of provider.schemes) {
    if (scheme.kind === 'es512') made[scheme.client] = asUuid(provider.name);
    else if (scheme.kind === 'token')
      made[scheme.credential] = scheme.jwt ? makeJwt(`${provider.name} ready`, farFutureS) : opaque(`${provider.name} ready`);
    else for (const name of [...scheme.credentials, ...(scheme.optional ?? [])]) made[name] ??= makeCredential(provider.name, name);
  }
  return made;
}

function makeCredential(provider: string, name: string): string {
  return /mail/i.test(name) ? 'sandbox@example.com' : `sandbox-${name}-${digest(`${provider} ${name}`).slice(0, 12)}`;
}

/** Holds a `:`, as the documented tokens of one provider do: clients must get it into a query or header unharmed. */
function opaque(seed: string): string {
  const text = digest(seed);
  return `sandbox_${text.slice(0, 16)}:${text.slice(16, 28)}`;
}

/** The outside of a JWT: `exp` can be read, nothing can be verified. */
function makeJwt(seed: string, expS: number): string {
  const encode = (text: string): string => Buffer.from(text).toString('base64url');
  return `${encode('{"alg":"RS256","typ":"JWT"}')}.${encode(`{"exp":${expS},"jti":"${asUuid(seed)}"}`)}.${encode(digest(seed))}`;
}

function asUuid(seed: string): string {
  return digest(seed).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function digest(text: string): string {
  return createHash('sha256').update(`sandbox ${text}`).digest('hex');
}
