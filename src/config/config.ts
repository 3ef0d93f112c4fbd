// Loads a config file: read, checked key by key, and refused when it keeps secrets where others can read them.
import { dirname } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { isOpenCredential, type Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';
import { type Reader, refuseReadable } from '../files/guarded-file.ts';
import { type ConfigFile, readConfig } from './config-file.ts';
import { resolvePath } from './locations.ts';
import { isPlainConfig } from './plain-config.ts';
import { makeProfile, type Profile } from './profile.ts';
import type { RawConfig, RawProfile } from './schema.ts';
import { type SchemaFault, suggest } from './schema-fault.ts';
import { isLiteral, type SourceBase } from './secret-source.ts';

export interface Config {
  /** Absolute. */
  readonly path: string;
  /** Provider name → profile name. */
  readonly defaults: ReadonlyMap<string, string>;
  /** By name, in the order of the file. */
  readonly profiles: ReadonlyMap<string, ProfileEntry>;
  /** File that gets one line for each key or list that is looked up; absolute. */
  readonly audit?: string;
}

/** A profile of the file. What it holds is only seen through `open`, so that a dump of the configuration shows no literal secret. */
export interface ProfileEntry {
  readonly name: string;
  readonly provider: string;
  /** Throws ConfigError when a path in it cannot be resolved. */
  readonly open: () => Profile;
}

export interface LoadOptions extends Reader {
  /** Every provider by its name. Those that the profiles name are loaded; all of them to say what is wrong. */
  readonly providers: Readonly<Record<string, { readonly load: () => Promise<Provider> }>>;
  readonly home: string;
}

/** Loads the config file at an absolute path. Throws ConfigError that names file, key and, where known, line, and no value. */
export async function loadConfig(path: string, options: LoadOptions): Promise<Config> {
  const file = await readConfig(path, options);
  const providers = await loadProviders(namedProviders(file.data), options);
  const raw = await checkConfig(file, providers, options);
  if (holdsSecrets(raw, providers)) refuseReadable(path, file.mode, options.platform);
  refuseStrayDefaults(raw, file);
  const base: SourceBase = { directory: dirname(path), home: options.home, platform: options.platform };
  return Object.freeze({
    path,
    defaults: new Map(Object.entries(raw.defaults ?? {})),
    profiles: new Map(Object.entries(raw.profiles ?? {}).map(([name, profile]) => [name, entryOf(name, profile, providers, base, path)])),
    ...(raw.audit !== undefined && { audit: resolvePath(raw.audit, dirname(path), base) }),
  });
}

async function checkConfig(file: ConfigFile, named: ReadonlyMap<string, Provider>, options: LoadOptions): Promise<RawConfig> {
  const names = Object.keys(options.providers);
  if (isPlainConfig(file.data, names, named, options.platform)) return file.data;
  const { judgeConfig } = await import('./verdict.ts');
  const verdict = judgeConfig(file.data, [...(await loadProviders(names, options)).values()], options.platform);
  if ('fault' in verdict) throw fileFault(verdict.fault, file);
  return verdict.raw;
}

/** What stands where profiles name their providers; nothing is checked. */
function namedProviders(data: unknown): string[] {
  const profiles: unknown = Object(data).profiles;
  const names: unknown[] = Object.values(Object(profiles)).map((profile: unknown) => Object(profile).provider);
  return [...new Set(names.filter(name => typeof name === 'string'))];
}

async function loadProviders(names: readonly string[], { providers }: LoadOptions): Promise<ReadonlyMap<string, Provider>> {
  const known = names.filter(name => Object.hasOwn(providers, name));
  const loaded = await Promise.all(known.map(async name => [name, await providers[name]?.load()] as const));
  return new Map(loaded.flatMap(([name, provider]) => (provider === undefined ? [] : [[name, provider] as const])));
}

function entryOf(name: string, raw: RawProfile, providers: ReadonlyMap<string, Provider>, base: SourceBase, path: string): ProfileEntry {
  const open = (): Profile => {
    const provider = providers.get(raw.provider);
    if (provider === undefined) throw new ConfigError(say`profile "${name}" is for a provider that does not exist`);
    return makeProfile(name, raw, provider, base, path);
  };
  return Object.freeze({ name, provider: raw.provider, open });
}

/** Whether a secret itself stands in the file. E-mail addresses and client ids are none. */
function holdsSecrets(raw: RawConfig, providers: ReadonlyMap<string, Provider>): boolean {
  return Object.values(raw.profiles ?? {}).some(profile => {
    const provider = providers.get(profile.provider);
    const isSecret = (name: string): boolean => provider === undefined || !isOpenCredential(provider, name);
    return Object.entries(profile.credentials).some(([name, given]) => isLiteral(given) && isSecret(name));
  });
}

function refuseStrayDefaults(raw: RawConfig, file: ConfigFile): void {
  const profiles = new Map(Object.entries(raw.profiles ?? {}));
  for (const [provider, name] of Object.entries(raw.defaults ?? {})) {
    const profile = profiles.get(name);
    if (profile?.provider === provider) continue;
    const fault = profile === undefined ? say`names a profile that does not exist` : say`names a profile that is for ${profile.provider}`;
    const close = profile === undefined ? suggest(name, [...profiles.keys()]) : undefined;
    throw new ConfigError(say`${file.path}: defaults.${provider} ${fault}`, close === undefined ? {} : { hint: close });
  }
}

function fileFault(fault: SchemaFault, file: ConfigFile): ConfigError {
  const place = fault.path.map(key => (/^[\w$-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
  const key = fault.unknown ?? fault.path.at(-1);
  const line = key === undefined ? undefined : file.lineOf(key);
  const where = line === undefined ? file.path : say`${file.path}, line ${line}`;
  if (fault.unknown === undefined) return new ConfigError(say`${where}: ${place === '' ? say`the file` : place} ${fault.text}`);
  return new ConfigError(say`${where}: ${place === '' ? '' : say`in ${place}: `}${fault.text}`);
}
