// The profiles that a command about profiles speaks of: those of the file, then those that variables make; with --profile that one alone.
import type { Config } from '../../config/config.ts';
import { environmentName } from '../../config/env-profile.ts';
import type { Profile } from '../../config/profile.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { environmentProfiles } from '../../lookup/environment-profiles.ts';
import { openConfig } from '../../lookup/profile.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

export interface Candidate {
  readonly name: string;
  readonly provider: Provider;
  /** The one that is asked when none is named. */
  readonly isDefault: boolean;
  /** Throws ConfigError when a path in it cannot be resolved. */
  readonly open: () => Profile;
}

/** Throws ConfigError where there is none, or none of that name. */
export async function findCandidates(context: Context, { options }: Pick<CalledCommand, 'options'>): Promise<Candidate[]> {
  const config = await openConfig(context, options.config);
  const wanted = options.profile;
  const written = [...(config?.profiles.values() ?? [])];
  const meant = written.filter(({ name }) => wanted === undefined || name === wanted);
  // What is not meant is not opened: a fault in it is no reason to say nothing of the others.
  const made = wanted === undefined || wanted === environmentName ? await environmentProfiles(context, config) : [];
  const found: Candidate[] = [];
  for (const { name, provider, open } of [...meant, ...made.map(asEntry)]) {
    found.push({ name, provider: await loadProvider(provider, context.providers), isDefault: isDefault(config, provider, name), open });
  }
  if (found.length > 0) return found;
  if (wanted === undefined) throw new ConfigError(noProfile(config), { hint: say`run "loanq config init"` });
  const names = written.map(({ name }) => name).join(', ');
  const hint = names === '' ? say`run "loanq config init"` : say`profiles: ${names}`;
  throw new ConfigError(say`there is no profile ${JSON.stringify(wanted)}`, { hint });
}

function asEntry(profile: Profile) {
  return { name: profile.name, provider: profile.provider, open: () => profile };
}

function noProfile(config: Config | undefined) {
  return config === undefined ? say`there is no config file` : say`there is no profile`;
}

/** Named as such, or the only one of its provider. */
function isDefault(config: Config | undefined, provider: string, name: string): boolean {
  const named = config?.defaults.get(provider);
  if (named !== undefined) return named === name;
  return [...(config?.profiles.values() ?? [])].filter(other => other.provider === provider).length <= 1;
}
