// Which rows of one key belong together, and what is said of a row that is not there any more: gone only where the provider said so.
import { type Comparing, type Held, meaningAt } from './held-row.ts';

interface Pair {
  readonly before: Held;
  readonly after: Held;
  /** Places of the columns that differ. */
  readonly fields: readonly number[];
}

interface Paired {
  readonly changed: readonly Pair[];
  readonly added: readonly Held[];
  /** Old rows without a new one. */
  readonly left: readonly Held[];
}

/** Pairs rows that name the same thing: equal ones first, the others in their order. */
export function pairRows(given: Comparing, rows: { readonly old: readonly Held[]; readonly new: readonly Held[] }): Paired {
  const olds = byName(rows.old);
  const news = byName(rows.new);
  const changed: Pair[] = [];
  const added: Held[] = [];
  const left: Held[] = [];
  for (const name of new Set([...olds.keys(), ...news.keys()])) {
    const { before, after } = unequal(given, olds.get(name) ?? [], news.get(name) ?? []);
    const common = Math.min(before.length, after.length);
    for (let at = 0; at < common; at += 1) {
      const [one, other] = [before[at], after[at]];
      if (one !== undefined && other !== undefined) changed.push({ before: one, after: other, fields: differing(given, one, other) });
    }
    // A key that was asked for twice on one of the nights is neither new nor gone.
    if (given.recognized.own.length === 0 && olds.has(name) && news.has(name)) continue;
    added.push(...after.slice(common));
    left.push(...before.slice(common));
  }
  return { changed, added, left };
}

/** What is left of two lists without their equal rows. By a table: one thing may have as many rows as a provider likes. */
function unequal(given: Comparing, olds: readonly Held[], news: readonly Held[]): { readonly before: Held[]; readonly after: Held[] } {
  const before = new Set(olds);
  const equals = new Map<string, Held[]>();
  for (const row of olds.toReversed()) {
    const meaning = meaningOf(given, row);
    const same = equals.get(meaning);
    if (same === undefined) equals.set(meaning, [row]);
    else same.push(row);
  }
  const after = news.filter(row => {
    const equal = equals.get(meaningOf(given, row))?.pop();
    return equal === undefined || !before.delete(equal);
  });
  return { before: [...before], after };
}

/** One text for all rows that differ in nothing. One key in two spellings is one key. */
function meaningOf(given: Comparing, { cells }: Held): string {
  const { columns, asked } = given.recognized;
  return JSON.stringify(columns.map((column, at) => (asked.includes(column) ? '' : meaningAt(given, cells, at))));
}

function byName(rows: readonly Held[]): Map<string, Held[]> {
  const named = new Map<string, Held[]>();
  for (const row of rows) {
    const same = named.get(row.own);
    if (same === undefined) named.set(row.own, [row]);
    else same.push(row);
  }
  return named;
}

function differing(given: Comparing, before: Held, after: Held): number[] {
  const { columns, asked } = given.recognized;
  return columns.flatMap((column, at) => {
    if (before.cells[at] === after.cells[at] || asked.includes(column)) return [];
    return meaningAt(given, before.cells, at) === meaningAt(given, after.cells, at) ? [] : [at];
  });
}

/** What the list of failed keys says of a key. Neither there nor delivered: it was not asked for, or the list was not given. */
export function fateOf(codes: readonly string[]): { readonly change: 'gone' | 'unknown'; readonly code: string } {
  if (codes.length === 0) return { change: 'unknown', code: 'absent' };
  const failure = codes.find(code => code !== 'not-found');
  return failure === undefined ? { change: 'gone', code: 'not-found' } : { change: 'unknown', code: failure };
}
