import { describe, expect, test } from 'vitest';
import { defineEndpoint, type Endpoint, type Key, plainId, uuid } from '../../src/core/endpoint.ts';
import { text } from '../../src/core/fields.ts';
import { checkKey, checkKeys, isFilteredByKey, isList, keyUsage, mainKey, sameKey, trimKey } from '../../src/core/keys.ts';

const record: Key = {
  arg: 'ids',
  about: 'records',
  grammar: { ...uuid, lookalikes: [{ pattern: /^REC/, say: 'looks like a ref_id' }] },
  many: 'each',
  field: 'id',
};
const plain: Key = { arg: 'branch', about: 'branch', grammar: plainId };
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const endpoint = (keys?: Endpoint['keys']): Endpoint =>
  defineEndpoint({
    name: 'e',
    summary: 'e',
    doc: { url: 'https://docs.example.com', read: '2025-06-23' },
    path: '/e',
    ...(keys && { keys }),
    answer: { item: '' },
    fields: { id: text('Id') },
    columns: ['id'],
    example: '{}',
  });

describe('what clings to a pasted key is taken off', () => {
  test.each([
    ['  ID_1\t', 'ID_1'],
    ['"ID_1",', 'ID_1'],
    ["'ID_1';", 'ID_1'],
    ['“ID_1”', 'ID_1'],
    ['«ID_1»', 'ID_1'],
    ['\u00a0ID_1\u3000', 'ID_1'],
    ['ID_1，', 'ID_1'],
    ['`ID_1`\r\n', 'ID_1'],
    ['" , "', ''],
    ['', ''],
  ])('%j', (given, kept) => {
    expect(trimKey(given)).toBe(kept);
  });

  test.each(['a"b', 'a,b', "it's", 'a b', '\u0000a', 'a\u0001', '\u2028a', '\u202ea', '\ufeffa', 'a\u200b', '\u000ba'])(
    'nothing inside, and nothing that hides: %j',
    given => {
      expect(trimKey(given)).toBe(given);
    },
  );

  test('in a time that grows with the length only', () => {
    const long = `${' '.repeat(2_000_000)}x${' '.repeat(2_000_000)}`;
    expect(trimKey(long)).toBe('x');
    expect(trimKey(`x${' '.repeat(2_000_000)}x`)).toHaveLength(2_000_002);
  });
});

describe('the grammar decides', () => {
  test('a good key comes back trimmed, its case as given', () => {
    expect(checkKey('id', record, ` "${id.toUpperCase()}",`)).toBe(id.toUpperCase());
  });

  test.each([
    ['', 'id is empty'],
    ['  ""', 'id is empty'],
    ['nope', 'id "nope" is not a UUID'],
    [`${id}0`, `id "${id}0" is not a UUID`],
    ['REC0XAM2', 'REC0XAM2 looks like a ref_id'],
    ['é'.repeat(129), 'id is longer than 256 bytes'],
  ])('%j', (given, message) => {
    expect(() => checkKey('id', record, given)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  test('. and .. are refused even where dots are allowed', () => {
    expect(checkKey('branch', plain, 'a..b')).toBe('a..b');
    for (const dots of ['.', '..']) expect(() => checkKey('branch', plain, dots)).toThrow(`branch "${dots}" is not an id`);
  });

  test('a key that is too long is not repeated whole', () => {
    const long = 'a'.repeat(5000);
    const thrown = (() => {
      try {
        return checkKey('branch', plain, long);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ facts: { keys: [`${'a'.repeat(40)}…`] } });
  });
});

test('keys are checked in the order of the parameters, and named by them', () => {
  const two = endpoint({ shop: plain, no: { ...plain, many: 'each' } });
  expect(checkKeys(two, ['B1', 'X'])).toEqual({ shop: 'B1', no: 'X' });
  expect(() => checkKeys(two, ['B1'])).toThrow('no is empty');
  expect(() => checkKeys(two, ['a/b', 'X'])).toThrow('shop "a/b" is not an id');
  expect(checkKeys(endpoint(), [])).toEqual({});
});

test('the last parameter is the one that may be given many times', () => {
  expect(mainKey(endpoint({ shop: plain, no: record }))?.parameter).toBe('no');
  expect(mainKey(endpoint())).toBeUndefined();
  expect(keyUsage(endpoint({ shop: plain, no: record }))).toBe('<branch> <ids...>');
  expect(keyUsage(endpoint())).toBe('');
});

test('UUIDs are the same without case, other ids are not', () => {
  expect(sameKey(record, id, id.toUpperCase())).toBe(true);
  expect(sameKey(plain, 'ID_a', 'ID_A')).toBe(false);
  expect(sameKey(plain, 'ID_a', 'ID_a')).toBe(true);
});

describe('what a call asks for', () => {
  const of = (keys: Endpoint['keys'], answer: Endpoint['answer']) => {
    const asked = { ...endpoint(keys), answer };
    return [isList(asked), isFilteredByKey(asked)];
  };
  const { field: _, ...filter } = record;

  test.each<[string, Endpoint['keys'], Endpoint['answer'], boolean[]]>([
    ['a list without keys', undefined, { items: 'data' }, [true, false]],
    ['the rows of a customer', { customer: filter }, { items: 'data' }, [true, true]],
    ['one record', { id: record }, { item: '' }, [false, false]],
    ['records that repeat their key', { ids: record }, { items: 'items' }, [false, false]],
    ['one record that does not repeat its key', { id: filter }, { item: 'data' }, [false, false]],
    ['rows in one of several envelopes', { customer: filter }, [{ items: 'data.list' }, { item: '' }], [true, true]],
  ])('%s', (_name, keys, answer, expected) => {
    expect(of(keys, answer)).toEqual(expected);
  });
});
