// Rows of one thing, of which a provider may send as many as it likes: how they are paired, and in how few steps.
import { expect, test } from 'vitest';
import { pairRows } from '../../src/diff/fate.ts';
import type { Comparing, Held } from '../../src/diff/held-row.ts';
import { declaredColumns } from '../../src/output/columns.ts';
import crego from '../../src/providers/crego/index.ts';
import settlements from '../../src/providers/crego/settlements.ts';

const columns = declaredColumns(settlements).filter(({ name }) => name === 'id' || name === 'amount');
const [id, amount] = columns;
const own = id === undefined ? [] : [id];
const given: Comparing = { recognized: { provider: crego, endpoint: settlements, columns, asked: [], own }, exactText: false };
const places = [id, amount].map(column => (column === undefined ? -1 : columns.indexOf(column)));
let reads = 0;

/** A row that counts how often it is looked at. */
function held(at: number, value: string): Held {
  const cells: string[] = [];
  cells[places[0] ?? 0] = 'S-1';
  cells[places[1] ?? 1] = value;
  return {
    at,
    own: 'S-1',
    get cells() {
      reads += 1;
      return cells;
    },
  };
}

const rowsOf = (values: readonly string[]) => values.map((value, at) => held(at, value));

test('equal rows are one each, the others are pairs in their order, what is over is new or left', () => {
  const { changed, added, left } = pairRows(given, { old: rowsOf(['1', '2.0', '2', '3']), new: rowsOf(['2', '4', '1.00', '5', '6']) });
  expect(changed.map(({ before, after }) => [before.at, after.at])).toEqual([
    [2, 1],
    [3, 3],
  ]);
  expect([added.map(({ at }) => at), left.map(({ at }) => at)]).toEqual([[4], []]);
});

test('a thing of ten times as many rows takes ten times as many steps', () => {
  const stepsFor = (count: number): number => {
    reads = 0;
    const values = (from: number) => Array.from({ length: count }, (_, at) => `${from + at}`);
    pairRows(given, { old: rowsOf(values(0)), new: rowsOf(values(1_000_000)) });
    return reads;
  };
  expect(stepsFor(1000)).toBe(10 * stepsFor(100));
});
