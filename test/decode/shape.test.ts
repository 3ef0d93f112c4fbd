import { describe, expect, test } from 'vitest';
import { type JsonObject, parseJson } from '../../src/core/json.ts';
import { checkShape, type Drift, describeDrift } from '../../src/decode/shape.ts';
import { loan } from './things.ts';

/** What checking a record of these members finds; the members every record needs are there unless overwritten. */
function driftOf(members: string): string[] {
  const drift: Drift = new Map();
  checkShape(loan, record(members), drift);
  return [...drift.keys()];
}

function record(members: string): JsonObject {
  const given = parseJson(`{${members}}`) as JsonObject;
  return { ...(parseJson('{"no":"L-1","state":"OPEN","amount":1.5}') as JsonObject), ...given };
}

test('the documented shape is no drift; neither is null, nor an optional field that is not there', () => {
  expect(driftOf('')).toEqual([]);
  expect(driftOf('"state":null,"amount":null,"bank":null,"items":null,"tags":null,"paid":null')).toEqual([]);
});

test.each([
  ['"extra":1', ['unknown extra']],
  ['"bank":{"iban":"x","extra":1}', ['unknown bank.extra']],
  ['"bank":{}', ['missing bank.iban']],
  ['"bank":"x"', ['changed bank']],
  ['"items":[{"sum":1,"extra":2},{"sum":1,"extra":2}]', ['unknown items.extra']],
  ['"items":[{}]', ['missing items.sum']],
  ['"items":["x"]', ['changed items']],
  ['"items":{}', ['changed items']],
  ['"tags":"x"', ['changed tags']],
  ['"state":"NEW"', ['unlisted state NEW']],
  ['"state":7', ['unlisted state 7']],
  ['"paid":"true"', ['changed paid']],
  ['"title":7', ['changed title']],
  ['"at":true', ['changed at']],
  ['"count":[]', ['changed count']],
])('%s', (members, found) => {
  expect(driftOf(members)).toEqual(found);
});

test.each([
  ['a code from an open list', '"kind":"NEW"'],
  ['a code as a number', '"state":1'],
  ['an amount as text', '"amount":"-1.50"'],
  ['a count as text', '"count":"5"'],
  ['a time as text', '"at":"1711785600000"'],
  ['a number as an id', '"no":7'],
  ['any value where the shape is not documented', '"more":{"a":[1]}'],
])('%s is no drift', (_, members) => {
  expect(driftOf(members)).toEqual([]);
});

test.each(['"ten"', '"1,5"', 'true', '{}', '[]', '""', '"1.5 "', '"0x10"', '"NaN"', '"+1"'])('%s is no amount', value => {
  expect(() => driftOf(`"amount":${value}`)).toThrow('amount is not an amount');
});

test('an amount deep inside is checked, too', () => {
  expect(() => driftOf('"items":[{"sum":1},{"sum":"x"}]')).toThrow('items.sum is not an amount');
});

test.each(['null', '{}', '[]', 'true'])('a record whose key is %s cannot be told from others', value => {
  expect(() => driftOf(`"no":${value}`)).toThrow('the answer has no no');
});

test('a member called __proto__ is a member like others', () => {
  const drift: Drift = new Map();
  checkShape(loan, parseJson('{"no":"L-1","state":"OPEN","amount":1,"__proto__":{"polluted":1}}') as JsonObject, drift);
  expect([...drift.keys()]).toEqual(['unknown __proto__']);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

describe('one sentence for all drift', () => {
  test('counts what is too much to name', () => {
    expect(describeDrift(new Map())).toBeUndefined();
    expect(describeDrift(new Map([['missing a', 2]]))).toBe('answers differ from the documented shape: missing a');
    const many = new Map(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => [`unknown ${name}`, 1]));
    expect(describeDrift(many)).toBe(
      'answers differ from the documented shape: unknown a, unknown b, unknown c, unknown d, unknown e and 2 more',
    );
  });

  test('takes no more memory for records that each have names of their own', () => {
    const drift: Drift = new Map();
    for (let n = 0; n < 3000; n += 1) checkShape(loan, record(`"x${n}":1`), drift);
    expect(drift.size).toBe(1000);
    expect(describeDrift(drift)).toBe(
      'answers differ from the documented shape: unknown x0, unknown x1, unknown x2, unknown x3, unknown x4 and at least 995 more',
    );
  });
});
