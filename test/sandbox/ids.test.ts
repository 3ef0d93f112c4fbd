// Id pools: numbers to ids and back, in the shape of a documented id.
import { describe, expect, test } from 'vitest';
import { makeId, makePool, owners } from '../../src/sandbox/ids.ts';

const shapes: readonly (readonly [string, RegExp, number])[] = [
  ['ID_3HV7_Hq1zKw', /^ID_3[A-Z]{2}\d_[A-Z][a-z]\d[a-z][A-Z][a-z]$/, 1_000_000],
  ['bwa3wajigF0WH0:ID_3lokDfb1p5w', /^bwa3wajigF0WH0:ID_3[a-z]{3}[A-Z][a-z]{2}\d[a-z]\d[a-z]$/, 1_000_000],
  ['229fe24c-d840-48dc-959a-e0ff1479df35', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/, 1_000_000],
  ['REC0XAM2', /^REC0[A-Z]{3}\d$/, 260],
  ['J20000002', /^J2\d{7}$/, 100_000],
  ['2000001', /^2\d{6}$/, 10_000],
  ['ID_3IZQnB$RUa0', /^ID_3[A-Z]{3}[a-z][A-Z]\$[A-Z]{2}[a-z]\d$/, 1_000_000],
];

describe.each(shapes)('%s', (documented, pattern, size) => {
  const pool = makePool('things', [documented], false);

  test('made-up ids have its shape, are all different, and are found again', () => {
    expect(pool.size).toBe(size - (size % owners));
    const numbers = Array.from({ length: 200 }, (_, nth) => 1 + nth * Math.floor((pool.size - 1) / 200));
    const ids = numbers.map(number => pool.at(number));
    for (const id of ids) expect(id).toMatch(pattern);
    expect(new Set(ids).size).toBe(200);
    expect(ids.map(id => pool.find(id))).toEqual(numbers.map((number, at) => ({ id: ids[at], number })));
  });

  test('the documented id has the number 0; numbers beyond the pool wrap around', () => {
    expect(pool.at(0)).toBe(documented);
    expect(pool.find(documented)).toEqual({ id: documented, number: 0 });
    expect(pool.at(pool.size + 7)).toBe(pool.at(7));
  });

  test('an id made for a field that refers to the pool is one of it', () => {
    const numbers = [5, 6, 7, 8, 9];
    expect(numbers.map(number => makeId('things', documented, number))).toEqual(numbers.map(pool.at));
    expect(numbers.map(number => makeId('others', documented, number))).not.toEqual(numbers.map(pool.at));
  });
});

test('ids nobody made are unknown', () => {
  const pool = makePool('things', ['ID_3HV7_Hq1zKw'], false);
  const [made, other] = [pool.at(5), pool.at(6)];
  const mixed = made.slice(0, 6) + other.slice(6);
  const wrong = ['', 'ID_3HV7_Hq1zKx', 'ID_3AA1_Aa1aAa', made.replace('ID_', 'XX_'), made.replaceAll('_', '-'), mixed];
  for (const id of [...wrong, `${made}0`, made.toLowerCase(), '中'.repeat(14)]) expect(pool.find(id)).toBeUndefined();
});

test('a pool knows ids in the shape of every documented one', () => {
  const pool = makePool('things', ['LN-000417', 'X7abcdef'], false);
  expect(pool.find(makeId('things', 'X7abcdef', 9))?.number).toBe(9);
});

test('pools of different things differ; case counts only where it is said to', () => {
  const uuid = '229fe24c-d840-48dc-959a-e0ff1479df35';
  const [one, other] = ['wallets', 'entries'].map(name => makePool(name, [uuid], true));
  expect(one?.at(1)).not.toBe(other?.at(1));
  const made = one?.at(7) ?? '';
  expect(one?.find(made.toUpperCase())).toEqual({ id: made, number: 7 });
  expect(one?.find(uuid.toUpperCase())).toEqual({ id: uuid, number: 0 });
  expect(makePool('wallets', [uuid], false).find(uuid.toUpperCase())).toBeUndefined();
});

test('an id without anything to vary is the only one of its pool', () => {
  const pool = makePool('currencies', ['USD'], false);
  expect([pool.size, pool.at(3), pool.find('EUR')]).toEqual([1, 'USD', undefined]);
});
