import { expect, test } from 'vitest';
import { writeJson } from '../../src/core/json.ts';
import { allColumns } from '../../src/output/columns.ts';
import { selectColumns } from '../../src/output/named-columns.ts';
import { cellOf, cellReader, explodeRow } from '../../src/output/rows.ts';
import { entries, entry, loan, loans, person, row } from './samples.ts';

const [first = row('{}'), second = row('{}')] = entries;

test('a cell is the value at its path, undefined when a step is missing or null', () => {
  const [code] = selectColumns(loan, ['unit.code']);
  expect(code && loans.map(each => cellOf(each, code))).toEqual(['CNY', undefined]);
});

test('a cell of a key comes from what was asked for', () => {
  const [wallet] = selectColumns(entry, ['request.wallet_key']);
  expect(wallet && cellOf(first, wallet)).toBe('f47ac10b-58cc-4372-a567-0e02b2c3d479');
  expect(wallet && cellOf(row('{"request":{"wallet_key":"x"},"wallet_key":"y"}'), wallet)).toBeUndefined();
});

test('names of the prototype are no fields', () => {
  const [column] = allColumns(loan);
  expect(column && cellOf(row('{}'), { ...column, path: ['constructor'] })).toBeUndefined();
  expect(column && cellOf(row('{}'), { ...column, path: ['__proto__', 'toString'] })).toBeUndefined();
});

test('a reader of a column finds what is found by looking for it', () => {
  const [column] = allColumns(loan);
  const rows = ['{}', '{"id":1,"toString":2,"__proto__":{"a":3},"a":{"b":4,"id":5},"request":6}', '{"a":null}', '{"a":[1]}'].map(text =>
    row(text),
  );
  for (const path of [['id'], ['toString'], ['constructor'], ['__proto__'], ['__proto__', 'a'], ['a', 'b'], ['a', 'id', 'x'], ['']]) {
    for (const request of [{}, { request: true } as const]) {
      const chosen = column && { ...column, path, ...request };
      expect(chosen && rows.map(cellReader(chosen))).toEqual(chosen && rows.map(each => cellOf(each, chosen)));
    }
  }
});

test('an exploded row has one element in place of the list', () => {
  const parts = [...explodeRow(first, 'items')];
  expect(parts.map(part => writeJson(part.record))).toEqual([
    '{"entry_key":"8cb70dea-9fb0-4a68-9572-99a72849c8d6","amount":150.00,"status":"concluded","items":{"item_key":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","number":1,"about":"Crédito rotativo - Taxa de juros","amount":100.00,"due":"2024-02-15","parts":[]},"created_at":"2024-01-15T10:30:00Z"}',
    '{"entry_key":"8cb70dea-9fb0-4a68-9572-99a72849c8d6","amount":150.00,"status":"concluded","items":{"item_key":"b1b2c3d4-e5f6-7890-abcd-ef1234567890","number":2,"about":"利息","amount":50.00,"due":null,"parts":["x","y"]},"created_at":"2024-01-15T10:30:00Z"}',
  ]);
  expect(parts[0]?.request).toEqual(first.request);
});

test('a row whose list is empty, null or missing stays one row with null', () => {
  expect([...explodeRow(second, 'items')].map(part => part.record.items)).toEqual([null]);
  expect([...explodeRow(row('{"items":null}'), 'items')].map(part => writeJson(part.record))).toEqual(['{"items":null}']);
  expect([...explodeRow(row('{"a":1}'), 'items')].map(part => writeJson(part.record))).toEqual(['{"a":1,"items":null}']);
});

test('a list that is no list stays as it is', () => {
  expect([...explodeRow(row('{"items":"odd"}'), 'items')].map(part => writeJson(part.record))).toEqual(['{"items":"odd"}']);
});

test('a list inside a group is replaced inside the group', () => {
  const nested = row('{"bank":{"ifsc":"Y","tags":["a","b"]},"id":"1"}');
  expect([...explodeRow(nested, 'bank.tags')].map(part => writeJson(part.record))).toEqual([
    '{"bank":{"ifsc":"Y","tags":"a"},"id":"1"}',
    '{"bank":{"ifsc":"Y","tags":"b"},"id":"1"}',
  ]);
  const [tags] = selectColumns(person, ['bank.tags'], { explode: 'bank.tags' });
  expect(tags && [...explodeRow(nested, 'bank.tags')].map(part => cellOf(part, tags))).toEqual(['a', 'b']);
});
