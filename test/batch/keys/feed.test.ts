// Keys that share calls: how many of them, by their number and by the characters they take.
import { expect, it } from 'vitest';
import { feedKeys, type KeyInput, packKeys } from '../../../src/batch/keys/feed.ts';
import type { PackRules } from '../../../src/plan/packs.ts';
import ekuaibao from '../../../src/providers/ekuaibao/index.ts';

const endpoint = ekuaibao.endpoints.find(({ name }) => name === 'repayment-records') ?? ekuaibao.endpoints[0];

/** `together`: how many keys come at a time. */
async function packs(keys: readonly string[], rules: PackRules, together = 1): Promise<string[][]> {
  if (endpoint === undefined) throw new Error('no endpoint');
  async function* source(): AsyncGenerator<readonly KeyInput[]> {
    for (let at = 0; at < keys.length; at += together) yield keys.slice(at, at + together).map(key => ({ given: [key] }));
  }
  const found: string[][] = [];
  for await (const some of packKeys(feedKeys(source(), { endpoint, unique: false }), endpoint, rules)) {
    found.push(...some.map(pack => pack.map(({ given }) => given.join())));
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
  for (const together of [2, 5, 7]) expect(await packs(keys, { size: 20, maxCharacters }, together)).toEqual(found);
});

it('a key that is given again begins another call', async () => {
  expect(await packs(['ID_1', 'ID_2', 'ID_1', 'ID_3'], { size: 20, maxCharacters: undefined })).toEqual([
    ['ID_1', 'ID_2'],
    ['ID_1', 'ID_3'],
  ]);
});
