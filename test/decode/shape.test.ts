import { expect, test } from 'vitest';
import { type JsonObject, parseJson } from '../../src/core/json.ts';
import { Drift } from '../../src/decode/drift.ts';
import { checkShape } from '../../src/decode/shape.ts';
import { loan } from './things.ts';

/** What checking a record of these members finds; the members every record needs are there unless overwritten. */
function driftOf(members: string): string[] {
  const drift = new Drift();
  checkShape(loan, record(members), drift);
  return drift.words();
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
  ['"form":{"u_extra":1}', ['missing form.sum']],
  ['"form":{"sum":1,"bank":{"extra":1}}', []],
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
  ['a member that a tenant has made', '"form":{"sum":1,"u_extra":2}'],
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
  const drift = new Drift();
  checkShape(loan, parseJson('{"no":"L-1","state":"OPEN","amount":1,"__proto__":{"polluted":1}}') as JsonObject, drift);
  expect(drift.words()).toEqual(['unknown __proto__']);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('members in the order of the document, in another, or with some left out: the same is found', () => {
  const values = ['"x"', '7', 'true', 'null', '{}', '[]', '"1.50"', '{"iban":"x","extra":1}', '[{"sum":1},{"extra":2}]', '"OPEN"', '"NEW"'];
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const find = (members: readonly (readonly [string, string])[]) => {
    const drift = new Drift();
    try {
      checkShape(loan, parseJson(`{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`) as JsonObject, drift);
    } catch (error) {
      return String(error);
    }
    return drift.words().sort();
  };
  let found = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const members = Object.keys(loan.fields).flatMap(name => {
      const value = name === 'no' ? '"L-1"' : name === 'amount' ? '1.50' : (values[random(values.length)] ?? 'null');
      return random(9) === 0 ? [] : [[name, value] as const];
    });
    if (random(4) === 0) members.push(['constructor', '1'], ['foreign', '"x"']);
    const inOrder = find(members);
    expect(find([['foreign first', '1'], ...members])).toEqual(
      typeof inOrder === 'string' ? inOrder : [...inOrder, 'unknown foreign first'].sort(),
    );
    expect(find(members.toReversed())).toEqual(inOrder);
    found += inOrder.length;
  }
  expect(found).toBeGreaterThan(10_000);
});
