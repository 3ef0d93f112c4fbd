// A row: one record of the provider and the keys it was asked for by.
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import type { Column } from './columns.ts';

export interface Row {
  readonly record: JsonObject;
  /** Keys asked for, by documented parameter name. */
  readonly request: Readonly<Record<string, string>>;
}

/** A table holds back so many rows, to measure its columns by, or to tell them from; a shorter one comes out at its end. */
export const measuredRows = 1_000;

/** The value of a column in a row; undefined when the record does not have the field. */
export function cellOf(row: Row, column: Column): Json | undefined {
  if (column.request) return memberOf(row.request, column.path[0] ?? '');
  return valueAt(row.record, column.path);
}

/** `cellOf` for one column of many rows: what its names are is looked at once. */
export function cellReader(column: Column): (row: Row) => Json | undefined {
  const [name = '', ...rest] = column.path;
  const isPlain = !column.request && rest.length === 0 && !inherited.has(name);
  return isPlain ? row => row.record[name] : row => cellOf(row, column);
}

/** The value at a path of member names; undefined when a step is missing or is no object. */
export function valueAt(record: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = record;
  for (const name of path) value = isObject(value) ? memberOf(value, name) : undefined;
  return value;
}

/** A record as one row, or one row per element of the list asked for. */
export function rowsOf(record: JsonObject, request: Row['request'], explode: string | undefined): Row[] {
  return explode === undefined ? [{ record, request }] : explodeRow({ record, request }, explode);
}

/** One row per element of a nested list, the element in place of the list; an empty or missing list leaves one row with null. */
export function explodeRow(row: Row, list: string): Row[] {
  const path = list.split('.');
  const elements = valueAt(row.record, path) ?? [];
  if (!Array.isArray(elements)) return [row];
  const rows = elements.map((element: Json) => ({ ...row, record: replaceAt(row.record, path, element) }));
  return rows.length === 0 ? [{ ...row, record: replaceAt(row.record, path, null) }] : rows;
}

/** Names that every object answers to. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function memberOf<V>(members: { readonly [name: string]: V }, name: string): V | undefined {
  return inherited.has(name) && !Object.hasOwn(members, name) ? undefined : members[name];
}

function replaceAt(record: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...record, [name]: value };
  const inner = memberOf(record, name);
  return isObject(inner) ? { ...record, [name]: replaceAt(inner, rest, value) } : record;
}
