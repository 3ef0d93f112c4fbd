// Tokens obtained by documented calls: cached between runs, renewed early, replaced once when rejected.
import { isOpenCredential } from '../core/provider.ts';
import type { ExchangeScheme } from '../core/scheme.ts';
import type { AuthDescription, Authenticator, AuthenticatorOptions } from './authenticator-types.ts';
import { clockSkewHint } from './clock-skew.ts';
import { credentialIn, withCredential } from './credential-location.ts';
import { TokenCache } from './token-cache.ts';
import { createTokenExchange } from './token-exchange.ts';
import { createTokenSession, type TokenSession } from './token-session.ts';
import { createMemoryStore, type TokenStore } from './token-store.ts';

const placeholder = 'token-from-login';

interface Parts {
  readonly session: TokenSession;
  readonly store: TokenStore;
}

export function createExchangedToken(scheme: ExchangeScheme, options: AuthenticatorOptions): Authenticator {
  const { clock } = options;
  const since = clock.now().getTime();
  let loading: Promise<Parts> | undefined;
  const parts = (): Promise<Parts> => {
    loading ??= assemble(scheme, options, since);
    return loading;
  };
  /** Which token an answer was given to: by the time it is rejected another worker may have replaced it. */
  const usedFor = new WeakMap<object, string>();
  const describe = async (): Promise<AuthDescription> => {
    const tokens = await (await parts()).session.peek();
    return {
      kind: 'exchange',
      about: `login with ${scheme.credentials.join(' and ')}`,
      credentials: configured(scheme, options),
      cached: tokens !== undefined,
      ...(tokens?.expiresAt !== undefined && { expiresAt: new Date(tokens.expiresAt) }),
    };
  };
  return {
    authenticate: async plan => withCredential(plan, scheme.location, await (await parts()).session.current()),
    preview: async plan => withCredential(plan, scheme.location, placeholder),
    check: async (response, plan) => {
      const token = credentialIn(plan, scheme.location);
      if (token !== undefined) usedFor.set(response, token);
      return response;
    },
    rejected: async response => {
      const { session } = await parts();
      const token = usedFor.get(response) ?? (await session.peek())?.accessToken;
      return token !== undefined && session.renewAfter(token);
    },
    hint: async response => clockSkewHint(response, clock.now()),
    describe,
    // Credentials that cannot be read are told by the call that needs them.
    warnings: async () =>
      parts().then(
        ({ store }) => store.warnings(),
        () => [],
      ),
    login: async () => {
      await (await parts()).session.login();
      return describe();
    },
    logout: async () => (await parts()).session.logout(),
  };
}

function configured(scheme: ExchangeScheme, { credentials }: AuthenticatorOptions): readonly string[] {
  return [...scheme.credentials, ...(scheme.optional ?? []).filter(credentials.has)];
}

async function assemble(scheme: ExchangeScheme, options: AuthenticatorOptions, since: number): Promise<Parts> {
  const { provider, profile, send, protect, clock } = options;
  const credentials = new Map<string, string>();
  for (const name of configured(scheme, options)) credentials.set(name, (await options.credentials.read(name)).reveal());
  const encryptionKey = await readEncryptionKey(scheme, options);
  const store = createStore(credentials, options);
  const exchange = createTokenExchange({
    provider,
    scheme,
    profile,
    credentials,
    ...(encryptionKey !== undefined && { encryptionKey }),
    send,
    protect,
    now: () => clock.now(),
  });
  return { store, session: createTokenSession({ exchange, store, lockout: scheme.lockout === true, clock, since, protect }) };
}

async function readEncryptionKey({ encrypt }: ExchangeScheme, { credentials }: AuthenticatorOptions): Promise<string | undefined> {
  return encrypt && credentials.hasKey(encrypt.publicKey) ? (await credentials.readKey(encrypt.publicKey)).reveal() : undefined;
}

function createStore(credentials: ReadonlyMap<string, string>, options: AuthenticatorOptions): TokenStore {
  const { tokens, provider, profile, clock, signal } = options;
  if (tokens === 'memory') return createMemoryStore();
  const shown = [...credentials].filter(([name]) => isOpenCredential(provider, name)).flat();
  return new TokenCache({
    dir: tokens.stateDir,
    identity: [provider.name, profile.name, profile.baseUrl, ...shown],
    credentials: [...credentials].flat(),
    uid: tokens.uid,
    processes: tokens.processes,
    monotonicMs: () => clock.monotonicMs(),
    signal,
  });
}
