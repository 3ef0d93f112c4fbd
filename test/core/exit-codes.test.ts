import { expect, test } from 'vitest';
import { exitCodes } from '../../src/core/exit-codes.ts';

test('the numbers scripts rely on: never renumbered, never reused', () => {
  expect(Object.fromEntries(Object.entries(exitCodes).map(([name, { exit, retryable }]) => [name, [exit, retryable]]))).toEqual({
    ok: [0, false],
    internal: [1, false],
    usage: [2, false],
    auth: [4, false],
    config: [20, false],
    'not-found': [21, false],
    refused: [22, false],
    write: [23, false],
    partial: [24, false],
    temporary: [25, true],
    input: [26, false],
    'bad-response': [27, false],
    deadline: [28, true],
    locked: [29, true],
    trust: [60, false],
    hangup: [129, true],
    interrupted: [130, true],
    'broken-pipe': [141, true],
    terminated: [143, true],
  });
});

test('no number stands for two things, and none is one that Node uses itself', () => {
  const numbers: number[] = Object.values(exitCodes).map(({ exit }) => exit);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter(number => number === 3 || (number >= 5 && number <= 19))).toEqual([]);
});

test('every code says in a few words what it promises', () => {
  for (const { meaning } of Object.values(exitCodes)) expect(meaning).toMatch(/^.{8,100}$/);
});
