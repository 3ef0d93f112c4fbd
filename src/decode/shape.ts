// Checks a record against its documented fields. Unreadable keys and amounts are errors; any other drift is collected.
import { isDecimal } from '../core/decimal.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import type { Field, Fields } from '../core/fields.ts';
import { isText, type Json, type JsonObject, numberText } from '../core/json.ts';

/** Ways in which answers differed from the documented shape: `missing utr` → how often. */
export type Drift = Map<string, number>;

/** Checks one record; adds to `drift`. Throws ResponseError for an amount that is no number and for a missing key. */
export function checkShape(endpoint: Endpoint, record: JsonObject, drift: Drift): void {
  for (const key of Object.values(endpoint.keys ?? {})) {
    if (key.field === undefined) continue;
    const value = record[key.field];
    if (value === undefined || value === null || (!isText(value) && numberText(value) === undefined)) {
      throw new ResponseError(`the answer has no ${key.field}, so it cannot be told whose it is`);
    }
  }
  checkFields(endpoint.fields, record, '', drift);
}

/** Entries of a set of fields: looked up for every record, so made once. */
const entriesOf = new WeakMap<Fields, readonly (readonly [name: string, field: Field])[]>();

function fieldEntries(fields: Fields): readonly (readonly [name: string, field: Field])[] {
  let entries = entriesOf.get(fields);
  if (entries === undefined) {
    entries = Object.entries(fields);
    entriesOf.set(fields, entries);
  }
  return entries;
}

function checkFields(fields: Fields, record: JsonObject, prefix: string, drift: Drift): void {
  let present = 0;
  for (const [name, field] of fieldEntries(fields)) {
    const value = record[name];
    if (value === undefined) {
      if (!field.optional) count(drift, `missing ${prefix}${name}`);
      continue;
    }
    present += 1;
    if (value !== null) checkValue(field, value, prefix, name, drift);
  }
  const names = Object.keys(record);
  if (names.length === present) return;
  for (const name of names) if (!Object.hasOwn(fields, name)) count(drift, `unknown ${prefix}${name}`);
}

function checkValue(field: Field, value: Json, prefix: string, name: string, drift: Drift): void {
  if (isPlainly(field, value)) return;
  const path = prefix + name;
  switch (field.kind) {
    case 'money':
      if (!isDecimal(numberText(value) ?? (isText(value) ? value : ''))) throw new ResponseError(`${path} is not an amount`);
      return;
    case 'group':
      if (isObject(value)) checkFields(field.fields, value, `${path}.`, drift);
      else count(drift, `changed ${path}`);
      return;
    case 'list':
      checkList(field.fields, value, path, drift);
      return;
    case 'enum':
      if (!field.open && !Object.hasOwn(field.values, asText(value))) count(drift, `unlisted ${path} ${asText(value)}`);
      return;
    case 'any':
      return;
    case 'flag':
      if (typeof value !== 'boolean') count(drift, `changed ${path}`);
      return;
    case 'number':
    case 'instant':
    case 'id':
      if (!isText(value) && numberText(value) === undefined) count(drift, `changed ${path}`);
      return;
    default:
      if (!isText(value)) count(drift, `changed ${path}`);
  }
}

/** The usual case, decided without building the path. */
function isPlainly({ kind }: Field, value: Json): boolean {
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'text' || kind === 'url' || kind === 'day' || kind === 'date-text') return isText(value);
  return kind === 'any' || ((kind === 'id' || kind === 'instant' || kind === 'number') && (typeof value === 'number' || isText(value)));
}

function checkList(fields: Fields | undefined, value: Json, path: string, drift: Drift): void {
  if (!Array.isArray(value)) {
    count(drift, `changed ${path}`);
    return;
  }
  if (fields === undefined) return;
  for (const element of value) {
    if (isObject(element)) checkFields(fields, element, `${path}.`, drift);
    else count(drift, `changed ${path}`);
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: Json): string {
  return numberText(value) ?? (isText(value) ? value : typeof value === 'boolean' ? String(value) : '');
}

function count(drift: Drift, what: string): void {
  drift.set(what, (drift.get(what) ?? 0) + 1);
}

const maxNamed = 5;

/** One sentence about the drift of a run, or undefined when there was none. */
export function describeDrift(drift: Drift): string | undefined {
  if (drift.size === 0) return undefined;
  const named = [...drift.keys()].slice(0, maxNamed).join(', ');
  const rest = drift.size > maxNamed ? ` and ${drift.size - maxNamed} more` : '';
  return `answers differ from the documented shape: ${named}${rest}`;
}
