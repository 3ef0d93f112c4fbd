// How far away a moment is, as people say it: in a unit of which there are two at least, rounded down.
import { describe, expect, test } from 'vitest';
import { kindWords, validityWords } from '../../src/commands/secrets/kind-words.ts';
import { distanceWords } from '../../src/commands/secrets/moments.ts';
import { inEnglish } from '../../src/core/say.ts';

const now = new Date('2026-11-21T15:20:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('distanceWords', () => {
  test.each([
    [1, 'in 1 min'],
    [0, '1 min ago'],
    [-30_000, '1 min ago'],
    [119 * minute, 'in 119 min'],
    [120 * minute, 'in 2 hours'],
    [23 * hour + 59 * minute, 'in 23 hours'],
    [47 * hour, 'in 47 hours'],
    [48 * hour, 'in 2 days'],
    [-60 * day, '60 days ago'],
    [-61 * day, '2 months ago'],
    [-3.1 * 365.25 * day, '3 years ago'],
  ])('%d ms: %s', (away, words) => {
    expect(inEnglish(distanceWords(now.getTime() + away, now))).toBe(words);
  });
});

test('until when something is good, or since when it is not', () => {
  const at = (away: number) => inEnglish(validityWords(now.getTime() + away, now));
  expect(at(23 * hour)).toMatch(/^good until 2026-11-2[23] \d\d:20 [+-]\d\d:\d\d, in 23 hours$/);
  expect(at(-3 * hour)).toMatch(/^expired 3 hours ago, at 2026-11-2[12] \d\d:20 [+-]\d\d:\d\d$/);
});

test('what a secret is', () => {
  expect(inEnglish(kindWords({ kind: 'text', length: 612 }, now))).toBe('612 characters');
  expect(inEnglish(kindWords({ kind: 'jwt', length: 612, expiresMs: undefined }, now))).toBe('a JWT without an end');
  expect(inEnglish(kindWords({ kind: 'key', length: 612, type: 'of type rsa' }, now))).toBe('a private key of type rsa');
});
