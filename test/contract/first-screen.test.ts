// The answer is on the screen at once: what a record's amount and status are stands in its first lines, at 80 columns and 24 rows,
// for every endpoint that reads by key and says which of its fields those are.
import { expect, test } from 'vitest';
import { displayWidth } from '../../src/console/width.ts';
import type { UnifiedSource } from '../../src/core/unified.ts';
import { allColumns, type Column } from '../../src/output/columns.ts';
import { cellOf } from '../../src/output/rows.ts';
import { plainText } from '../../src/output/values.ts';
import { allProviders } from '../../src/providers/index.ts';
import { row, terminal } from '../output/samples.ts';
import { createWriter } from '../output/writers.ts';
import { recordsIn } from './documented-csv.ts';
import { factsOfEndpoints } from './facts.ts';

/** The prompt takes a row as well. */
const rows = 23;
const known = await factsOfEndpoints();
const byKey = known.filter(({ endpoint }) => endpoint.unified !== undefined && Object.keys(endpoint.keys ?? {}).length > 0);

test('most systems have such endpoints', async () => {
  expect(byKey.length).toBeGreaterThan(12);
  expect(new Set(byKey.map(({ provider }) => provider.name)).size).toBeGreaterThanOrEqual((await allProviders()).length - 1);
});

test.each(byKey)('$name', ({ provider, endpoint }) => {
  const [sample] = recordsIn(endpoint);
  expect(sample).toBeDefined();
  const source = JSON.stringify(sample, (_, value) =>
    typeof value === 'object' && value !== null && 'value' in value && 'isLosslessNumber' in value ? Number(value.value) : value,
  );
  const shown = row(source, Object.fromEntries(Object.keys(endpoint.keys ?? {}).map(name => [name, 'key'])));
  const writer = createWriter('record', { provider: provider.name, endpoint, tty: terminal(80), leading: endpoint.columns });
  const lines = `${writer.begin()}${writer.rows([shown])}${writer.end()}`.split('\n').slice(0, rows);
  expect(Math.max(...lines.map(line => displayWidth(line)))).toBeLessThanOrEqual(80);
  for (const column of ['amount', 'status'] as const) {
    for (const path of pathsOf(endpoint.unified?.[column])) {
      const field = allColumns(endpoint).find(({ name }) => name === path);
      if (field === undefined) throw new Error(`${endpoint.name} has no field ${path}`);
      const value = cellOf(shown, field) ?? null;
      // A sample may lack it; there is nothing to show then.
      if (value !== null && plainText(value) !== '')
        expect(
          lines.filter(line => shows(line, field, plainText(value))),
          `${column}: ${path}`,
        ).not.toEqual([]);
    }
  }
});

function shows(line: string, { labels, field }: Column, value: string): boolean {
  const text = field.kind === 'flag' ? { true: 'yes', false: 'no' }[value] : value;
  return line.trim().startsWith(labels.at(-1) ?? '') && line.includes(`  ${text}`);
}

function pathsOf(source: UnifiedSource | undefined): readonly string[] {
  if (source === undefined) return [];
  if (typeof source === 'string') return [source];
  if ('sum' in source) return source.sum;
  return 'less' in source ? source.less : [];
}
