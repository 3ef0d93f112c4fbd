// Keys as users give them: trimmed, checked against the endpoint's grammar, and refused before anything is sent.
import { type Endpoint, envelopesOf, type Key, optionName } from './endpoint.ts';
import { UsageError } from './errors.ts';
import { say, sayingOf, type Words } from './say.ts';

/** The keys of one lookup, by documented parameter name. */
export type KeyValues = Readonly<Record<string, string>>;

/** One lookup of a run. */
export interface KeyTuple {
  /** Position among the keys of the run, from 0. */
  readonly ordinal: number;
  readonly values: KeyValues;
  /** Line of the key file, if it came from one. */
  readonly line?: number;
}

const maxKeyBytes = 256;
const clinging: ReadonlySet<string> = new Set(' \t\r\n\u00a0\u3000"\'`“”„‘’‹›«»,，;；');

/** Removes what clings to a key pasted from a mail or a spreadsheet: quotes, blanks and trailing commas around it. */
export function trimKey(given: string): string {
  let start = 0;
  let end = given.length;
  while (start < end && clinging.has(given.charAt(start))) start += 1;
  while (end > start && clinging.has(given.charAt(end - 1))) end -= 1;
  return given.slice(start, end);
}

/** Returns the trimmed key, or throws a UsageError that says what is wrong with it. */
export function checkKey(parameter: string, key: Key, given: string): string {
  const value = trimKey(given);
  const refuse = (sentence: Words, shown = value): UsageError => new UsageError(sentence, key.personal ? {} : { keys: [shown] });
  const said = key.personal ? parameter : value;
  if (value === '') throw refuse(say`${parameter} is empty`, given);
  if (Buffer.byteLength(value) > maxKeyBytes) {
    throw refuse(say`${parameter} is longer than ${maxKeyBytes} bytes`, `${value.slice(0, 40)}…`);
  }
  const lookalike = key.grammar.lookalikes?.find(other => other.pattern.test(value));
  if (lookalike) throw refuse(say`${said} ${sayingOf(lookalike.say)}`);
  if (value === '.' || value === '..' || !key.grammar.pattern.test(value)) {
    throw refuse(say`${key.personal ? parameter : `${parameter} "${value}"`} is not ${sayingOf(key.grammar.name)}`);
  }
  return value;
}

/** Checks the keys of one lookup, given in the order of the endpoint's parameters. */
export function checkKeys(endpoint: Endpoint, given: readonly string[]): KeyValues {
  const entries = Object.entries(endpoint.keys ?? {});
  return Object.fromEntries(entries.map(([parameter, key], at) => [parameter, checkKey(parameter, key, given[at] ?? '')]));
}

const keyed = new WeakMap<Endpoint, Map<string, Endpoint>>();

/** The endpoint with the field that repeats its key, where a parameter decides which that is. */
export function keyedBy(endpoint: Endpoint, params: Readonly<Record<string, string>>): Endpoint {
  const main = mainKey(endpoint);
  const by = main?.key.fieldBy;
  const choice = by && (params[by.param] ?? endpoint.params?.[by.param]?.default);
  const field = choice === undefined || by === undefined || !Object.hasOwn(by.fields, choice) ? undefined : by.fields[choice];
  if (main === undefined || field === undefined || field === main.key.field) return endpoint;
  const known = keyed.get(endpoint) ?? new Map<string, Endpoint>();
  keyed.set(endpoint, known);
  const made = known.get(field) ?? { ...endpoint, keys: { ...endpoint.keys, [main.parameter]: { ...main.key, field } } };
  known.set(field, made);
  return made;
}

/** The key that may be given many times, and by which records are told apart: always the last parameter. */
export function mainKey(endpoint: Endpoint): { readonly parameter: string; readonly key: Key } | undefined {
  const last = Object.entries(endpoint.keys ?? {}).at(-1);
  return last && { parameter: last[0], key: last[1] };
}

/**
 * Whether the main key filters a list, as a customer does its repayments: records do not repeat it, and an empty list is an
 * answer. A single object is never one of a list, also where it does not repeat its key.
 */
export function isFilteredByKey(endpoint: Endpoint): boolean {
  const main = mainKey(endpoint);
  return main !== undefined && main.key.field === undefined && envelopesOf(endpoint).some(envelope => 'items' in envelope);
}

/** Whether a call asks for the rows of a list, by a key or by none, rather than for one record. */
export function isList(endpoint: Endpoint): boolean {
  return mainKey(endpoint) === undefined || isFilteredByKey(endpoint);
}

/** What stands above a column of a key that answers do not repeat: `Wallet key`. */
export function keyHeading(parameter: string): string {
  const words = optionName(parameter).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The key arguments of a usage line: `<wallet-key> <entry-keys...>`. */
export function keyUsage(endpoint: Endpoint): string {
  return Object.values(endpoint.keys ?? {})
    .map(key => `<${key.arg}${key.many ? '...' : ''}>`)
    .join(' ');
}

/** Whether two keys are the same under a grammar (UUIDs are compared without case). */
export function sameKey(key: Key, a: string, b: string): boolean {
  return a === b || (key.grammar.ignoreCase === true && a.toLowerCase() === b.toLowerCase());
}
