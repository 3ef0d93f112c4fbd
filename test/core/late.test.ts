import { expect, test } from 'vitest';
import { late } from '../../src/core/late.ts';

test('a value is made when it is first asked for, and once', () => {
  let made = 0;
  const value = late(() => {
    made += 1;
    return made === 1 ? undefined : made;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});

test('what could not be made is tried anew', () => {
  let tries = 0;
  const value = late(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  expect(value).toThrow('not yet');
  expect(value()).toBe(2);
});
