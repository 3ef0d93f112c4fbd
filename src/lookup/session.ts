// From a provider to a way of calling it: profile or sandbox, secrets, authenticator, client and retrier, all of one run.
import { randomUUID } from 'node:crypto';
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from '../auth/authenticator.ts';
import { createByteFilter, createFilter, Secret } from '../auth/secret.ts';
import { resolveCredential, resolveKey } from '../auth/source.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { locateConfig, stateDir } from '../config/locate.ts';
import { chooseProfile, type Profile } from '../config/profile.ts';
import { shapeOf } from '../config/shape.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { ConfigError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { readGuardedFile } from '../files/guarded-file.ts';
import { isLoopbackHost } from '../http/agents.ts';
import { createClient, type HttpClient } from '../http/client.ts';
import { createClock, Deadline } from '../http/clock.ts';
import { createRateGate } from '../http/rate-gate.ts';
import { createRetrier, createRetryBudget, type Retrier } from '../http/retry.ts';
import type { Preferences } from '../output/presentation.ts';
import { allProviders } from '../providers/index.ts';
import { type Audit, openAudit } from './audit.ts';
import { cleanAnswer } from './clean.ts';
import type { Context } from './context.ts';
import type { FetcherParts } from './fetcher.ts';
import { refuseNodeDebug } from './node-debug.ts';
import { owner, secretContext, surroundings } from './surroundings.ts';

const defaultRetries = 2;
const defaultConcurrency = 4;
const defaultRate = 5;

/** One provider, ready to be asked. */
export interface Connection {
  readonly provider: Provider;
  readonly profile: Profile;
  readonly authenticator: Authenticator;
  readonly client: HttpClient;
  readonly clock: ReturnType<typeof createClock>;
  readonly deadline: Deadline;
  readonly concurrency: number;
  /** Requests a second; undefined: no limit. */
  readonly rate: number | undefined;
  readonly retries: number;
  /** Where lookups are noted, if the configuration says so. */
  readonly audit: Audit | undefined;
  close(): Promise<void>;
}

/** The configuration in use, if there is any. Throws ConfigError for one that cannot be trusted or read. */
export async function openConfig(context: Context): Promise<Config | undefined> {
  const { runtime, options } = context;
  const located = locateConfig({
    ...surroundings(context),
    cwd: runtime.cwd,
    ...(options.source.config !== undefined && { configFlag: options.source.config }),
  });
  if (located === undefined) return undefined;
  const shapes = (await allProviders(context.providers)).map(shapeOf);
  return loadConfig(located.path, { shapes, home: runtime.home, platform: runtime.platform, ...owner(context) });
}

/** Opens a provider under the profile that the rules choose, or on the embedded sandbox. */
export async function connect(context: Context, provider: Provider): Promise<Connection> {
  if (context.options.source.sandbox) {
    const { sandboxProfile } = await import('./sandbox-profile.ts');
    const sandbox = await sandboxProfile(context, provider);
    return open(context, provider, sandbox.profile, 'memory', sandbox.close);
  }
  const flag = context.options.source.profile;
  const config = await openConfig(context);
  const profile = chooseProfile({ ...surroundings(context), config, shape: shapeOf(provider), ...(flag !== undefined && { flag }) });
  return openProfile(context, provider, profile, await openTrail(context, config));
}

async function openTrail({ runtime, options, secrets }: Context, config: Config | undefined): Promise<Audit | undefined> {
  if (config?.audit === undefined || options.call.dryRun) return undefined;
  return openAudit(config.audit, { user: runtime.user, uid: runtime.uid, now: runtime.now, clean: createFilter(secrets) });
}

/** Opens a provider under a profile that is already chosen. */
export async function openProfile(context: Context, provider: Provider, profile: Profile, audit?: Audit): Promise<Connection> {
  const dir = stateDir(surroundings(context));
  const { uid, processes } = context.runtime;
  const tokens = context.options.call.tokenCache && dir !== undefined ? { stateDir: dir, uid, processes } : 'memory';
  return open(context, provider, profile, tokens, async () => audit?.close(), audit);
}

