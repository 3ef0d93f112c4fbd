// What a config file may hold, key by key, and the words for what it may not. The same schema becomes config.schema.json. Loaded only
// for a configuration that `plain-config.ts` does not know to be right.
import * as z from 'zod/mini';
import { type Bounds, bounds, boundsFault } from '../core/bounds.ts';
import { languages, screenFormats } from '../core/formats.ts';
import { credentialNames, type Provider, type Setting, unpublishedPaths } from '../core/provider.ts';
import type { Words } from '../core/say.ts';
import { asText, unknownKey } from './schema-fault.ts';
import { type GivenSource, sourceFault } from './secret-source.ts';
import { baseUrlFault, ipFault, pathFault, profileName, schemeFault, textFault, zoneFault } from './value-faults.ts';

/** A config file that has passed the schema. */
export interface RawConfig {
  readonly defaults?: Readonly<Record<string, string>>;
  readonly profiles?: Readonly<Record<string, RawProfile>>;
  readonly audit?: string;
}

/** A profile that has passed the schema: the common keys, and under their own names the settings of its provider. */
export interface RawProfile extends z.infer<typeof commonKeys> {
  readonly provider: string;
  readonly credentials: Readonly<Record<string, GivenSource>>;
  readonly [setting: string]: unknown;
}

/** Sentences for editors. */
export const notes = z.registry<{ description: string; id?: string }>();

const common = {
  baseUrl: z.optional(
    z
      .string()
      .check(faulty(baseUrlFault))
      .register(notes, { description: 'Where the provider answers: https, without query; a path prefix is fine' }),
  ),
  timeout: z.optional(number(bounds.timeout).register(notes, { description: 'Limit of one attempt in seconds' })),
  retries: z.optional(number(bounds.retries).register(notes, { description: 'Tries after the first' })),
  maxRate: z.optional(number(bounds.maxRate).register(notes, { description: 'Requests per second' })),
  concurrency: z.optional(number(bounds.concurrency).register(notes, { description: 'Requests at the same time' })),
  caFile: z.optional(text().register(notes, { description: 'PEM file with certificates to trust besides the default ones' })),
  tz: z.optional(z.string().check(faulty(zoneFault)).register(notes, { description: 'Time zone of shown times, e.g. Asia/Shanghai' })),
  environment: z.optional(text().register(notes, { description: 'Which environment this is, such as production; shown beside the host' })),
  output: z.optional(z.enum(screenFormats).register(notes, { description: 'Format on a terminal' })),
  showPersonal: z.optional(z.boolean().register(notes, { description: 'Show personal data whole in tables' })),
  lang: z.optional(z.enum(languages).register(notes, { description: 'Language of labels' })),
};
const commonKeys = z.object(common);

/** The schema of a whole file. `platform` decides what an absolute path looks like. */
export function configSchema(providers: readonly Provider[], platform: NodeJS.Platform): z.ZodMiniType {
  const source = sourceSchema(platform);
  const [first, ...others] = providers.map(provider => profileSchema(provider, source));
  const profile = first === undefined ? z.never() : z.discriminatedUnion('provider', [first, ...others]);
  const defaults = strict(Object.fromEntries(providers.map(provider => [provider.name, z.optional(z.string())])));
  return strict({
    $schema: z.optional(z.string()),
    defaults: z.optional(defaults.register(notes, { description: 'Which profile to use for a provider' })),
    profiles: z.optional(z.record(z.string().check(z.regex(profileName)), profile)),
    audit: z.optional(text().register(notes, { description: 'File that gets one line per key or list looked up' })),
  });
}

/** The schema of one profile of a provider. */
export function profileSchema(provider: Provider, source: z.ZodMiniType) {
  const settings = Object.entries(provider.settings ?? {}).map(([name, setting]) => [
    name,
    z.optional(settingSchema(setting, provider, source)),
  ]);
  return strict({
    provider: z.literal(provider.name),
    credentials: credentialsSchema(provider, source),
    ...common,
    ...(Object.fromEntries(settings) as Record<string, z.ZodMiniType>),
  });
}

function credentialsSchema(provider: Provider, source: z.ZodMiniType) {
  const members = credentialNames(provider).map(name => [name, z.optional(source)]);
  return strict(Object.fromEntries(members) as Record<string, z.ZodMiniType>).check(
    faulty(given => schemeFault(Object.keys(given), provider)),
  );
}

function settingSchema(setting: Setting, provider: Provider, source: z.ZodMiniType): z.ZodMiniType {
  const schema = bareSetting(setting, provider, source);
  return schema === source ? schema : schema.register(notes, { description: setting.about });
}

function bareSetting({ type, choices = [], max }: Setting, provider: Provider, source: z.ZodMiniType): z.ZodMiniType {
  switch (type) {
    case 'text':
      return text();
    case 'ip':
      return z.string().check(faulty(ipFault));
    case 'count':
      return number({ min: 1, max: max ?? Number.MAX_SAFE_INTEGER, whole: true });
    case 'choice':
      return z.enum(choices);
    case 'key':
      return source;
    case 'paths':
      return strict(Object.fromEntries(unpublishedPaths(provider).map(name => [name, z.optional(z.string().check(faulty(pathFault)))])));
  }
}

/** A secret or a key, written down or referred to. */
export function sourceSchema(platform: NodeJS.Platform) {
  const command = strict({ command: z.array(z.string()) });
  const source = z.union([z.string(), command]).check(faulty(given => sourceFault(given, platform)));
  return source.register(notes, { id: 'source', description: 'env:NAME, file:PATH, keyring:ACCOUNT, a command, or the value itself' });
}

function strict<const T extends Readonly<Record<string, z.ZodMiniType>>>(members: T) {
  const known = Object.keys(members);
  return z.strictObject(members, {
    error: issue => (issue.code === 'unrecognized_keys' ? asText(unknownKey(issue.keys[0] ?? '', known)) : undefined),
  });
}

function text() {
  return z.string().check(faulty(textFault));
}

function number(allowed: Bounds) {
  const error = asText(boundsFault(allowed));
  const schema = allowed.whole === true ? z.int({ error }) : z.number({ error });
  return schema.check(z.minimum(allowed.min, { error }), z.maximum(allowed.max, { error }));
}

function faulty<T>(find: (value: T) => Words | undefined) {
  return z.check<T>(payload => {
    const fault = find(payload.value);
    if (fault !== undefined) payload.issues.push({ code: 'custom', message: asText(fault), input: payload.value });
  });
}
