// Two exports and the failed keys of the new one → what changed. All of them go through one sorted spool by a hash of the key, so a
// million rows need no more memory than a thousand.
import { createHash } from 'node:crypto';
import { mainKey } from '../core/keys.ts';
import type { Column } from '../output/columns.ts';
import type { Change } from './changes.ts';
import type { FailedKey } from './errors-file.ts';
import type { ExportFile } from './export-file.ts';
import { fateOf, pairRows } from './fate.ts';
import { type Comparing, fieldAt, type Held, meaningAt } from './held-row.ts';
import { plainCell } from './meaning.ts';
import { SortedSpool } from './sorted-spool.ts';

export interface Comparison extends Comparing {
  readonly old: ExportFile;
  readonly new: ExportFile;
  /** Keys that were not delivered in the new run. */
  readonly failed: AsyncIterable<FailedKey>;
  readonly isGuarded: boolean;
  /** The value as it may be shown. */
  readonly show: (value: string, column: Column) => string;
  readonly signal: AbortSignal;
}

/** How many rows, by what became of them; `fields` counts the values of changed rows. */
export interface Counts {
  added: number;
  changed: number;
  fields: number;
  gone: number;
  unknown: number;
}

export function nothingYet(): Counts {
  return { added: 0, changed: 0, fields: 0, gone: 0, unknown: 0 };
}

type Source = 'e' | 'n' | 'o';

/** Yields changes: rows of the new export in its order, then what is not there any more in the order of the old one. */
export async function* compare(given: Comparison, counts: Counts): AsyncGenerator<Change> {
  const found = new SortedSpool(given.signal);
  const rows = new SortedSpool(given.signal);
  try {
    await fill(rows, given);
    for await (const group of groups(rows)) {
      for (const { place, change } of changesOf(given, group, counts)) await found.add(`${place} ${JSON.stringify(change)}`);
    }
    await rows.close();
    for await (const line of found.lines()) yield JSON.parse(line.slice(line.indexOf(' ') + 1));
  } finally {
    await rows.close();
    await found.close();
  }
}

async function fill(spool: SortedSpool, given: Comparison): Promise<void> {
  const { columns, asked, own } = given.recognized;
  const joined = asked.length > 0 ? asked : own;
  const places = (chosen: readonly Column[]) => chosen.map(column => columns.indexOf(column));
  const [joinPlaces, ownPlaces] = [places(joined), places(own)];
  const add = async (source: Source, at: number, key: string, rest: unknown): Promise<void> => {
    const hash = createHash('md5').update(key).digest('hex').slice(0, 16);
    await spool.add(`${hash}${source}${String(at).padStart(12, '0')} ${JSON.stringify([key, rest])}`);
  };
  for (const [source, file] of [
    ['o', given.old],
    ['n', given.new],
  ] as const) {
    let at = 0;
    for await (const cells of file.rows(columns)) {
      const plain = cells.map((cell, place) =>
        plainCell(cell, fieldAt(given.recognized, place), { isGuarded: given.isGuarded && file.isTable }),
      );
      const pick = (chosen: readonly number[]) => chosen.map(place => meaningAt(given, plain, place)).join('\u0000');
      await add(source, at, keyText(given, pick(joinPlaces)), [pick(ownPlaces), plain]);
      at += 1;
    }
  }
  if (asked.length === 0) return;
  let at = 0;
  for await (const { key, code } of given.failed) {
    await add('e', at, keyText(given, key.join('\u0000')), code);
    at += 1;
  }
}

/** UUIDs are one whatever their case. */
function keyText({ recognized }: Comparison, key: string): string {
  return mainKey(recognized.endpoint)?.key.grammar.ignoreCase ? key.toLowerCase() : key;
}

interface Group {
  readonly key: string;
  readonly old: Held[];
  readonly new: Held[];
  readonly failed: { readonly at: number; readonly code: string }[];
}

async function* groups(spool: SortedSpool): AsyncGenerator<Group> {
  let hash = '';
  let byKey = new Map<string, Group>();
  for await (const line of spool.lines()) {
    const own = line.slice(0, 16);
    if (own !== hash) {
      yield* byKey.values();
      byKey = new Map();
      hash = own;
    }
    const at = Number(line.slice(17, 29));
    const [key, rest] = JSON.parse(line.slice(30));
    const group: Group = byKey.get(key) ?? { key, old: [], new: [], failed: [] };
    byKey.set(key, group);
    if (line[16] === 'e') group.failed.push({ at, code: rest });
    else group[line[16] === 'o' ? 'old' : 'new'].push({ at, own: rest[0], cells: rest[1] });
  }
  yield* byKey.values();
}

interface Placed {
  readonly place: string;
  readonly change: Change;
}

/** Sorts as a change is told: by part, row, and field. */
function placeOf(part: 0 | 1 | 2, at: number, field = 0): string {
  return `${part}${String(at).padStart(12, '0')}${String(field).padStart(4, '0')}`;
}

function* changesOf(given: Comparison, group: Group, counts: Counts): Generator<Placed> {
  const { columns, asked, own } = given.recognized;
  const name = (held: Held | undefined, chosen: readonly Column[]) =>
    chosen.map(column => held?.cells[columns.indexOf(column)] ?? '').join(' ');
  const named = group.new[0] ?? group.old[0];
  const key = named === undefined ? group.key.replaceAll('\u0000', ' ') : name(named, asked);
  const change = (kind: Change['change'], held: Held | undefined, more: Partial<Change> = {}): Change => {
    return { change: kind, key, row: name(held, own), field: '', old: '', new: '', code: '', ...more };
  };
  const { changed, added, left } = pairRows(given, group);
  for (const { before, after, fields } of changed) {
    counts.changed += 1;
    for (const at of fields) {
      const column = columns[at];
      if (column === undefined) continue;
      counts.fields += 1;
      const values = { old: given.show(before.cells[at] ?? '', column), new: given.show(after.cells[at] ?? '', column) };
      yield { place: placeOf(0, after.at, at), change: change('changed', after, { field: column.name, ...values }) };
    }
  }
  for (const held of added) {
    counts.added += 1;
    yield { place: placeOf(0, held.at), change: change('added', held) };
  }
  const fate = fateOf(group.failed.map(({ code }) => code));
  for (const held of left) {
    counts[fate.change] += 1;
    yield { place: placeOf(1, held.at), change: change(fate.change, held, { code: fate.code }) };
  }
  const [first] = group.failed;
  if (first === undefined || named !== undefined || fate.change === 'gone') return;
  counts.unknown += 1;
  yield { place: placeOf(2, first.at), change: change('unknown', undefined, { code: fate.code }) };
}
