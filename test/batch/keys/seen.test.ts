import { expect, it } from 'vitest';
import { KeySet } from '../../../src/batch/keys/seen.ts';
import { key } from '../storm.ts';

it('knows every key it was given, and no other', () => {
  const set = new KeySet();
  const added = Array.from({ length: 20_000 }, (_, n) => set.add(key(n * 2)));
  expect(added.every(isNew => isNew)).toBe(true);
  const again = Array.from({ length: 40_000 }, (_, n) => set.add(key(n)));
  expect(again.filter(isNew => isNew).length).toBe(20_000);
  expect(again.every((isNew, n) => isNew === (n % 2 === 1))).toBe(true);
});
