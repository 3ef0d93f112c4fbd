// Every system that `lookup` may ask: a session for each profile, opened when the first id needs it, shared by its endpoints.
import { hostOf, type Profile } from '../../config/profile.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { LoanqError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import type { Limits } from '../../plan/limits.ts';
import type { Source } from '../../plan/source.ts';
import { allProviders } from '../../providers/index.ts';
import type { Audit } from '../audit.ts';
import type { Context } from '../context.ts';
import { Fetcher } from '../fetcher.ts';
import { chosenProfile, type OpenProfile, openConfig, openTrail } from '../profile.ts';
import { sandboxProfile } from '../sandbox-profile.ts';
import { openSession, type Session } from '../session.ts';
import { type Choice, type Chosen, chooseProfiles } from './profiles.ts';

/** One profile that can be asked. */
export interface System {
  readonly provider: Provider;
  readonly profile: Profile;
  /** Host and port; `sandbox` for the embedded one, whose port is another each time. */
  readonly host: string;
  /** The fetcher of an endpoint. Throws, each time the same, when the profile cannot be used. */
  fetcher(endpoint: Endpoint): Promise<Fetcher>;
  /** Opened so far. */
  readonly session: Session | undefined;
  readonly fetchers: readonly Fetcher[];
}

export interface Systems {
  readonly providers: readonly Provider[];
  /** In the order of the registry, each with its reason where it has no system. */
  readonly chosen: readonly Chosen[];
  readonly systems: readonly System[];
  readonly audit: Audit | undefined;
  close(): Promise<void>;
}

export interface SystemsOptions {
  readonly source: Exclude<Source, { kind: 'saved' }>;
  readonly choice: Choice;
  readonly limits: (profile: Profile) => Limits;
  readonly strict: boolean;
}

/** Reads the configuration and chooses profiles; nothing is connected yet. Throws ConfigError. */
export async function openSystems(context: Context, options: SystemsOptions): Promise<Systems> {
  const { source } = options;
  const providers = await allProviders(context.providers);
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    const { chosen, open, audit } =
      source.kind === 'sandbox'
        ? await sandboxes(context, providers, closing)
        : await configured(context, providers, source, options, closing);
    const systems = chosen.flatMap(({ provider, profiles }) =>
      profiles.map(profile => new LazySystem(context, provider, profile, () => open(profile), options, closing)),
    );
    return { providers, chosen, systems, audit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opened {
  readonly chosen: readonly Chosen[];
  readonly open: (profile: Profile) => OpenProfile;
  readonly audit: Audit | undefined;
}

async function configured(
  context: Context,
  providers: readonly Provider[],
  source: Extract<Source, { kind: 'profile' }>,
  { choice }: SystemsOptions,
  closing: (() => Promise<void>)[],
): Promise<Opened> {
  const config = await openConfig(context, source.config);
  const chosen = await chooseProfiles(context, config, providers, choice);
  const audit = await openTrail(context, config);
  if (audit !== undefined) closing.push(() => audit.close());
  return { chosen, audit, open: profile => ({ ...chosenProfile(context, profile, source.tokenCache), audit }) };
}

async function sandboxes(context: Context, providers: readonly Provider[], closing: (() => Promise<void>)[]): Promise<Opened> {
  const chosen: Chosen[] = [];
  for (const provider of providers) {
    const { profile, close } = await sandboxProfile(context, provider);
    closing.push(close);
    chosen.push({ provider, profiles: [profile] });
  }
  return { chosen, audit: undefined, open: profile => ({ profile, stateDir: undefined, audit: undefined, close: async () => undefined }) };
}

class LazySystem implements System {
  session: Session | undefined;
  readonly host: string;
  readonly #fetchers = new Map<Endpoint, Fetcher>();
  #opening: Promise<Session> | undefined;

  constructor(
    readonly context: Context,
    readonly provider: Provider,
    readonly profile: Profile,
    readonly open: () => OpenProfile,
    readonly options: SystemsOptions,
    readonly closing: (() => Promise<void>)[],
  ) {
    this.host = hostOf(profile);
  }

  get fetchers(): readonly Fetcher[] {
    return [...this.#fetchers.values()];
  }

  async fetcher(endpoint: Endpoint): Promise<Fetcher> {
    this.#opening ??= this.#open();
    const session = await this.#opening;
    const known = this.#fetchers.get(endpoint);
    if (known !== undefined) return known;
    const fetcher = new Fetcher(this.context, session, { endpoint, params: {}, strict: this.options.strict });
    this.#fetchers.set(endpoint, fetcher);
    return fetcher;
  }

  async #open(): Promise<Session> {
    const session = await openSession(this.context, this.provider, this.open(), this.options.limits(this.profile));
    this.session = session;
    this.closing.push(() => session.close());
    await session.warn();
    return session;
  }
}

/** Whether an error is about one system, so that the others can still be asked. */
export function isOfOneSystem(error: unknown): error is LoanqError {
  return error instanceof LoanqError && !['write', 'hangup', 'interrupted', 'broken-pipe', 'terminated', 'internal'].includes(error.code);
}
