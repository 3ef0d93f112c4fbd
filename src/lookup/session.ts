// One provider, ready to be asked under one profile: authenticator, client, retrier and deadline, all of one run.

import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from '../auth/authenticator.ts';
import { createCredentialReader } from '../auth/credential-reader.ts';
import { createNoCredential } from '../auth/no-credential.ts';
import { protectSecret, Secret } from '../auth/secret.ts';
import type { Profile } from '../config/profile.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { ConfigError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { inEnglish, say, type Words } from '../core/say.ts';
import { readGuardedFile } from '../files/guarded-file.ts';
import type { ClientOptions, HttpClient } from '../http/client.ts';
import { createClock, Deadline } from '../http/clock.ts';
import { createRateGate, type RateGateOptions } from '../http/rate-gate.ts';
import { createRetrier, createRetryBudget, type Retrier } from '../http/retry.ts';
import type { Limits } from '../plan/limits.ts';
import type { Audit } from './audit.ts';
import type { Context } from './context.ts';
import { refuseNodeDebug } from './node-debug.ts';
import { owner, protection, secretContext } from './platform.ts';
import type { OpenProfile } from './profile.ts';
import { pauseOf } from './waiting.ts';

export interface Session {
  readonly provider: Provider;
  readonly profile: Profile;
  readonly authenticator: Authenticator;
  readonly client: HttpClient;
  readonly retrier: Retrier;
  /** What went out so far: calls with a credential, and the calls that obtain one. */
  readonly sent: { requests: number; logins: number };
  readonly deadline: Deadline;
  /** What holds the run back now: `Crego LMS asks to wait (HTTP 429): 21 s`. */
  readonly pause: () => Words | undefined;
  readonly audit: Audit | undefined;
  /** Tells what there is to warn of before the first call. */
  readonly warn: () => Promise<void>;
  /** Whether this has been said already. */
  readonly hasTold: (words: Words) => boolean;
  close(): Promise<void>;
}

/** Throws ConfigError for a profile that cannot be used; nothing but the profile is left open then. */
export async function openSession(
  context: Context,
  provider: Provider,
  opened: OpenProfile,
  limits: Limits,
  endpoint?: Endpoint,
): Promise<Session> {
  const { runtime } = context;
  const { profile } = opened;
  const closing: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    // The embedded sandbox has no secrets to print.
    if (profile.source !== 'sandbox') refuseNodeDebug(runtime.env);
    const client = lateClient({
      concurrency: limits.concurrency,
      userAgent: `loanq/${LOANQ_VERSION}`,
      env: runtime.env,
      timeouts: { attemptMs: limits.attemptMs },
      ...(profile.caFile !== undefined && { caPem: readCaFile(profile.caFile, context) }),
    });
    closing.push(client.close);
    const clock = createClock(runtime);
    const deadline = new Deadline(clock, limits.deadlineMs);
    // The deadline bounds logins, too.
    const { signal, release } = deadline.bind(runtime.signal);
    closing.push(release);
    const sent = { requests: 0, logins: 0 };
    const authenticator = authenticatorFor(endpoint, {
      provider,
      profile,
      credentials: createCredentialReader(profile, provider, secretContext(context)),
      send: plan => {
        sent.logins += 1;
        return client.send(plan, { signal });
      },
      protect: value => void protectSecret(new Secret(value), `token of profile "${profile.name}"`, protection(context)),
      warn: sentence => context.messages.warn(sentence),
      clock: runtime,
      signal,
      tokens: tokenPlace(context, opened),
    });
    const retrier = createRetrier({
      retries: limits.retries,
      budget: createRetryBudget(),
      clock,
      random: runtime.random,
      gate: createRateGate({ clock, ratePerSecond: limits.ratePerSecond, ...sharing(context, profile, limits.sharedRatePerSecond) }),
      deadline,
      longestRetryAfterMs: limits.longestRetryAfterMs,
      tell: sentence => context.messages.trace?.(`. ${sentence}`),
    });
    const pause = () => pauseOf(retrier, provider.title, clock.monotonicMs());
    return {
      provider,
      profile,
      authenticator,
      client,
      retrier,
      sent,
      deadline,
      pause,
      audit: opened.audit,
      ...warning(context, authenticator),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function warning({ messages }: Context, authenticator: Authenticator): Pick<Session, 'warn' | 'hasTold'> {
  const told = new Set<string>();
  return {
    warn: async () => {
      for (const words of await authenticator.warnings()) {
        messages.warn(words);
        if (messages.level !== 'quiet') told.add(inEnglish(words));
      }
    },
    hasTold: words => told.has(inEnglish(words)),
  };
}

/** Opened with the first request, for a dry run sends none. */
function sharing(context: Context, profile: Profile, ratePerSecond: number | undefined): Pick<RateGateOptions, 'shared' | 'tell'> {
  if (ratePerSecond === undefined) return {};
  const { trace } = context.messages;
  const seconds = (ms: number): string => (ms / 1000).toFixed(6);
  return {
    shared: { ratePerSecond, open: async () => (await import('./shared-rate.ts')).openSharedBucket(context, profile) },
    tell:
      trace && ((givenMs, leftMs) => trace(`. shared rate: a request was given ${seconds(givenMs)} s, and leaves at ${seconds(leftMs)} s`)),
  };
}

/** The HTTP library is slow to load: a dry run, and whatever is refused before its first request, goes without. */
function lateClient(options: ClientOptions): HttpClient {
  let client: HttpClient | undefined;
  return {
    send: async (plan, sending) => {
      if (client === undefined) {
        const { createClient } = await import('../http/client.ts');
        client ??= createClient(options);
      }
      return client.send(plan, sending);
    },
    close: () => client?.close(),
  };
}

/** Where a call is answered to anybody, a profile needs no credentials for it, and those it has stay where they are. */
function authenticatorFor(endpoint: Endpoint | undefined, options: AuthenticatorOptions): Authenticator {
  return endpoint?.credential === 'none' ? createNoCredential() : createAuthenticator(options);
}

function tokenPlace({ runtime }: Context, { stateDir }: OpenProfile): AuthenticatorOptions['tokens'] {
  return stateDir === undefined ? 'memory' : { stateDir, uid: runtime.uid, processes: runtime.processes };
}

const mostCaBytes = 1024 * 1024;

/** Whoever can change this file decides which server gets the credentials: the rules of the config file hold. */
function readCaFile(path: string, context: Context): string {
  const { bytes } = readGuardedFile(path, { platform: context.runtime.platform, ...owner(context), maxBytes: mostCaBytes });
  const text = bytes.toString('utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new ConfigError(say`caFile ${path} holds no PEM certificate`);
  return text;
}
