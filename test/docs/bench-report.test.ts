// What the bench makes of the rounds of several sittings.
import { expect, test } from 'vitest';

interface Row {
  readonly name: string;
  readonly ratio?: number;
  readonly value?: number;
  readonly goal?: number;
}
interface Report {
  readonly tables: readonly { readonly rows: readonly Row[] }[];
  add(table: object): void;
  figures(table: object): void;
}
const { Report } = (await import(new URL('../../bench/report.js', import.meta.url).href)) as { Report: new () => Report };

test('rounds of two sittings are one table, and the ratio is that of each round', () => {
  const report = new Report();
  const sit = (node: number[], help: number[]) =>
    report.add({
      id: 'start',
      title: 'Starts',
      base: 'node',
      goals: { help: 1.6 },
      runs: { node: { wall: node, cpu: node }, help: { wall: help, cpu: help } },
    });
  sit([10, 10], [15, 16]);
  // The machine is slower for a while: for both.
  sit([20, 20], [30, 34]);
  const times = (median: number, min: number, max: number) => ({ median, min, max });
  expect(report.tables).toEqual([
    {
      id: 'start',
      title: 'Starts',
      unit: 'ms',
      by: 'cpu',
      base: 'node',
      missing: [],
      rows: [
        { name: 'node', rounds: 4, wall: times(15, 10, 20), cpu: times(15, 10, 20), ratio: 1, ratios: times(1, 1, 1) },
        { name: 'help', rounds: 4, wall: times(23, 15, 34), cpu: times(23, 15, 34), ratio: 1.55, ratios: times(1.55, 1.5, 1.7), goal: 1.6 },
      ],
    },
  ]);
});

test('figures of two sittings are their mean, with the goal that follows from them', () => {
  const report = new Report();
  const goals = ({ small }: Readonly<Record<string, number>>) => ({ large: 1.2 * (small ?? 0) });
  report.figures({ id: 'memory', title: 'Memory', unit: 'MB', values: { small: 100, large: 120 }, goals });
  report.figures({ id: 'memory', title: 'Memory', unit: 'MB', values: { small: 110, large: 140 }, goals });
  expect(report.tables[0]?.rows).toEqual([
    { name: 'small', value: 105, min: 100, max: 110 },
    { name: 'large', value: 130, min: 120, max: 140, goal: 126 },
  ]);
});
