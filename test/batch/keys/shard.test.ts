import { expect, test } from 'vitest';
import { inShard } from '../../../src/batch/keys/shard.ts';
import { UsageError } from '../../../src/core/errors.ts';
import { parseShard } from '../../../src/plan/shard-option.ts';

test('a part is named from 1', () => {
  expect(parseShard('3/16')).toEqual({ index: 3, count: 16 });
  expect(parseShard('1/1')).toEqual({ index: 1, count: 1 });
});

test.each(['', '3', '0/16', '17/16', '-1/4', '1/0', '1.5/4', '1/4/2', ' 1/4', '1/4 ', 'a/b', '1/9999999'])('"%s" is no part', text => {
  expect(() => parseShard(text)).toThrow(UsageError);
  expect(() => parseShard(text)).toThrow(`--shard "${text}" is not a part like 3/16`);
});

test('the split never changes', () => {
  const partsOf = (values: readonly string[]) =>
    [16, 7].flatMap(count =>
      Array.from({ length: count }, (_, at) => at + 1).filter(index => inShard(JSON.stringify(values), { index, count })),
    );
  expect(partsOf(['ID_3HV7_Hq1zKw'])).toEqual([10, 7]);
  expect(partsOf(['229fe24c-d840-48dc-959a-e0ff1479df35'])).toEqual([5, 6]);
  expect(partsOf(['f47ac10b-58cc-4372-a567-0e02b2c3d479', '8cb70dea-9fb0-4a68-9572-99a72849c8d6'])).toEqual([2, 7]);
  expect(partsOf([''])).toEqual([12, 6]);
});

test('every key belongs to one part, and the parts are of like size', () => {
  const sizes = new Array<number>(16).fill(0);
  for (let key = 0; key < 20_000; key += 1) {
    for (let index = 1; index <= 16; index += 1) {
      if (!inShard(JSON.stringify([`REC${key}`]), { index, count: 16 })) continue;
      sizes[index - 1] = (sizes[index - 1] ?? 0) + 1;
      break;
    }
  }
  expect(sizes.reduce((sum, size) => sum + size)).toBe(20_000);
  for (const size of sizes) expect(Math.abs(size - 1_250)).toBeLessThan(125);
});
