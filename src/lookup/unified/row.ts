// A record of one system as a row among those of others: each column from where the endpoint's literal says, as the provider sent it.
import { addDecimals, isDecimal, negateDecimal } from '../../core/decimal.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import type { Field, Fields } from '../../core/fields.ts';
import { isText, type Json, type JsonObject, makeNumber, scalarText } from '../../core/json.ts';
import type { KeyValues } from '../../core/keys.ts';
import { maskText } from '../../core/personal.ts';
import { type UnifiedColumn, type UnifiedSource, unifiedColumns } from '../../core/unified.ts';
import { valueAt } from '../../output/rows.ts';
import { readInstant, utcText } from '../../output/text/instants.ts';

/** Where a record was found. */
export interface FoundAt {
  /** The id as it was asked for. */
  readonly key: string;
  readonly provider: string;
  readonly profile: string;
  readonly host: string;
  readonly endpoint: Endpoint;
  /** Keys asked for, by documented parameter name. */
  readonly request: KeyValues;
}

/** The row of a record; every column is there, unknown ones are null. `masked`: what the endpoint declares personal is hidden. */
export function unifiedRow(record: JsonObject, at: FoundAt, masked: boolean): JsonObject {
  const { endpoint, request } = at;
  const { unified } = endpoint;
  const sources = unifiedColumns.map(column => [column, unified?.[column]] as const);
  const from = { record, request, fields: endpoint.fields, masked };
  const read: Read = path => readField(path, from);
  const values = sources.map(([column, source]) => [column, source === undefined ? null : take(source, read, record)] as const);
  const derived = sources.flatMap(([column, source], place): UnifiedColumn[] =>
    typeof source === 'object' && values[place]?.[1] !== null ? [column] : [],
  );
  return {
    key: at.key,
    provider: at.provider,
    profile: at.profile,
    host: at.host,
    endpoint: endpoint.name,
    kind: unified?.kind ?? null,
    ...Object.fromEntries(values),
    derived: derived.length === 0 ? null : derived,
  };
}

type Read = (path: string) => Json;

function take(source: UnifiedSource, read: Read, record: JsonObject): Json {
  if (typeof source === 'string') return read(source);
  if ('join' in source) return joined(source.join.map(path => valueAt(record, path.split('.')) ?? null));
  if ('sum' in source) return sumOf(source.sum.map(read));
  if ('less' in source) {
    const [from, what] = source.less.map(read);
    return sumOf([from ?? null, negated(what ?? null)]);
  }
  if ('first' in source) return elements(source.first, read)[0] ?? null;
  if ('latest' in source) return latest(elements(source.latest, read));
  const list = read(source.only);
  return Array.isArray(list) && list.length === 1 ? (list[0] ?? null) : null;
}

interface From {
  readonly record: JsonObject;
  readonly request: KeyValues;
  readonly fields: Fields;
  readonly masked: boolean;
}

/** A value as sent, but instants of every unit as RFC 3339, so that those of several systems can be compared. */
function readField(path: string, { record, request, fields, masked }: From): Json {
  const steps = path.split('.');
  if (steps[0] === 'request') return request[steps.slice(1).join('.')] ?? null;
  const value = valueAt(record, steps) ?? null;
  const field = fieldAt(fields, steps);
  if (value === null || field === undefined) return value;
  if (field.kind === 'instant') {
    if (field.none !== undefined && scalarText(value) === field.none.is) return null;
    const instant = readInstant(value, field.unit);
    return instant === undefined ? value : utcText(instant);
  }
  const text = scalarText(value);
  return masked && field.personal !== undefined && text !== undefined ? maskText(field.personal, text) : value;
}

/** The documented field at a path of names, through groups and lists. */
export function fieldAt(fields: Fields, [name = '', ...rest]: readonly string[]): Field | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (rest.length === 0 || field === undefined) return field;
  return field.kind === 'group' || field.kind === 'list' ? fieldAt(field.fields ?? {}, rest) : undefined;
}

/** The values of a field in each element of a list: `invoice_items.amount`. */
function elements(path: string, read: Read): Json[] {
  const steps = path.split('.');
  const list = read(steps.slice(0, -1).join('.'));
  return Array.isArray(list) ? list.flatMap((element: Json) => valueAt(element, steps.slice(-1)) ?? []) : [];
}

/** Days are compared as they are written; one that is written otherwise leaves the whole unknown. */
function latest(days: readonly Json[]): Json {
  const texts = days.filter(day => isText(day) && /^\d{4}-\d\d-\d\d$/.test(day)) as string[];
  return texts.length === days.length ? (texts.sort().at(-1) ?? null) : null;
}

function joined(parts: readonly Json[]): Json {
  const texts = parts.map(scalarText);
  return texts.every(text => text !== undefined) ? texts.join('#') : null;
}

function sumOf(parts: readonly Json[]): Json {
  const texts = parts.map(part => scalarText(part) ?? '');
  const sum = texts.every(isDecimal) ? addDecimals(texts) : undefined;
  return sum === undefined ? null : makeNumber(sum);
}

function negated(part: Json): Json {
  const text = scalarText(part) ?? '';
  return isDecimal(text) ? makeNumber(negateDecimal(text)) : null;
}
