// Rows in the order of one column: amounts exactly, instants by time, text by code point, missing values last.
import { compareDecimals, isDecimal } from '../core/decimal.ts';
import { UsageError } from '../core/errors.ts';
import { isText, type Json, numberText } from '../core/json.ts';
import { say } from '../core/say.ts';
import type { Column } from './columns.ts';
import { findColumn, nearHint } from './named-columns.ts';
import { nearNames } from './near-names.ts';
import { cellOf, type Row } from './rows.ts';
import { compareInstants, type Instant, readInstant } from './text/instants.ts';
import { plainText } from './values.ts';

/** A value ready for comparison; kinds that cannot be compared with each other follow one another. */
type SortKey =
  | { readonly rank: 0; readonly decimal: string }
  | { readonly rank: 1; readonly instant: Instant }
  | { readonly rank: 2; readonly text: string }
  | { readonly rank: 3 };

const missing: SortKey = { rank: 3 };

/** By which column rows are sorted. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** Returns what rows are made of, sorted by a column of the rows. Equal ones keep their order; missing values come last in both directions. */
export function sortBy<T>(given: Iterable<T>, rowOf: (one: T) => Row, { column, descending }: Order): T[] {
  const keyed = Array.from(given, one => ({ one, key: sortKey(cellOf(rowOf(one), column), column) }));
  keyed.sort((a, b) => {
    if (a.key.rank === 3 || b.key.rank === 3) return a.key.rank - b.key.rank;
    const order = compareKeys(a.key, b.key);
    return descending ? -order : order;
  });
  return keyed.map(({ one }) => one);
}

/** Reads `field`, `field:asc` or `field:desc`. Throws a UsageError that lists the valid fields. */
export function sortOrder(given: string, columns: readonly Column[]): Order {
  const match = /^(.*?)(?::(asc|desc))?$/.exec(given);
  const column = findColumn(columns, match?.[1] ?? '');
  if (column !== undefined) return { column, descending: match?.[2] === 'desc' };
  throw refusedOrder(
    given,
    nearNames(
      match?.[1] ?? '',
      columns.flatMap(({ name }) => name || []),
    ),
  );
}

/** The error for a column that is none; `near`: the few that may be meant. */
export function refusedOrder(given: string, near: readonly string[]): UsageError {
  return new UsageError(say`cannot sort by ${given}`, { hint: say`${nearHint(near)}; add :desc for descending order` });
}

function sortKey(value: Json | undefined, { field }: Column): SortKey {
  if (value === undefined || value === null) return missing;
  const number = numberText(value);
  if (field.kind === 'instant') {
    if (field.none !== undefined && plainText(value) === field.none.is) return missing;
    const instant = readInstant(value, field.unit);
    if (instant !== undefined) return { rank: 1, instant };
  }
  if (number !== undefined) return { rank: 0, decimal: number };
  const isQuantity = field.kind === 'money' || field.kind === 'number';
  if (isQuantity && isText(value) && isDecimal(value)) return { rank: 0, decimal: value };
  return { rank: 2, text: plainText(value) };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.rank === 0 && b.rank === 0) return compareDecimals(a.decimal, b.decimal);
  if (a.rank === 1 && b.rank === 1) return compareInstants(a.instant, b.instant);
  if (a.rank === 2 && b.rank === 2) return compareText(a.text, b.text);
  return a.rank - b.rank;
}

/** By code point: unlike `<`, characters above U+FFFF come after all others. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [first, second] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (first !== second) return aboveSurrogates(first) - aboveSurrogates(second);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, so they move behind U+E000 to U+FFFF. */
function aboveSurrogates(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
