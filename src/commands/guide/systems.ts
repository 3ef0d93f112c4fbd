// Which systems are set up, and what can be looked up in each.
import type { ProfileEntry } from '../../config/config.ts';
import { hostOf } from '../../config/profile.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import type { Context } from '../../lookup/context.ts';
import { environmentProfiles } from '../../lookup/environment-profiles.ts';
import { openConfig } from '../../lookup/profile.ts';
import type { Options } from '../../plan/options.ts';
import { allProviders } from '../../providers/index.ts';

export interface KnownSystem {
  readonly provider: Provider;
  /** Where it would be asked; empty where it is not set up. */
  readonly hosts: readonly string[];
  /** The profiles of which one has to be chosen, because nothing else decides. */
  readonly choice: readonly string[];
}

/** In the order of the registry. Throws ConfigError for a configuration that cannot be read. */
export async function knownSystems(context: Context, options: Pick<Options, 'sandbox' | 'config' | 'profile'>): Promise<KnownSystem[]> {
  const providers = await allProviders(context.providers);
  if (options.sandbox) return providers.map(provider => ({ provider, hosts: ['sandbox'], choice: [] }));
  const config = await openConfig(context, options.config);
  const made = await environmentProfiles(context, config);
  const named = options.profile ?? context.runtime.env.LOANQ_PROFILE ?? '';
  return providers.map(provider => {
    const own = [...(config?.profiles.values() ?? [])].filter(entry => entry.provider === provider.name);
    const profiles = [
      ...own,
      ...made.filter(profile => profile.provider === provider.name).map(profile => ({ name: profile.name, open: () => profile })),
    ];
    const decided = [named, config?.defaults.get(provider.name)].flatMap(name => profiles.filter(profile => profile.name === name));
    const asked = decided[0] === undefined ? profiles : [decided[0]];
    return { provider, hosts: asked.map(placeOf), choice: asked.length > 1 ? asked.map(({ name }) => name) : [] };
  });
}

/** Its host; of a profile that cannot be used its name: what is wrong with it, the lookup tells. */
function placeOf({ name, open }: Pick<ProfileEntry, 'name' | 'open'>): string {
  try {
    return hostOf(open());
  } catch (error) {
    if (error instanceof ConfigError) return name;
    throw error;
  }
}

/** Whether it is set up. */
export function isReady({ hosts }: KnownSystem): boolean {
  return hosts.length > 0;
}
