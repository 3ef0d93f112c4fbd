// From a provider to a way of calling it: profile or sandbox, secrets, authoriser, client and retrier, all of one run.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Authoriser, createAuthoriser } from '../auth/authoriser.ts';
import { Secret } from '../auth/secret.ts';
import { resolveCredential, resolveKey } from '../auth/source.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { locateConfig, stateDir } from '../config/locate.ts';
import { chooseProfile, type Profile } from '../config/profile.ts';
import { shapeOf } from '../config/shape.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { ConfigError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { isLoopbackHost } from '../http/agents.ts';
import { createClient, type HttpClient } from '../http/client.ts';
import { createClock, Deadline } from '../http/clock.ts';
import { createRateGate } from '../http/rate-gate.ts';
import { createRetrier, createRetryBudget, type Retrier } from '../http/retry.ts';
import { allProviders } from '../providers/index.ts';
import { type Audit, openAudit } from '../sink/audit.ts';
import type { AskerParts } from './asker.ts';
import type { Context } from './context.ts';
import type { Preferences } from './presentation.ts';
import { owner, secretContext, surroundings } from './surroundings.ts';

const defaultRetries = 2;
const defaultConcurrency = 4;
const defaultRate = 5;

/** One provider, ready to be asked. */
export interface Connection {
  readonly provider: Provider;
  readonly profile: Profile;
  readonly authoriser: Authoriser;
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
  const { user, now } = context.runtime;
  const audit = config?.audit === undefined || context.options.call.dryRun ? undefined : await openAudit(config.audit, { user, now });
  return openProfile(context, provider, profile, audit);
}

/** Opens a provider under a profile that is already chosen. */
export async function openProfile(context: Context, provider: Provider, profile: Profile, audit?: Audit): Promise<Connection> {
  const dir = stateDir(surroundings(context));
  const { uid, processes } = context.runtime;
  const tokens = context.options.call.tokenCache && dir !== undefined ? { stateDir: dir, uid, processes } : 'memory';
  return open(context, provider, profile, tokens, async () => audit?.close(), audit);
}

async function open(
  context: Context,
  provider: Provider,
  profile: Profile,
  tokens: Parameters<typeof createAuthoriser>[0]['tokens'],
  closeMore: () => Promise<void>,
  audit?: Audit,
): Promise<Connection> {
  const { runtime, options, secrets } = context;
  if (!options.source.sandbox) refuseNodeDebug(context);
  const concurrency = options.call.concurrency ?? profile.concurrency ?? defaultConcurrency;
  const attemptMs = options.call.timeoutMs ?? profile.timeoutMs;
  const client = createClient({
    concurrency,
    userAgent: `loanq/${LOANQ_VERSION}`,
    env: runtime.env,
    ...(attemptMs !== undefined && { timeouts: { attemptMs } }),
    ...(profile.caFile !== undefined && { caPem: await readCaFile(profile.caFile) }),
  });
  const clock = createClock(runtime);
  const authoriser = createAuthoriser({
    provider,
    profile,
    resolveCredential: name => resolveCredential(profile, name, shapeOf(provider), secretContext(context)),
    resolveKey: name => resolveKey(profile, name, secretContext(context)),
    send: plan => client.send(plan, { signal: runtime.signal }),
    protect: secret => void secrets.add(new Secret(secret)),
    clock: runtime,
    signal: runtime.signal,
    tokens,
  });
  const loopback = isLoopbackHost(new URL(profile.baseUrl).hostname);
  return {
    provider,
    profile,
    authoriser,
    client,
    clock,
    deadline: new Deadline(clock, options.call.deadlineMs),
    concurrency,
    rate: options.call.maxRate ?? profile.maxRate ?? (loopback ? undefined : defaultRate),
    retries: options.call.retries ?? profile.retries ?? defaultRetries,
    audit,
    close: async () => {
      client.close();
      await closeMore();
    },
  };
}

/** What an asker needs, for one endpoint of a connection. */
export function askerFor(
  context: Context,
  connection: Connection,
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  batch: boolean,
): AskerParts {
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
    authoriser: connection.authoriser,
    client: connection.client,
    retrier,
    strict: context.options.call.strict,
    now: context.runtime.now,
    monotonicMs: context.runtime.monotonicMs,
    freshId: randomUUID,
    trace: context.say.trace,
    signal: context.runtime.signal,
    audit: connection.audit,
  };
}

/** What a profile prefers for a terminal. */
export function preferencesOf({ profile }: Connection): Preferences {
  const { showPersonal, tz, lang } = profile;
  const output = profile.output === 'html' ? undefined : profile.output;
  return {
    ...(output !== undefined && { output }),
    ...(showPersonal !== undefined && { showPersonal }),
    ...(tz !== undefined && { tz }),
    ...(lang !== undefined && { lang }),
  };
}

/** Node itself would print headers and URLs, secrets included. */
function refuseNodeDebug({ runtime }: Context): void {
  const words = (runtime.env.NODE_DEBUG ?? '').toLowerCase().split(',');
  if (words.some(word => /^(https?|net|tls|\*)$/.test(word.trim()))) {
    throw new ConfigError('NODE_DEBUG would print secrets', { hint: 'unset NODE_DEBUG' });
  }
}

async function readCaFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new ConfigError(`cannot read caFile ${path}`);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new ConfigError(`caFile ${path} holds no PEM certificate`);
  return text;
}
