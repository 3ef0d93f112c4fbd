// Under which profiles `lookup` asks: one of each provider by the rule of every call, or all whose name fits.
import type { Config } from '../../config/config.ts';
import { environmentProfile } from '../../config/env-profile.ts';
import type { Profile } from '../../config/profile.ts';
import { chooseProfile } from '../../config/profile-choice.ts';
import { ConfigError, LoanqError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { say, type Words } from '../../core/say.ts';
import type { Context } from '../context.ts';
import { environmentProfiles } from '../environment-profiles.ts';
import { platformOf } from '../platform.ts';

/** Which of the configured profiles are meant. */
export type Choice =
  /** One of each provider; `name`: this one alone. */
  | { readonly kind: 'one'; readonly name: string | undefined }
  /** Every profile whose name fits; `*` stands for any text, `?` for one character. */
  | { readonly kind: 'fitting'; readonly glob: string };

/** The profiles of one provider, or why there is none to ask with. */
export interface Chosen {
  readonly provider: Provider;
  readonly profiles: readonly Profile[];
  /** Why nobody is asked, where that is no fault. */
  readonly notAsked?: Words;
  /** A profile that should have been used and cannot be. */
  readonly problem?: LoanqError;
}

/** Throws ConfigError when a profile that was named does not exist, or no profile has a name that fits. */
export async function chooseProfiles(
  context: Context,
  config: Config | undefined,
  providers: readonly Provider[],
  choice: Choice,
): Promise<Chosen[]> {
  if (choice.kind === 'fitting') return fittingProfiles(context, config, providers, choice.glob);
  if (choice.name !== undefined) await refuseUnknown(context, config, providers, choice.name);
  return Promise.all(providers.map(provider => choosing(provider, () => oneProfile(context, config, provider, choice.name))));
}

async function fittingProfiles(
  context: Context,
  config: Config | undefined,
  providers: readonly Provider[],
  glob: string,
): Promise<Chosen[]> {
  const name = globPattern(glob);
  const made = await environmentProfiles(context, config);
  const choosings = providers.map(provider =>
    choosing(provider, async () => {
      const own = [...(config?.profiles.values() ?? [])].filter(entry => entry.provider === provider.name && name.test(entry.name));
      const profiles = [...own.map(entry => entry.open()), ...made.filter(one => one.provider === provider.name && name.test(one.name))];
      return { profiles, ...(profiles.length === 0 && { notAsked: say`no profile of that name` }) };
    }),
  );
  const chosen = await Promise.all(choosings);
  if (chosen.some(({ profiles, problem }) => profiles.length > 0 || problem !== undefined)) return chosen;
  const names = [...(config?.profiles.keys() ?? []), ...made.map(one => one.name)];
  throw new ConfigError(say`no profile has a name like ${glob}`, {
    hint: names.length === 0 ? noProfileHint : say`there are ${names.join(', ')}`,
  });
}

/** Why a system is not asked that nobody has set up. */
export const noProfile = say`no profile (loanq config init)`;
const noProfileHint = say`run "loanq config init"; --sandbox needs none`;

async function oneProfile(
  context: Context,
  config: Config | undefined,
  provider: Provider,
  name: string | undefined,
): Promise<Omit<Chosen, 'provider'>> {
  const base = { ...platformOf(context), config, provider };
  const own = [...(config?.profiles.values() ?? [])].filter(entry => entry.provider === provider.name);
  if (name !== undefined) {
    const isOwn = own.some(entry => entry.name === name) || (own.length === 0 && (await environmentProfile(base))?.name === name);
    return isOwn ? { profiles: [await chooseProfile({ ...base, flag: name })] } : { profiles: [], notAsked: say`--profile names ${name}` };
  }
  // A profile that LOANQ_PROFILE names decides for its own provider; the others are asked by the rest of the rule.
  const named = config?.profiles.get(base.env.LOANQ_PROFILE ?? '');
  const env = named === undefined || named.provider === provider.name ? base.env : { ...base.env, LOANQ_PROFILE: undefined };
  if (own.length === 0 && (await environmentProfile({ ...base, env })) === undefined) return { profiles: [], notAsked: noProfile };
  return { profiles: [await chooseProfile({ ...base, env })] };
}

/** The faults of one provider's profiles do not keep the others from being asked. */
async function choosing(provider: Provider, choose: () => Promise<Omit<Chosen, 'provider'>>): Promise<Chosen> {
  try {
    return { provider, ...(await choose()) };
  } catch (error) {
    if (!(error instanceof LoanqError)) throw error;
    return { provider, profiles: [], problem: error.with({ provider: provider.name }) };
  }
}

async function refuseUnknown(context: Context, config: Config | undefined, providers: readonly Provider[], name: string): Promise<void> {
  if (config?.profiles.has(name)) return;
  const base = { ...platformOf(context), config };
  for (const provider of providers) if ((await environmentProfile({ ...base, provider }))?.name === name) return;
  const [first] = providers;
  // The rule of every call says it in its own words.
  if (first !== undefined) await chooseProfile({ ...base, provider: first, flag: name });
}

function globPattern(glob: string): RegExp {
  const pattern = glob
    .replace(/[|\\{}()[\]^$+.]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`);
}
