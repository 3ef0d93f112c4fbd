// `loanq diff` beside daff, a diff of tables by other people: on random pairs of exports of the sandbox both find the same rows and
// cells, and what daff makes of the old export and its own diff is the new one.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import daff from 'daff';
import { expect, test } from 'vitest';
import { randomFrom } from '../random.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

type Table = string[][];

/** The rows of an export under keys of their own, some left out, in another order, with some values of other rows. */
function night(rows: Table, columns: readonly string[], keyAt: number, random: (below: number) => number): Table {
  const found = rows.filter(() => random(10) > 0).map(row => [...row]);
  for (const row of found) {
    const at = random(columns.length);
    const other = rows[random(rows.length)]?.[at];
    if (random(4) === 0 && at !== keyAt && other !== undefined) row[at] = other;
  }
  return found.sort(() => random(3) - 1);
}

const calls: readonly (readonly [name: string, key: string, args: readonly string[]])[] = [
  ['settlements', 'id', ['crego', 'settlements', '--all']],
  ['repayments', 'id', ['finlend', 'customer-repayments', '123e4567-e89b-12d3-a456-426614174000', '--all']],
  ['staffs', 'id', ['ekuaibao', 'staffs', '--all']],
  ['events', 'event_key', ['qitech', 'events', '--all']],
  ['wallets', 'id', ['interlace', 'wallets', '--all']],
];

test.each(calls)('%s', async (name, key, args) => {
  const { stdout, code } = await runInProcess([...args, '--csv', '--csv-guard', 'off', '--sandbox', '-q'], { home });
  expect(code).toBe(0);
  const [columns = [], ...rows] = parse(stdout) as Table;
  const keyAt = columns.indexOf(key);
  expect(rows.length).toBeGreaterThan(2);
  for (let seed = 1; seed <= 8; seed += 1) {
    const random = randomFrom(seed);
    const [old, latest] = [night(rows, columns, keyAt, random), night(rows, columns, keyAt, random)];
    const [oldFile, newFile] = await Promise.all(
      [old, latest].map((table, at) =>
        home.write(`work/${seed}-${at}.csv`, stringify([[...columns], ...table], { record_delimiter: '\r\n' })),
      ),
    );
    const said = await runInProcess(
      [
        'diff',
        oldFile ?? '',
        newFile ?? '',
        '--json',
        '--csv-guard',
        'off',
        '-q',
        '--exact-text',
        '--endpoint',
        args.slice(0, 2).join('/'),
      ],
      { home },
    );
    const ours = (JSON.parse(said.stdout) as Record<string, string>[]).map(({ change, row, field, old: before, new: after }) => {
      return change === 'changed' ? `${row} ${field}: ${before} -> ${after}` : `${change === 'added' ? '+' : '-'} ${row}`;
    });
    expect([name, seed, ours.sort()]).toEqual([name, seed, daffOf([[...columns], ...old], [[...columns], ...latest], key).sort()]);
  }
});

/** The same words from daff, once its own patch has been tried. */
function daffOf(old: Table, latest: Table, key: string): string[] {
  const flags = new daff.CompareFlags();
  flags.addPrimaryKey(key);
  flags.ordered = false;
  flags.unchanged_context = 0;
  const compared = daff.compareTables(new daff.TableView(old), new daff.TableView(latest), flags).align();
  const rows: string[][] = [];
  new daff.TableDiff(compared, flags).hilite(new daff.TableView(rows));
  const patched = new daff.TableView(old.map(row => [...row]));
  new daff.HighlightPatch(patched, new daff.TableView(rows.map(row => [...row]))).apply();
  expect(sorted(patched.getData())).toEqual(sorted(latest));
  const header = rows.find(([mark]) => mark === '@@')?.slice(1) ?? [];
  return rows.flatMap(([mark = '', ...cells]) => {
    const name = cells[header.indexOf(key)] ?? '';
    if (mark === '+++') return [`+ ${name}`];
    if (mark === '---') return [`- ${name}`];
    if (!mark.endsWith('->')) return [];
    const [before, after] = [old, latest].map(table => table.find(row => row[old[0]?.indexOf(key) ?? -1] === name));
    // daff marks a changed cell by its arrow; the values are those of the tables.
    const cellIn = (row: readonly string[] | undefined, at: number) => row?.[old[0]?.indexOf(header[at] ?? '') ?? -1];
    return cells.flatMap((cell, at) =>
      cell.includes(mark) ? [`${name} ${header[at]}: ${cellIn(before, at)} -> ${cellIn(after, at)}`] : [],
    );
  });
}

function sorted(table: readonly (readonly string[])[]): string[] {
  return table.map(row => row.join('\t')).sort();
}
