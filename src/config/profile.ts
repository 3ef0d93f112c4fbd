// A profile ready for use: checked values with their paths resolved, and where its secrets are, never the secrets themselves.
import type { CallProfile } from '../core/profile.ts';
import { credentialNames, type Provider } from '../core/provider.ts';
import { readBaseUrl } from './base-url.ts';
import { resolvePath } from './locations.ts';
import type { RawProfile } from './schema.ts';
import { type GivenSource, parseSource, type SecretSource, type SourceBase } from './secret-source.ts';

/** Frozen. Values that flags may override are absent when the profile does not set them. */
export interface Profile extends CallProfile {
  /** By name; never the secrets themselves. */
  readonly credentials: Readonly<Record<string, SecretSource>>;
  /** Public keys of the provider or tenant, by setting name: PEM or base64 text, or where it is. */
  readonly keys: Readonly<Record<string, SecretSource>>;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Requests per second. */
  readonly maxRate?: number;
  readonly concurrency?: number;
  /** Absolute. */
  readonly caFile?: string;
  readonly tz?: string;
  /** What kind of data it has, in the user's words: `production`. */
  readonly environment?: string;
  readonly output?: RawProfile['output'];
  readonly showPersonal?: boolean;
  readonly lang?: RawProfile['lang'];
  /** Path of the config file, or `environment`. */
  readonly source: string;
}

/** Host and port where a profile asks; the embedded sandbox has another port each time. */
export function hostOf({ source, baseUrl }: Pick<Profile, 'source' | 'baseUrl'>): string {
  return source === 'sandbox' ? 'sandbox' : URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** Where answers come from, for people: `crego: preprod.api.crego.io, pre-production`. */
export function originOf(profile: Pick<Profile, 'name' | 'source' | 'baseUrl' | 'environment'>): string {
  const environment = profile.environment === undefined ? '' : `, ${profile.environment}`;
  return `${profile.name}: ${hostOf(profile)}${environment}`;
}

/** A checked profile as it stands, with its paths resolved. Throws ConfigError when one cannot be. */
export function makeProfile(name: string, raw: RawProfile, provider: Provider, base: SourceBase, source: string): Profile {
  const settings: Record<string, string> = {};
  const paths: Record<string, string> = {};
  const keys: Record<string, SecretSource> = {};
  for (const [setting, { type }] of Object.entries(provider.settings ?? {})) {
    const value = raw[setting];
    if (value === undefined) continue;
    if (type === 'key') keys[setting] = parseSource(value as GivenSource, base);
    else if (type === 'paths') Object.assign(paths, value);
    else settings[setting] = String(value);
  }
  const credentials = credentialNames(provider).flatMap(credential => {
    const given = raw.credentials[credential];
    return given === undefined ? [] : [[credential, parseSource(given, base)] as const];
  });
  return Object.freeze({
    name,
    provider: provider.name,
    baseUrl: baseUrlOf(raw, provider),
    credentials: Object.freeze(Object.fromEntries(credentials)),
    settings: Object.freeze(settings),
    paths: Object.freeze(paths),
    keys: Object.freeze(keys),
    ...(raw.timeout !== undefined && { timeoutMs: Math.ceil(raw.timeout * 1000) }),
    ...(raw.retries !== undefined && { retries: raw.retries }),
    ...(raw.maxRate !== undefined && { maxRate: raw.maxRate }),
    ...(raw.concurrency !== undefined && { concurrency: raw.concurrency }),
    ...(raw.caFile !== undefined && { caFile: resolvePath(raw.caFile, base.directory ?? '/', base) }),
    ...(raw.tz !== undefined && { tz: raw.tz }),
    ...(raw.environment !== undefined && { environment: raw.environment }),
    ...(raw.output !== undefined && { output: raw.output }),
    ...(raw.showPersonal !== undefined && { showPersonal: raw.showPersonal }),
    ...(raw.lang !== undefined && { lang: raw.lang }),
    source,
  });
}

function baseUrlOf(raw: RawProfile, provider: Provider): string {
  const read = readBaseUrl(raw.baseUrl ?? provider.baseUrl);
  return 'url' in read ? read.url : provider.baseUrl;
}