/** Throws ConfigError for a profile that cannot be used; nothing is left open then. */
async function open(
  context: Context,
  provider: Provider,
  profile: Profile,
  tokens: AuthenticatorOptions['tokens'],
  closeMore: () => Promise<void>,
  audit?: Audit,
): Promise<Connection> {
  const { runtime, options, secrets } = context;
  const closing: (() => void | Promise<void>)[] = [closeMore];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    if (!options.source.sandbox) refuseNodeDebug(runtime.env);
    const limits = limitsOf(context, profile);
    const client = createClient({
      concurrency: limits.concurrency,
      userAgent: `loanq/${LOANQ_VERSION}`,
      env: runtime.env,
      ...(limits.attemptMs !== undefined && { timeouts: { attemptMs: limits.attemptMs } }),
      ...(profile.caFile !== undefined && { caPem: readCaFile(profile.caFile, context) }),
    });
    closing.push(client.close);
    const clock = createClock(runtime);
    const deadline = new Deadline(clock, options.call.deadlineMs);
    // A login ends with the deadline, too.
    const { signal, release } = deadline.bind(runtime.signal);
    closing.push(release);
    const authenticator = createAuthenticator({
      provider,
      profile,
      resolveCredential: name => resolveCredential(profile, name, shapeOf(provider), secretContext(context)),
      resolveKey: name => resolveKey(profile, name, secretContext(context)),
      send: plan => client.send(plan, { signal }),
      protect: secret => void secrets.add(new Secret(secret)),
      warn: sentence => context.messages.warn(sentence),
      clock: runtime,
      signal,
      tokens,
    });
    const { concurrency, rate, retries } = limits;
    return { provider, profile, authenticator, client, clock, deadline, concurrency, rate, retries, audit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the options say, else the profile, else the defaults. */
function limitsOf({ options: { call } }: Context, profile: Profile) {
  const isLoopback = isLoopbackHost(new URL(profile.baseUrl).hostname);
  return {
    attemptMs: call.timeoutMs ?? profile.timeoutMs,
    concurrency: call.concurrency ?? profile.concurrency ?? defaultConcurrency,
    rate: call.maxRate ?? profile.maxRate ?? (isLoopback ? undefined : defaultRate),
    retries: call.retries ?? profile.retries ?? defaultRetries,
  };
}

/** What an fetcher needs, for one endpoint of a connection. */
export function fetcherParts(
  context: Context,
  connection: Connection,
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  batch: boolean,
): FetcherParts {
  const { clock, deadline, rate, retries } = connection;
  const retrier: Retrier = createRetrier({
    retries,
    budget: createRetryBudget(),
    clock,
    random: context.runtime.random,
    gate: createRateGate({ clock, ratePerSecond: rate }),
    deadline,
    batch,
  });
  return {
    provider: connection.provider,
    endpoint,
    profile: connection.profile,
    params,
    authenticator: connection.authenticator,
    client: connection.client,
    retrier,
    strict: context.options.call.strict,
    now: context.runtime.now,
    monotonicMs: context.runtime.monotonicMs,
    freshId: randomUUID,
    warn: sentence => context.messages.warn(`${connection.provider.name} ${endpoint.name}: ${sentence}`),
    trace: context.messages.trace,
    signal: context.runtime.signal,
    audit: connection.audit,
    clean: response => cleanAnswer(response, createByteFilter(context.secrets)),
  };
}

/** What a profile prefers for a terminal. */
export function preferencesOf({ profile }: Connection): Preferences {
  const { output, showPersonal, tz, lang } = profile;
  return {
    ...(output !== undefined && { output }),
    ...(showPersonal !== undefined && { showPersonal }),
    ...(tz !== undefined && { tz }),
    ...(lang !== undefined && { lang }),
  };
}

const mostCaBytes = 1024 * 1024;

/** Whoever can change this file decides which server gets the credentials: the rules of the config file hold. */
function readCaFile(path: string, context: Context): string {
  const { bytes } = readGuardedFile(path, { platform: context.runtime.platform, ...owner(context), maxBytes: mostCaBytes });
  const text = bytes.toString('utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new ConfigError(`caFile ${path} holds no PEM certificate`);
  return text;
}
