// `loanq config path|init|list|check`.

import { createCredentialReader } from '../../auth/credential-reader.ts';
import type { Config, ProfileEntry } from '../../config/config.ts';
import { locateConfig, searchHint } from '../../config/locations.ts';
import type { Profile } from '../../config/profile.ts';
import { describeSource } from '../../config/secret-source.ts';
import { visible } from '../../console/escape.ts';
import { ConfigError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Context } from '../../lookup/context.ts';
import { environmentProfiles } from '../../lookup/environment-profiles.ts';
import { refuseNodeDebug } from '../../lookup/node-debug.ts';
import { platformOf, secretContext } from '../../lookup/platform.ts';
import { openConfig } from '../../lookup/profile.ts';
import { printLines } from '../../output/destination.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

const actions: Readonly<Record<string, (context: Context, called: CalledCommand) => Promise<ExitName>>> = {
  path: printPath,
  init: async (context, called) => (await import('./init.ts')).initConfig(context, called),
  list: listProfiles,
  check: checkProfiles,
};

export async function runConfig(context: Context, called: CalledCommand): Promise<ExitName> {
  const { args } = called;
  const action = Object.hasOwn(actions, args[0] ?? '') ? actions[args[0] ?? ''] : undefined;
  if (action === undefined) throw new UsageError(`unknown action ${args[0]}`, { hint: `one of ${Object.keys(actions).join(', ')}` });
  return action(context, called);
}

/** The file in use on stdout; where else was looked on stderr. Works with a broken file. */
async function printPath(context: Context, { options }: CalledCommand): Promise<ExitName> {
  const { config } = options;
  const found = locateConfig({ ...platformOf(context), cwd: context.runtime.cwd, ...(config !== undefined && { configFlag: config }) });
  if (found !== undefined) return printLines(context, [visible(found.path)]);
  throw new ConfigError('there is no config file', { hint: searchHint(platformOf(context)) });
}

/** Profiles and where each secret comes from; never a secret. */
async function listProfiles(context: Context, called: CalledCommand): Promise<ExitName> {
  const { config, profiles } = await openExisting(context, called);
  const lines = profiles.flatMap(({ open }) => {
    const profile = open();
    const isDefault = config?.defaults.get(profile.provider) === profile.name;
    return [`${profile.name} (${profile.provider}${isDefault ? ', default' : ''})`, `  ${profile.baseUrl}`, ...sourceLines(profile)];
  });
  return printLines(context, lines.map(visible));
}

function sourceLines(profile: Profile): string[] {
  return Object.entries({ ...profile.credentials, ...profile.keys }).map(([name, source]) => `  ${name}: ${describeSource(source)}`);
}

/** Reads everything a lookup would read, and sends nothing. */
async function checkProfiles(context: Context, called: CalledCommand): Promise<ExitName> {
  refuseNodeDebug(context.runtime.env);
  const { config, profiles } = await openExisting(context, called);
  const lines: string[] = config === undefined ? [] : [`${config.path}: ok`];
  let failed = 0;
  for (const entry of profiles) {
    try {
      await readSecrets(context, entry.open());
      lines.push(`${entry.name}: ok`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      failed += 1;
      lines.push(`${entry.name}: ${error.message}`);
    }
  }
  await printLines(context, lines.map(visible));
  if (failed > 0) throw new ConfigError(`${failed} of ${profiles.length} profiles cannot be used`);
  return 'ok';
}

async function readSecrets(context: Context, profile: Profile): Promise<void> {
  const provider = await loadProvider(profile.provider, context.providers);
  const reader = createCredentialReader(profile, provider, secretContext(context));
  for (const name of Object.keys(profile.credentials)) await reader.read(name);
  for (const name of Object.keys(profile.keys)) await reader.readKey(name);
}

interface Existing {
  readonly config: Config | undefined;
  readonly profiles: readonly Pick<ProfileEntry, 'name' | 'open'>[];
}

/** The profiles of the file, then those that variables make; with --profile only that one. */
async function openExisting(context: Context, { options }: CalledCommand): Promise<Existing> {
  const config = await openConfig(context, options.config);
  const made = await environmentProfiles(context, config);
  if (config === undefined && made.length === 0) throw new ConfigError('there is no config file', { hint: 'run "loanq config init"' });
  const all = [...(config?.profiles.values() ?? []), ...made.map(profile => ({ name: profile.name, open: () => profile }))];
  const wanted = options.profile;
  const profiles = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
  if (wanted === undefined || profiles.length > 0) return { config, profiles };
  throw new ConfigError(`there is no profile ${JSON.stringify(wanted)}`, { hint: `profiles: ${all.map(({ name }) => name).join(', ')}` });
}
