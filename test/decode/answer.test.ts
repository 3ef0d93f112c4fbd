import { describe, expect, test } from 'vitest';
import { type Key, uuid } from '../../src/core/endpoint.ts';
import { numberText } from '../../src/core/json.ts';
import { finish } from '../../src/core/turn.ts';
import { decodeAnswer, decodeBody, matchKeys, takeItems } from '../../src/decode/answer.ts';
import { Drift } from '../../src/decode/drift.ts';
import { answered, history, loan, provider } from './things.ts';

const row = (no: string, amount = '1.50') => `{"no":"${no}","state":"OPEN","amount":${amount}}`;
const decode = (body: string | Uint8Array, status = 200, drift = new Drift()) =>
  finish(decodeAnswer(provider, loan, answered(body, status), drift)).items;

describe('the envelope is removed', () => {
  test('the first that fits', () => {
    expect(decode(`{"data":{"list":[${row('a')},${row('b')}]}}`).map(item => item.no)).toEqual(['a', 'b']);
    expect(decode(`{"data":${row('a')}}`).map(item => item.no)).toEqual(['a']);
    expect(decode('{"data":{"list":[]}}')).toEqual([]);
  });

  test('numbers keep their text', () => {
    expect(numberText(decode(`{"data":${row('a', '9007199254740993.10')}}`)[0]?.amount ?? null)).toBe('9007199254740993.10');
  });

  test('the root may be the list', () => {
    expect(takeItems(history, [{ amount: '1' }], new Drift())).toHaveLength(1);
  });

  test.each([
    '{}',
    '[]',
    'null',
    '7',
    '"x"',
    'true',
    '{"data":null}',
    '{"data":[]}',
    '{"data":{}}',
    '{"data":{"list":{}}}',
    '{"data":{"other":1}}',
  ])('%s is another shape', body => {
    expect(() => decode(body)).toThrow('the answer has not the documented shape: expected an array at "data.list" or an object at "data"');
  });

  test('a list of something else', () => {
    expect(() => decode('{"data":{"list":[1]}}')).toThrow('data.list holds something that is no object');
  });

  test('drift is collected', () => {
    const drift = new Drift();
    decode(`{"data":{"list":[${row('a').replace('}', ',"new":1}')},${row('b').replace('}', ',"new":1}')}]}}`, 200, drift);
    expect([drift.words(), drift.facts()]).toEqual([['unknown new'], { drift: { new: 2 } }]);
  });
});

describe('what cannot be used', () => {
  test.each([
    ['', 'the answer is empty (HTTP 200)'],
    ['<html></html>', 'the answer is not JSON'],
    ['{"data":', 'the answer is not JSON'],
    ['{"a":1,"a":2}', 'the answer gives a key twice'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'the answer is nested deeper than 64 levels'],
  ])('%j', (body, message) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ code: 'bad-response', message }));
  });

  test('more than a million values', () => {
    const list = (values: number) => `{"data":{"no":"a","tags":[${'1,'.repeat(values - 5)}1]}}`;
    expect(decode(list(1_000_000))).toHaveLength(1);
    expect(() => decode(list(1_000_001))).toThrow(
      expect.objectContaining({ code: 'bad-response', message: 'the answer is too large: more than 1,000,000 values' }),
    );
  });

  test('bytes that are not UTF-8', () => {
    expect(() => decode(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow('the answer is not UTF-8');
  });

  test.each([204, 206])('an empty HTTP %i', status => {
    expect(() => decode('', status)).toThrow(`the answer is empty (HTTP ${status})`);
  });
});

test('a body without a documented shape is judged, too', () => {
  expect(finish(decodeBody(provider, undefined, answered('{"status":"ok","x":1}')))).toEqual({ status: 'ok', x: 1 });
  expect(() => finish(decodeBody(provider, undefined, answered('{"status":"failed","message":"no"}')))).toThrow('refused (HTTP 200: no)');
});

describe('records are sorted to the keys they were asked by', () => {
  const keys = ['a', 'b', 'c'].map(no => ({ no }));
  const item = (no: string | number) => ({ no, state: 'OPEN', amount: 1 });

  test('in any order, missing ones are empty', () => {
    expect(matchKeys(loan, keys, [item('c'), item('a')]).map(found => found.length)).toEqual([1, 0, 1]);
  });

  test('a key asked twice is answered twice', () => {
    expect(matchKeys(loan, [{ no: 'a' }, { no: 'a' }], [item('a')]).map(found => found.length)).toEqual([1, 1]);
  });

  test('a key that is a number in the answer', () => {
    expect(matchKeys(loan, [{ no: '7' }], [item(7)])[0]).toHaveLength(1);
  });

  test('a record nobody asked for, and one record twice, are errors', () => {
    expect(() => matchKeys(loan, keys, [item('x')])).toThrow('the answer is for another key than the one asked for');
    expect(() => matchKeys(loan, keys, [item('A')])).toThrow('the answer is for another key than the one asked for');
    expect(() => matchKeys(loan, keys, [item('a'), item('a')])).toThrow('the answer has a twice');
  });

  test('the key of an outer thing is compared, too, where records repeat it', () => {
    const wallet: Key = { arg: 'wallet', about: 'wallet', grammar: uuid, field: 'wallet' };
    const entry = { ...loan, keys: { wallet, ...loan.keys } };
    const of = (name: string) => ({ no: 'a', wallet: name });
    expect(matchKeys(entry, [{ wallet: 'W', no: 'a' }], [of('w')])).toEqual([[of('w')]]);
    expect(() => matchKeys(entry, [{ wallet: 'W', no: 'a' }], [of('v')])).toThrow('the answer is for another key than the one asked for');
    const rows = { ...history, keys: { wallet, ...history.keys } };
    expect(matchKeys(rows, [{ wallet: 'W', customer: 'c' }], [of('w'), of('w')])).toEqual([[of('w'), of('w')]]);
    expect(() => matchKeys(rows, [{ wallet: 'W', customer: 'c' }], [of('w'), of('v')])).toThrow('another key');
  });

  test('a filter takes all there is', () => {
    expect(matchKeys(history, [{ customer: 'x' }], [{ amount: 1 }, { amount: 2 }])).toEqual([[{ amount: 1 }, { amount: 2 }]]);
  });
});
