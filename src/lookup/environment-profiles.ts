// The profiles that environment variables make: one of each provider that the configuration has none for.
import type { Config } from '../config/config.ts';
import { environmentProfile, hasVariables } from '../config/env-profile.ts';
import type { Profile } from '../config/profile.ts';
import { loadProvider } from '../providers/index.ts';
import type { Context } from './context.ts';
import { platformOf } from './platform.ts';

/** In the order of the providers. Throws ConfigError for variables that make no whole profile. */
export async function environmentProfiles(context: Context, config: Config | undefined): Promise<Profile[]> {
  const configured = new Set([...(config?.profiles.values() ?? [])].map(({ provider }) => provider));
  const platform = platformOf(context);
  const names = Object.keys(context.providers).filter(name => !configured.has(name) && hasVariables(platform.env, name));
  const made: Profile[] = [];
  for (const name of names) {
    const profile = await environmentProfile({ ...platform, provider: await loadProvider(name, context.providers) });
    if (profile !== undefined) made.push(profile);
  }
  return made;
}
