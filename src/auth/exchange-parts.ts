// What a token exchange is made of. Loaded when a token is first asked for: the cache of tokens is slow to load, and few runs have one.
import { isOpenCredential } from '../core/provider.ts';
import type { ExchangeScheme } from '../core/scheme.ts';
import type { AuthenticatorOptions } from './authenticator-types.ts';
import { TokenCache } from './token-cache.ts';
import { createTokenExchange } from './token-exchange.ts';
import { createTokenSession, type TokenSession } from './token-session.ts';
import { createMemoryStore, type TokenStore } from './token-store.ts';

export interface Parts {
  readonly session: TokenSession;
  readonly store: TokenStore;
}

/** `names`: the credentials to be read. */
export async function assemble(
  scheme: ExchangeScheme,
  options: AuthenticatorOptions,
  names: readonly string[],
  since: number,
): Promise<Parts> {
  const { provider, profile, send, protect, clock } = options;
  const credentials = new Map<string, string>();
  for (const name of names) credentials.set(name, (await options.credentials.read(name)).reveal());
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
