// The rule which profile a call takes.
import { ConfigError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { alternatives, say, type Words } from '../core/say.ts';
import { requiredCredentials } from '../core/scheme.ts';
import type { Config, ProfileEntry } from './config.ts';
import { environmentName, environmentProfile, variableName } from './env-profile.ts';
import type { Platform } from './locations.ts';
import { makeProfile, type Profile } from './profile.ts';
import { suggest } from './schema-fault.ts';

export interface Choice extends Platform {
  /** Undefined without a config file. */
  readonly config: Config | undefined;
  readonly provider: Provider;
  /** `--profile`. */
  readonly flag?: string;
}

/**
 * The profile for a call to a provider: `--profile`, then LOANQ_PROFILE, then `defaults`, then the only one there is, then the one
 * the environment makes. An explicit choice is never silently dropped. Throws ConfigError when none or several fit.
 */
export async function chooseProfile(choice: Choice): Promise<Profile> {
  const { config, provider } = choice;
  const own = [...(config?.profiles.values() ?? [])].filter(entry => entry.provider === provider.name);
  const variable = choice.env.LOANQ_PROFILE;
  const named = choice.flag ?? (variable === undefined || variable === '' ? undefined : variable);
  if (named !== undefined) return namedProfile(named, own, choice);
  const preferred = config?.defaults.get(provider.name);
  const [only, ...more] = preferred === undefined ? own : own.filter(entry => entry.name === preferred);
  if (only === undefined) return (await environmentProfile(choice)) ?? missing(choice);
  if (more.length === 0) return only.open();
  const names = own.map(entry => entry.name).join(', ');
  throw new ConfigError(say`${provider.name} has several profiles: ${names}`, {
    hint: say`choose one with --profile, or name it in "defaults" of ${config?.path ?? ''}`,
  });
}

async function namedProfile(name: string, own: readonly ProfileEntry[], choice: Choice): Promise<Profile> {
  const { config, provider } = choice;
  const entry = config?.profiles.get(name);
  if (entry !== undefined) {
    if (entry.provider === provider.name) return entry.open();
    throw new ConfigError(say`profile "${name}" is for ${entry.provider}, not ${provider.name}`, namesHint(own));
  }
  const made = name === environmentName && own.length === 0 ? await environmentProfile(choice) : undefined;
  if (made !== undefined) return made;
  const by = choice.flag === undefined ? say` (named by LOANQ_PROFILE)` : '';
  const close = suggest(name, [...(config?.profiles.keys() ?? [])]);
  throw new ConfigError(say`there is no profile ${JSON.stringify(name)}${by}`, close === undefined ? namesHint(own) : { hint: close });
}

function namesHint(own: readonly ProfileEntry[]): { hint?: Words } {
  return own.length === 0 ? {} : { hint: say`profiles that fit: ${own.map(entry => entry.name).join(', ')}` };
}

/** A profile without credentials where nothing is configured for a provider: enough to show a request, not to send one. */
export async function bareProfile({ config, provider, env, flag, ...base }: Choice): Promise<Profile | undefined> {
  const named = flag ?? env.LOANQ_PROFILE ?? '';
  const own = [...(config?.profiles.values() ?? [])].some(entry => entry.provider === provider.name);
  if (named !== '' || own || (await environmentProfile({ env, provider, ...base })) !== undefined) return undefined;
  return makeProfile('none', { provider: provider.name, credentials: {} }, provider, base, 'none');
}

function missing({ config, provider }: Choice): never {
  const spell = (name: string): string => variableName(name, provider);
  const variables = alternatives(provider.schemes.map(scheme => requiredCredentials(scheme).map(spell)));
  throw new ConfigError(
    say`there is no profile for ${provider.name}${config === undefined ? say`, nor any config file` : say` in ${config.path}`}`,
    {
      hint: say`run "loanq config init", or set ${variables}; --sandbox needs none`,
    },
  );
}
