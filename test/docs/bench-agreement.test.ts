import { expect, test } from 'vitest';

interface Agreement {
  readonly words: readonly string[];
  readonly compared: number;
}
const { disagreements } = (await import(new URL('../../bench/agreement.js', import.meta.url).href)) as {
  disagreements: (parts: object, others: object) => Agreement;
};

const spread = (min: number, max: number) => ({ median: (min + max) / 2, min, max });
const row = (name: string, cpu: object, ratios: object, rounds: number) => ({ name, rounds, cpu, ratios, wall: spread(1, 2) });
const run = (base: object, ratios: object, memory: object, rounds = 24) => ({
  start: {
    tables: [
      {
        title: 'Starts',
        by: 'cpu',
        base: 'node',
        unit: 'ms',
        rows: [row('node', base, spread(1, 1), rounds), row('help', spread(1, 9), ratios, rounds)],
      },
      { title: 'Memory', unit: 'MB', rows: [{ name: '1,000 keys', ...memory }] },
    ],
  },
});
const memory = (value: number, min = value, max = value) => ({ value, min, max });

test('two runs agree where their spreads meet: of ratios, and of the times that count as 1', () => {
  expect(disagreements(run(spread(10, 20), spread(1.5, 1.7), memory(100)), run(spread(20, 30), spread(1.7, 1.9), memory(100)))).toEqual({
    words: [],
    compared: 3,
  });
  expect(disagreements(run(spread(10, 19), spread(1.5, 1.7), memory(100)), run(spread(20, 30), spread(1.8, 1.9), memory(100)))).toEqual({
    words: ['Starts: node: 10.0-19.0 instead of 20.0-30.0 ms of cpu time', 'Starts: help: 1.50-1.70 instead of 1.80-1.90 x'],
    compared: 3,
  });
});

test('figures that are taken twice agree within a tenth, or where their spreads meet', () => {
  const one = run(spread(1, 2), spread(1, 2), memory(100, 90, 110));
  expect(disagreements(one, run(spread(1, 2), spread(1, 2), memory(111)))).toEqual({ words: [], compared: 3 });
  expect(disagreements(one, run(spread(1, 2), spread(1, 2), memory(140, 110, 170)))).toEqual({ words: [], compared: 3 });
  expect(disagreements(one, run(spread(1, 2), spread(1, 2), memory(140, 111, 169)))).toEqual({
    words: ['Memory: 1,000 keys: 100.0 instead of 140.0 MB'],
    compared: 3,
  });
});

test('times of few rounds agree within a tenth', () => {
  const few = (base: object, ratios: object) => run(base, ratios, memory(100), 4);
  expect(disagreements(few(spread(100, 101), spread(1.5, 1.51)), few(spread(109, 110), spread(1.62, 1.63)))).toEqual({
    words: [],
    compared: 3,
  });
  expect(disagreements(few(spread(100, 101), spread(1.5, 1.51)), few(spread(112, 113), spread(1.7, 1.71))).words).toEqual([
    'Starts: node: 100-101 instead of 112-113 ms of cpu time',
    'Starts: help: 1.50-1.51 instead of 1.70-1.71 x',
  ]);
});

test('a figure that only one run has is not compared', () => {
  expect(disagreements(run(spread(1, 2), spread(1, 2), memory(100)), {})).toEqual({ words: [], compared: 0 });
});
