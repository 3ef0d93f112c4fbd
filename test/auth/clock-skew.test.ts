import { expect, test } from 'vitest';
import { clockSkewHint } from '../../src/auth/clock-skew.ts';
import { inEnglish, type Words } from '../../src/core/say.ts';

const date = 'Wed, 16 Oct 2019 14:51:45 GMT';
const at = (seconds: number): Date => new Date(Date.parse(date) + seconds * 1000);

const english = (words: Words | undefined) => (words === undefined ? undefined : inEnglish(words));

test.each([
  [3600, 'the clock of this machine is off by 3600 s (ahead): set it right and try again'],
  [-61, 'the clock of this machine is off by 61 s (behind): set it right and try again'],
  [60, undefined],
  [-60, undefined],
])('a clock %d s off is worth: %s', (seconds, hint) => {
  expect(english(clockSkewHint({ date }, at(seconds)))).toBe(hint);
});

test('no date, or nonsense, says nothing', () => {
  expect(clockSkewHint({}, at(0))).toBeUndefined();
  expect(clockSkewHint({ date: 'yesterday' }, at(0))).toBeUndefined();
});
