// The profile that environment variables make when the configuration has none for a provider:
// LOANQ_<PROVIDER>_<NAME>, each a value or a reference such as file:/run/secrets/token.
import { ConfigError } from '../core/errors.ts';
import { credentialNames, type Provider, unpublishedPaths } from '../core/provider.ts';
import { say } from '../core/say.ts';
import type { Platform } from './locations.ts';
import { isPlainProfile } from './plain-config.ts';
import { makeProfile, type Profile } from './profile.ts';
import type { RawProfile } from './schema.ts';
import { type SchemaFault, suggest } from './schema-fault.ts';
import { isLiteral } from './secret-source.ts';
import { schemeFault } from './value-faults.ts';

/** Name of the profile that variables make. */
export const environmentName = 'env';

/** What one variable sets: a place in the profile. */
interface Variable {
  readonly name: string;
  readonly path: readonly [string] | readonly [string, string];
}

type Given = Platform & { readonly provider: Provider };

/** The name of the variable for a credential or a setting. */
export function variableName(name: string, provider: Provider): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return `${prefixOf(provider)}${words.toUpperCase()}`;
}

/** The profile `env`; undefined when none of its variables is set. An empty variable counts as not set. Throws ConfigError. */
export async function environmentProfile(options: Given): Promise<Profile | undefined> {
  const { env, provider, home, platform } = options;
  const variables = knownVariables(provider);
  refuseUnknown(env, variables, provider);
  const given = variables.filter(({ name }) => env[name] !== undefined && env[name] !== '');
  if (given.length === 0) return undefined;
  refusePartialScheme(given, provider);
  const raw = rawProfile(given, env, provider);
  const checked = isPlainProfile(raw, provider, platform) ? raw : await checkProfile(raw, variables, options);
  return makeProfile(environmentName, checked, provider, { home, platform }, 'environment');
}

async function checkProfile(raw: unknown, variables: readonly Variable[], { provider, platform }: Given): Promise<RawProfile> {
  const { judgeProfile } = await import('./verdict.ts');
  const verdict = judgeProfile(raw, provider, platform);
  if ('fault' in verdict) throw variableFault(verdict.fault, variables);
  return verdict.raw;
}

/** Whether any variable, known or not, is for the provider of that name: then it has to be loaded to say more. */
export function hasVariables(env: Platform['env'], name: string): boolean {
  return Object.keys(env).some(variable => variable.startsWith(prefixOf({ name })));
}

function prefixOf(provider: Pick<Provider, 'name'>): string {
  return `LOANQ_${provider.name.toUpperCase()}_`;
}

function knownVariables(provider: Provider): Variable[] {
  const variable = (name: string, path: Variable['path']): Variable => ({ name: variableName(name, provider), path });
  const settings = Object.entries(provider.settings ?? {}).flatMap(([setting, { type }]) =>
    type === 'paths'
      ? unpublishedPaths(provider).map(path => variable(`${setting}-${path}`, [setting, path]))
      : [variable(setting, [setting])],
  );
  return [variable('baseUrl', ['baseUrl']), ...credentialNames(provider).map(name => variable(name, ['credentials', name])), ...settings];
}

/** A misspelt variable would otherwise look like a missing profile. */
function refuseUnknown(env: Platform['env'], variables: readonly Variable[], provider: Provider): void {
  const known = variables.map(({ name }) => name);
  const unknown = Object.keys(env).find(name => name.startsWith(prefixOf(provider)) && !known.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError(say`the variable ${unknown} has no meaning`, { hint: suggest(unknown, known) ?? say`known: ${known.join(', ')}` });
}

function refusePartialScheme(given: readonly Variable[], provider: Provider): void {
  const names = given.flatMap(({ path: [group, name] }) => (group === 'credentials' && name !== undefined ? [name] : []));
  const fault = schemeFault(names, provider, name => variableName(name, provider));
  if (fault !== undefined) throw new ConfigError(say`the environment ${fault}`);
}

function rawProfile(given: readonly Variable[], env: Platform['env'], provider: Provider): Record<string, unknown> {
  const raw: Record<string, unknown> = { provider: provider.name };
  const groups: Record<string, Record<string, string>> = { credentials: {} };
  for (const { name, path } of given) {
    const [first, second] = path;
    const value = env[name] ?? '';
    if (second === undefined)
      raw[first] =
        provider.settings?.[first]?.type === 'count' ? wholeNumber(value) : reference(value, name, provider.settings?.[first]?.type);
    else groups[first] = { ...groups[first], [second]: first === 'credentials' ? reference(value, name, 'key') : value };
  }
  return { ...raw, ...groups };
}

/** A value stays in its variable until it is needed. */
function reference(value: string, name: string, type: string | undefined): string {
  return type === 'key' && isLiteral(value) ? `env:${name}` : value;
}

function wholeNumber(value: string): number {
  return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}

function variableFault(fault: SchemaFault, variables: readonly Variable[]): ConfigError {
  const variable = variables.find(({ path }) => path.join('.') === fault.path.join('.'));
  return new ConfigError(say`${variable?.name ?? say`the environment`} ${fault.text}`);
}
