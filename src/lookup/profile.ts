// The profile of a run: that of the configuration, of the environment, or of the embedded sandbox; with what lookups under it note.
import { createFilter } from '../auth/secret.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { locateConfig, stateDir } from '../config/locations.ts';
import type { Profile } from '../config/profile.ts';
import { bareProfile, chooseProfile } from '../config/profile-choice.ts';
import type { Provider } from '../core/provider.ts';
import type { Source } from '../plan/source.ts';
import { type Audit, openAudit } from './audit.ts';
import type { Context } from './context.ts';
import { owner, platformOf } from './platform.ts';

/** A profile that is ready to be used. */
export interface OpenProfile {
  readonly profile: Profile;
  /** Where obtained tokens are kept; undefined: in memory. */
  readonly stateDir: string | undefined;
  /** Where lookups are noted, if the configuration says so. */
  readonly audit: Audit | undefined;
  close(): Promise<void>;
}

/** What a run does with a profile. A dry run notes nothing; it and a call without a credential go without a profile where there is none. */
export type Use = 'call' | 'open-call' | 'dry-run';

/** The configuration in use, if there is any. Throws ConfigError for one that cannot be trusted or read. */
export async function openConfig(context: Context, file: string | undefined): Promise<Config | undefined> {
  const { runtime } = context;
  const located = locateConfig({ ...platformOf(context), cwd: runtime.cwd, ...(file !== undefined && { configFlag: file }) });
  if (located === undefined) return undefined;
  return loadConfig(located.path, { providers: context.providers, home: runtime.home, platform: runtime.platform, ...owner(context) });
}

/** Opens the profile that the rules choose, or the embedded sandbox. Throws ConfigError. */
export async function openProfile(
  context: Context,
  provider: Provider,
  source: Exclude<Source, { kind: 'saved' }>,
  use: Use,
): Promise<OpenProfile> {
  if (source.kind === 'sandbox') {
    const { sandboxProfile } = await import('./sandbox-profile.ts');
    const { profile, close } = await sandboxProfile(context, provider);
    return { profile, stateDir: undefined, audit: undefined, close };
  }
  const config = await openConfig(context, source.config);
  const choice = { ...platformOf(context), config, provider, ...(source.name !== undefined && { flag: source.name }) };
  const profile = use === 'call' ? await chooseProfile(choice) : ((await bareProfile(choice)) ?? (await chooseProfile(choice)));
  const audit = use === 'dry-run' ? undefined : await openTrail(context, config);
  return { ...chosenProfile(context, profile, source.tokenCache), audit, close: async () => audit?.close() };
}

/** A profile that is already chosen; nothing is noted. */
export function chosenProfile(context: Context, profile: Profile, tokenCache: boolean): OpenProfile {
  const directory = tokenCache ? stateDir(platformOf(context)) : undefined;
  return { profile, stateDir: directory, audit: undefined, close: async () => undefined };
}

/** Opens the audit trail that the configuration names, if it names one. */
export async function openTrail({ runtime, secrets }: Context, config: Config | undefined): Promise<Audit | undefined> {
  if (config?.audit === undefined) return undefined;
  return openAudit(config.audit, { user: runtime.user, uid: runtime.uid, now: runtime.now, clean: createFilter(secrets) });
}
