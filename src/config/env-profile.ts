// The profile that environment variables make when the configuration has none for a provider:
// LOANQ_<PROVIDER>_<NAME>, each a value or a reference such as file:/run/secrets/token.
import { ConfigError } from '../core/errors.ts';
import { type Fault, firstFault, suggest } from './fault-words.ts';
import type { Surroundings } from './locate.ts';
import { makeProfile, type Profile } from './make-profile.ts';
import { profileSchema, type RawProfile, sourceSchema, wayFault } from './schema.ts';
import { isLiteral } from './secret-source.ts';
import { credentialNames, type ProviderShape } from './shape.ts';

/** Name of the profile that variables make. */
export const environmentName = 'env';

/** What one variable sets: a place in the profile. */
interface Variable {
  readonly name: string;
  readonly path: readonly [string] | readonly [string, string];
}

/** The names of the variables for these credentials or settings. */
export function variableNames(names: readonly string[], shape: ProviderShape): string[] {
  return names.map(
    name =>
      `${prefixOf(shape)}${name
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replaceAll('-', '_')
        .toUpperCase()}`,
  );
}

/** The profile `env`; undefined when none of its variables is set. An empty variable counts as not set. Throws ConfigError. */
export function environmentProfile(surroundings: Surroundings & { readonly shape: ProviderShape }): Profile | undefined {
  const { env, shape, home, platform } = surroundings;
  const variables = knownVariables(shape);
  refuseUnknown(env, variables, shape);
  const given = variables.filter(({ name }) => env[name] !== undefined && env[name] !== '');
  if (given.length === 0) return undefined;
  refuseHalfWays(given, shape);
  const raw = rawProfile(given, env, shape);
  const result = profileSchema(shape, sourceSchema(platform)).safeParse(raw);
  if (!result.success) throw variableFault(firstFault(result.error.issues, raw), variables);
  return makeProfile(environmentName, result.data as RawProfile, shape, { home, platform }, 'environment');
}

function prefixOf(shape: ProviderShape): string {
  return `LOANQ_${shape.name.toUpperCase()}_`;
}

function knownVariables(shape: ProviderShape): Variable[] {
  const variable = (name: string, path: Variable['path']): Variable => ({ name: variableNames([name], shape).join(), path });
  const settings = Object.entries(shape.settings ?? {}).flatMap(([setting, { type, choices = [] }]) =>
    type === 'paths' ? choices.map(path => variable(`${setting}-${path}`, [setting, path])) : [variable(setting, [setting])],
  );
  return [variable('baseUrl', ['baseUrl']), ...credentialNames(shape).map(name => variable(name, ['credentials', name])), ...settings];
}

/** A misspelt variable would otherwise look like a missing profile. */
function refuseUnknown(env: Surroundings['env'], variables: readonly Variable[], shape: ProviderShape): void {
  const known = variables.map(({ name }) => name);
  const unknown = Object.keys(env).find(name => name.startsWith(prefixOf(shape)) && !known.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError(`the variable ${unknown} has no meaning`, { hint: suggest(unknown, known) ?? `known: ${known.join(', ')}` });
}

function refuseHalfWays(given: readonly Variable[], shape: ProviderShape): void {
  const named: ProviderShape = {
    ...shape,
    credentials: shape.credentials.map(way => variableNames(way, shape)),
    optionalCredentials: variableNames(shape.optionalCredentials ?? [], shape),
  };
  const names = given.filter(({ path }) => path[0] === 'credentials').map(({ name }) => name);
  const fault = wayFault(names, named);
  if (fault !== undefined) throw new ConfigError(`the environment ${fault}`);
}

function rawProfile(given: readonly Variable[], env: Surroundings['env'], shape: ProviderShape): Record<string, unknown> {
  const raw: Record<string, unknown> = { provider: shape.name };
  const groups: Record<string, Record<string, string>> = { credentials: {} };
  for (const { name, path } of given) {
    const [first, second] = path;
    const value = env[name] ?? '';
    if (second === undefined)
      raw[first] = shape.settings?.[first]?.type === 'count' ? wholeNumber(value) : reference(value, name, shape.settings?.[first]?.type);
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

function variableFault(fault: Fault, variables: readonly Variable[]): ConfigError {
  const variable = variables.find(({ path }) => path.join('.') === fault.path.join('.'));
  return new ConfigError(`${variable?.name ?? 'the environment'} ${fault.text}`);
}
