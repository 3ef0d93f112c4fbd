import { expect, test } from 'vitest';

interface Agreement {
  readonly words: readonly string[];
  readonly compared: number;
}
const { disagreements } = (await import(new URL('../../bench/agreement.js', import.meta.url).href)) as {
  disagreements: (parts: object, others: object) => Agreement;
};

const spread = (min: number, max: number) => ({ median: (min + max) / 2, min, max });
const run = (min: number, max: number, megabytes: number) => ({
  start: {
    tables: [
      { title: 'Starts', by: 'cpu', unit: 'ms', rows: [{ name: 'help', cpu: spread(min, max), wall: spread(1, 2) }] },
      { title: 'Memory', unit: 'MB', rows: [{ name: '1,000 keys', value: megabytes }] },
    ],
  },
});

test('two runs agree where their spreads meet, and single figures within a tenth', () => {
  expect(disagreements(run(10, 20, 100), run(20, 30, 110))).toEqual({ words: [], compared: 2 });
  expect(disagreements(run(10, 19, 100), run(20, 30, 112))).toEqual({
    words: ['Starts: help: 10-19 instead of 20-30 ms of cpu time', 'Memory: 1,000 keys: 100.0 instead of 112.0 MB'],
    compared: 2,
  });
});

test('a figure that only one run has is not compared', () => {
  expect(disagreements(run(10, 19, 100), {})).toEqual({ words: [], compared: 0 });
});
