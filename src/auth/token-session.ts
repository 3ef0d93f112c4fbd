// When to use, refresh or replace a token: early renewal, one renewal at a time, one login per failure.
import { AuthError, LoanqError, ResponseError, TemporaryError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say } from '../core/say.ts';
import { adviceOf } from '../http/faults.ts';
import type { TokenExchange, Tokens } from './token-exchange.ts';
import type { StoredEntry, TokenStore } from './token-store.ts';

/** What became of a logout. */
export type Logout =
  /** There was no token. */
  | 'nothing-cached'
  /** Forgotten here and revoked at the provider. */
  | 'revoked'
  /** Forgotten here; the provider documents no revocation, or its token was dead already. */
  | 'forgotten';

export interface TokenSession {
  /** A token to use now. */
  current(): Promise<string>;
  /** After the provider rejected a token: true when there is another one to try. */
  renewAfter(rejected: string): Promise<boolean>;
  /** The cached token, without obtaining one. */
  peek(): Promise<Tokens | undefined>;
  /** Logs in although a token may be cached. */
  login(): Promise<Tokens>;
  logout(): Promise<Logout>;
}

export interface SessionOptions {
  readonly exchange: TokenExchange;
  readonly store: TokenStore;
  /** No login is tried after one that failed, whatever the reason: failures lock the account. */
  readonly lockout: boolean;
  readonly clock: Pick<Runtime, 'now' | 'monotonicMs'>;
  /** When this run began, in epoch milliseconds. */
  readonly since: number;
  readonly protect: (secret: string) => void;
}

interface Held {
  readonly tokens: Tokens;
  /** On the monotonic clock, so that a clock set during a run changes nothing. */
  readonly dueMs: number;
  readonly deadMs: number;
}

const earlyMs = 5 * 60_000;
const earlyShare = 0.2;
const pauseMs = 60_000;

export function createTokenSession({ exchange, store, lockout, clock, since, protect }: SessionOptions): TokenSession {
  let held: Held | undefined;
  let flight: Promise<void> | undefined;
  /** Why no further login is tried in this run. */
  let failure: unknown;
  /** Until then a token that is due but alive is used without another try. */
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** The last token the provider rejected: wherever it turns up, it is not used again. */
  let rejectedToken: string | undefined;
  let renewedMs = Number.NEGATIVE_INFINITY;

  function hold(tokens: Tokens): Held {
    protect(tokens.accessToken);
    if (tokens.refreshToken !== undefined) protect(tokens.refreshToken);
    held = withTimes(tokens, clock);
    return held;
  }

  function isFresh({ dueMs, deadMs }: Held): boolean {
    const at = clock.monotonicMs();
    return at < (at < pausedUntilMs ? deadMs : dueMs);
  }

  function isAlive({ deadMs }: Held): boolean {
    return clock.monotonicMs() < deadMs;
  }

  /**
   * Adopts from the store what another process left there: a fresh token, or a refusal of the time of this run, which is thrown. One
   * of the future was noted under a wrong clock: it must not stand until that day.
   */
  function adopt(entry: StoredEntry | undefined): boolean {
    if (entry?.kind === 'refused' && entry.at >= since && entry.at <= clock.now().getTime()) {
      failure = new AuthError(entry.message, entry.facts);
      throw failure;
    }
    if (entry?.kind !== 'tokens' || entry.tokens.accessToken === rejectedToken) return false;
    if (!isFresh(withTimes(entry.tokens, clock))) return false;
    hold(entry.tokens);
    return true;
  }

  async function login(): Promise<Tokens> {
    try {
      return await exchange.login();
    } catch (error) {
      if (lockout || !mayPass(error)) failure = error;
      if (error instanceof AuthError) {
        await store.write({ kind: 'refused', at: clock.now().getTime(), message: error.message, facts: error.facts });
      }
      throw error;
    }
  }

  async function replace(previous: Held | undefined): Promise<Tokens> {
    if (previous && exchange.canRefresh(previous.tokens, isAlive(previous))) {
      try {
        return await exchange.refresh(previous.tokens);
      } catch (error) {
        if (!(error instanceof AuthError || error instanceof ResponseError)) throw error;
      }
    }
    return login();
  }

  async function obtain(): Promise<void> {
    let spare: Held | undefined;
    const read = async (): Promise<StoredEntry | undefined> => {
      const entry = await store.read();
      spare = entry?.kind === 'tokens' && entry.tokens.accessToken !== rejectedToken ? withTimes(entry.tokens, clock) : undefined;
      return entry;
    };
    if (adopt(await read())) return;
    try {
      await store.exclusive(async () => {
        if (adopt(await read())) return;
        if (spare === undefined && rejectedToken !== undefined) renewedMs = clock.monotonicMs();
        const tokens = await replace(spare);
        hold(tokens);
        await store.write({ kind: 'tokens', tokens });
      });
    } catch (error) {
      if (!mayPass(error) || spare === undefined || !isAlive(spare)) throw error;
      pausedUntilMs = clock.monotonicMs() + pauseMs;
      hold(spare.tokens);
    }
  }

  function obtainOnce(): Promise<void> {
    flight ??= obtain().finally(() => {
      flight = undefined;
    });
    return flight;
  }

  async function current(): Promise<string> {
    if (held && isFresh(held)) return held.tokens.accessToken;
    if (failure !== undefined) throw failure;
    await obtainOnce();
    if (!held) throw new LoanqError('internal', say`no token after a login`);
    return held.tokens.accessToken;
  }

  async function renewAfter(rejected: string): Promise<boolean> {
    // Wait for a renewal in flight: its result is in `held`.
    await flight?.catch(() => {});
    if (held && held.tokens.accessToken !== rejected) return true;
    if (failure !== undefined) throw failure;
    if (held === undefined) return true;
    if (clock.monotonicMs() - renewedMs < pauseMs) return false;
    held = undefined;
    rejectedToken = rejected;
    try {
      await obtainOnce();
    } catch (error) {
      // The replayed call asks again, with the patience every call has.
      if (failure !== undefined || !mayPass(error)) throw error;
    }
    return true;
  }

  return {
    current,
    renewAfter,
    peek: async () => {
      if (held) return held.tokens;
      const entry = await store.read();
      return entry?.kind === 'tokens' ? entry.tokens : undefined;
    },
    login: () =>
      store.exclusive(async () => {
        failure = undefined;
        const { tokens } = hold(await login());
        await store.write({ kind: 'tokens', tokens });
        return tokens;
      }),
    logout: () =>
      store.exclusive(async () => {
        const entry = await store.read();
        await store.remove();
        held = undefined;
        if (entry?.kind !== 'tokens') return 'nothing-cached';
        if (!exchange.canRevoke) return 'forgotten';
        try {
          await exchange.revoke(entry.tokens);
          return 'revoked';
        } catch (error) {
          if (error instanceof AuthError) return 'forgotten';
          throw error;
        }
      }),
  };
}

/** Whether a failure says nothing about the credentials and may be gone at the next try. */
function mayPass(error: unknown): boolean {
  return error instanceof TemporaryError || adviceOf(error)?.advice.when === 'yes';
}

function withTimes(tokens: Tokens, clock: SessionOptions['clock']): Held {
  const { expiresAt, obtainedAt } = tokens;
  if (expiresAt === undefined) return { tokens, dueMs: Number.POSITIVE_INFINITY, deadMs: Number.POSITIVE_INFINITY };
  const deadMs = clock.monotonicMs() + expiresAt - clock.now().getTime();
  return { tokens, deadMs, dueMs: deadMs - Math.min(earlyMs, (expiresAt - obtainedAt) * earlyShare) };
}
