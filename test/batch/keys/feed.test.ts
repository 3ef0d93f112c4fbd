// Keys that share calls: how many of them, by their number and by the characters they take.
import { expect, it } from 'vitest';
import { feedKeys, type KeyInput, packKeys } from '../../../src/batch/keys/feed.ts';
import type { PackRules } from '../../../src/plan/packs.ts';
import ekuaibao from '../../../src/providers/ekuaibao/index.ts';

const endpoint = ekuaibao.endpoints.find(({ name }) => name === 'repayment-records') ?? ekuaibao.endpoints[0];

async function packs(keys: readonly string[], rules: PackRules): Promise<string[][]> {
  if (endpoint === undefined) throw new Error('no endpoint');
  async function* source(): AsyncGenerator<KeyInput> {
    for (const key of keys) yield { given: [key] };
  }
  const found: string[][] = [];
  for await (const pack of packKeys(feedKeys(source(), { endpoint, unique: false }), endpoint, rules)) {
    found.push(pack.map(({ given }) => given.join()));
  }
  return found;
}

it.each([
  [30, [3, 3, 1]],
  [29, [2, 2, 2, 1]],
  [5, [1, 1, 1, 1, 1, 1, 1]],
])('of nine characters and a comma each, %i hold %j', async (maxCharacters, lengths) => {
  const keys = Array.from({ length: 7 }, (_, n) => `ID_00000${n}`);
  const found = await packs(keys, { size: 20, maxCharacters });
  expect(found.map(({ length }) => length)).toEqual(lengths);
  expect(found.flat()).toEqual(keys);
});

it('a key that is given again begins another call', async () => {
  expect(await packs(['ID_1', 'ID_2', 'ID_1', 'ID_3'], { size: 20, maxCharacters: undefined })).toEqual([
    ['ID_1', 'ID_2'],
    ['ID_1', 'ID_3'],
  ]);
});
