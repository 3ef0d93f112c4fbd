// What a record leads to, as commands ready to paste: the things it names, and the lists of what belongs to it.
import { type Endpoint, optionName } from '../core/endpoint.ts';
import { isObject, type Json, type JsonObject, textOrNumber } from '../core/json.ts';
import { type KeyValues, mainKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { type Lead, leadsOf, reverseOf } from '../core/relations.ts';
import { argumentList, optionArguments, shellWord } from '../core/shell.ts';
import type { ListPart } from '../http/pages.ts';

const mostCommands = 8;

/** Under which profile a command asks again. */
export interface Asked {
  readonly provider: Provider;
  readonly profile: { readonly name: string };
  /** `sandbox` for the embedded one. */
  readonly host: string;
  /** The configuration, where it is not one of the usual ones. */
  readonly config?: string | undefined;
}

/** Records of one endpoint, and the keys by which they were asked for. */
export interface Found {
  readonly system: Asked;
  readonly endpoint: Endpoint;
  readonly keys: KeyValues;
  readonly records: readonly JsonObject[];
  /** Of a list that goes on behind what was read. */
  readonly part?: ListPart | undefined;
}

/** The command that asks an endpoint of a system again. */
export function commandOf(...asked: Parameters<typeof argumentsOf>): string {
  return lineOf(argumentsOf(...asked));
}

/** The same as the words behind `loanq`. */
export function argumentsOf(
  { provider, profile, host, config }: Asked,
  endpoint: Endpoint,
  keys: KeyValues,
  params: KeyValues = {},
  more: readonly string[] = [],
): string[] {
  const where =
    host === 'sandbox' ? ['--sandbox'] : [...under(profile.name), ...(config === undefined ? [] : optionArguments('--config', config))];
  const options = Object.entries(params).flatMap(([parameter, value]) => optionArguments(`--${optionName(parameter)}`, value));
  return [provider.name, endpoint.name, ...argumentList(Object.values(keys), [...options, ...where, ...more])];
}

function under(profile: string): string[] {
  return optionArguments(profile.startsWith('-') ? '--profile' : '-p', profile);
}

/** Words behind `loanq` as a line to paste into a shell. */
export function lineOf(words: readonly string[]): string {
  return ['loanq', ...words.map(shellWord)].join(' ');
}

/** Commands for what the records found name, and then for what belongs to them, each once, and few enough to read. */
export function relatedCommands(found: readonly Found[]): string[] {
  return relatedArguments(found).map(lineOf);
}

/** The same as the words behind `loanq`. */
export function relatedArguments(found: readonly Found[]): string[][] {
  const asked = new Set(found.map(({ system, endpoint, keys }) => commandOf(system, endpoint, keys)));
  const commands = new Map([...found.flatMap(namedBy), ...found.flatMap(belongingTo)].map(words => [lineOf(words), words]));
  return [...commands].flatMap(([line, words]) => (asked.has(line) ? [] : [words])).slice(0, mostCommands);
}

/** What an endpoint that names a single thing is asked by, if the id may be one. */
function namedBy({ system, endpoint, keys, records }: Found): string[][] {
  return leadsOf(system.provider, endpoint).flatMap(({ target, route, ...lead }) =>
    idsAt(lead, keys, records).flatMap(id => {
      const { grammar } = (route.by === 'key' ? target.keys?.[route.parameter] : target.params?.[route.parameter]) ?? {};
      if (grammar?.pattern.test(id) === false) return [];
      if (route.by === 'filter') return [argumentsOf(system, target, {}, { [route.parameter]: id })];
      const carried = Object.fromEntries(route.carried.map(parameter => [parameter, keys[parameter] ?? '']));
      return [argumentsOf(system, target, { ...carried, [route.parameter]: id })];
    }),
  );
}

function idsAt({ path, request }: Pick<Lead, 'path' | 'request'>, keys: KeyValues, records: readonly JsonObject[]): string[] {
  const values = request ? [keys[path[0] ?? ''] ?? null] : records.flatMap(record => valuesAt(record, path));
  return values.map(value => textOrNumber(value) ?? '').filter(id => id !== '');
}

/** The values at a path of names, of each element where there is a list on the way. */
function valuesAt(value: Json, [name, ...rest]: readonly string[]): Json[] {
  if (Array.isArray(value)) return value.flatMap(element => valuesAt(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return [value];
  return isObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name] ?? null, rest) : [];
}

/** Lists that take the id of the one record that was asked for. */
function belongingTo({ system, endpoint, keys, records }: Found): string[][] {
  const main = mainKey(endpoint);
  const [record, ...others] = records;
  if (main === undefined || record === undefined || others.length > 0) return [];
  const id = main.key.field === undefined ? keys[main.parameter] : idsAt({ path: main.key.field.split('.') }, keys, [record])[0];
  if (id === undefined) return [];
  return reverseOf(system.provider, endpoint).flatMap(({ endpoint: list, parameter, isKey }) => {
    const { grammar } = (isKey ? list.keys?.[parameter] : list.params?.[parameter]) ?? {};
    if (grammar?.pattern.test(id) === false) return [];
    return [isKey ? argumentsOf(system, list, { [parameter]: id }) : argumentsOf(system, list, {}, { [parameter]: id })];
  });
}
