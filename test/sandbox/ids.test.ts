// Id pools: numbers to ids and back, in the shape of a documented id.
import { describe, expect, test } from 'vitest';
import { makePool, reshapeId } from '../../src/sandbox/ids.ts';

const shapes: readonly (readonly [string, RegExp])[] = [
  ['ID_3HV7_Hq1zKw', /^ID_[0-9A-Za-z]{4}_[0-9A-Za-z]{6}$/],
  ['bwa3wajigF0WH0:ID_3lokDfb1p5w', /^bwa3wajigF0WH0:ID_[0-9A-Za-z]{11}$/],
  ['229fe24c-d840-48dc-959a-e0ff1479df35', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['REC0XAM2', /^REC[0-9A-Z]{5}$/],
  ['J20000002', /^J2\d{7}$/],
  ['2000001', /^2\d{6}$/],
  ['ID_3IZQnB$RUa0', /^ID_[0-9A-Za-z]{6}\$[0-9A-Za-z]{4}$/],
];

describe.each(shapes)('%s', (documented, pattern) => {
  const pool = makePool('things', [documented], documented, false);

  test('made-up ids have its shape, are all different, and are found again', () => {
    const numbers = Array.from({ length: 500 }, (_, nth) => nth * Math.floor(pool.size / 500));
    const ids = numbers.map(number => pool.at(number));
    for (const id of ids) expect(id).toMatch(pattern);
    expect(new Set(ids).size).toBe(500);
    expect(ids.map(id => pool.numberOf(id))).toEqual(numbers);
  });

  test('the documented id is number -1', () => {
    expect(pool.at(-1)).toBe(documented);
    expect(pool.numberOf(documented)).toBe(-1);
  });

  test('reshaping changes the id and not its shape', () => {
    expect(reshapeId(documented, 1)).toMatch(pattern);
    expect(reshapeId(documented, 1)).toBe(reshapeId(documented, 1));
    expect(reshapeId(documented, 1)).not.toBe(reshapeId(documented, 2));
  });
});

test('ids nobody made are unknown', () => {
  const pool = makePool('things', ['ID_3HV7_Hq1zKw'], '', false);
  for (const id of [
    '',
    'ID_3HV7_Hq1zKx',
    'ID_AAAA_AAAAAA',
    'XX_3HV7_Hq1zKw',
    'ID_3HV7-Hq1zKw',
    `${pool.at(5)}0`,
    pool.at(5).toLowerCase(),
    '中'.repeat(14),
  ]) {
    expect(pool.numberOf(id)).toBeUndefined();
  }
});

test('pools of different things differ; case counts only where it is said to', () => {
  const uuid = '229fe24c-d840-48dc-959a-e0ff1479df35';
  const [one, other] = ['wallets', 'entries'].map(name => makePool(name, [uuid], uuid, true));
  expect(one?.at(0)).not.toBe(other?.at(0));
  expect(one?.numberOf(one.at(7).toUpperCase())).toBe(7);
  expect(one?.numberOf(uuid.toUpperCase())).toBe(-1);
  expect(makePool('wallets', [uuid], uuid, false).numberOf(uuid.toUpperCase())).toBeUndefined();
});
