// A quick look at a configuration: most are right, and to know that takes no schema, which takes longer to load than a lookup to make.
// It is exact one way only: what it takes, the schema takes as it stands; about anything else it says nothing, and the schema decides.
import { bounds, isWithin } from '../core/bounds.ts';
import { languages, screenFormats } from '../core/formats.ts';
import { credentialNames, type Provider, type Setting, unpublishedPaths } from '../core/provider.ts';
import type { RawConfig, RawProfile } from './schema.ts';
import { type GivenSource, sourceFault } from './secret-source.ts';
import { baseUrlFault, ipFault, pathFault, profileName, schemeFault, textFault, zoneFault } from './value-faults.ts';

type Look = (value: unknown) => boolean;

/** `loaded` holds the providers that the profiles name, `names` the words of all there are. */
export function isPlainConfig(
  data: unknown,
  names: readonly string[],
  loaded: ReadonlyMap<string, Provider>,
  platform: NodeJS.Platform,
): data is RawConfig {
  const isProfile: Look = value => {
    const provider = isObject(value) && typeof value.provider === 'string' ? loaded.get(value.provider) : undefined;
    return provider !== undefined && isPlainProfile(value, provider, platform);
  };
  return isObjectOf(data, {
    $schema: isText,
    defaults: value => isObject(value) && Object.entries(value).every(([name, chosen]) => names.includes(name) && isText(chosen)),
    profiles: value => isObject(value) && Object.entries(value).every(([name, profile]) => profileName.test(name) && isProfile(profile)),
    audit: without(textFault),
  });
}

/** The same for one profile. */
export function isPlainProfile(data: unknown, provider: Provider, platform: NodeJS.Platform): data is RawProfile {
  if (!isObject(data) || data.provider !== provider.name || !isObject(data.credentials)) return false;
  const isGiven: Look = value => isSource(value) && sourceFault(value, platform) === undefined;
  const credentials = Object.fromEntries(credentialNames(provider).map(name => [name, isGiven]));
  const settings = Object.entries(provider.settings ?? {}).map(
    ([name, setting]) => [name, settingLook(setting, provider, isGiven)] as const,
  );
  return isObjectOf(data, {
    provider: isText,
    credentials: value => isObjectOf(value, credentials) && schemeFault(Object.keys(value), provider) === undefined,
    baseUrl: without(baseUrlFault),
    timeout: value => typeof value === 'number' && isWithin(value, bounds.timeout),
    retries: value => typeof value === 'number' && isWithin(value, bounds.retries),
    maxRate: value => typeof value === 'number' && isWithin(value, bounds.maxRate),
    concurrency: value => typeof value === 'number' && isWithin(value, bounds.concurrency),
    caFile: without(textFault),
    tz: without(zoneFault),
    output: value => screenFormats.some(format => format === value),
    showPersonal: value => typeof value === 'boolean',
    lang: value => languages.some(language => language === value),
    ...Object.fromEntries(settings),
  });
}

function settingLook({ type, choices = [], max = Number.MAX_SAFE_INTEGER }: Setting, provider: Provider, isGiven: Look): Look {
  switch (type) {
    case 'text':
      return without(textFault);
    case 'ip':
      return without(ipFault);
    case 'count':
      return value => typeof value === 'number' && isWithin(value, { min: 1, max, whole: true });
    case 'choice':
      return value => typeof value === 'string' && choices.includes(value);
    case 'key':
      return isGiven;
    case 'paths': {
      const names = unpublishedPaths(provider);
      return value => isObject(value) && Object.entries(value).every(([name, path]) => names.includes(name) && without(pathFault)(path));
    }
  }
}

/** Whether each member is known and right. None has to be there. */
function isObjectOf(value: unknown, members: Readonly<Record<string, Look>>): value is Readonly<Record<string, unknown>> {
  return (
    isObject(value) && Object.entries(value).every(([name, member]) => Object.hasOwn(members, name) && members[name]?.(member) === true)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isSource(value: unknown): value is GivenSource {
  return isText(value) || (isObjectOf(value, { command: Array.isArray }) && Array.isArray(value.command) && value.command.every(isText));
}

function without(fault: (given: string) => string | undefined): Look {
  return value => typeof value === 'string' && fault(value) === undefined;
}
