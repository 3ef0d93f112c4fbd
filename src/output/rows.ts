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
export function rowsOf(record: JsonObject, request: Row['request'], explode: string | undefined): Iterable<Row> {
  return explode === undefined ? [{ record, request }] : explodeRow({ record, request }, explode);
}

/** One row per element of a nested list, each made when it is wanted: it is a copy of its record, and a list may have millions. */
export function* explodeRow(row: Row, list: string): Generator<Row> {
  const path = list.split('.');
  for (let at = 0, rows = rowCount(row.record, path); at < rows; at += 1) yield rowAt(row, path, at);
}

/** How many rows the list at a path makes of a record: an empty or missing one leaves one row. */
export function rowCount(record: JsonObject, list: readonly string[]): number {
  const elements = valueAt(record, list);
  return Array.isArray(elements) ? Math.max(1, elements.length) : 1;
}

/** One of these rows: an element in the place of the list, null where there is none. What is no list stays as it is. */
export function rowAt(row: Row, list: readonly string[], at: number): Row {
  const elements = valueAt(row.record, list) ?? [];
  return Array.isArray(elements) ? { ...row, record: replaceAt(row.record, list, elements[at] ?? null) } : row;
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
