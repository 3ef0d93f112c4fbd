// Colours on a terminal: what a code says at a glance is declared in its literal, is shown wherever the code is, and is never
// there without the word.
import { describe, expect, test } from 'vitest';
import type { Field, Tone } from '../../src/core/fields.ts';
import { allProviders } from '../../src/providers/index.ts';
import { fieldPaths } from '../providers/field-paths.ts';
import { entry, people, person, row, terminal } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const colours: Readonly<Record<Tone, string>> = { good: '\u001b[32m', waiting: '\u001b[33m', bad: '\u001b[31m' };

const endpoints = (await allProviders()).flatMap(provider => provider.endpoints.map(endpoint => ({ provider: provider.name, endpoint })));
const toned = endpoints.flatMap(({ provider, endpoint }) =>
  fieldPaths(endpoint.fields).flatMap(({ path, field }) =>
    field.kind === 'enum' && field.tones !== undefined
      ? Object.entries(field.tones).map(([code, tone]) => ({
          name: `${provider} ${endpoint.name} ${path}=${code}`,
          provider,
          endpoint,
          path,
          field,
          code,
          tone,
        }))
      : [],
  ),
);

function write(format: 'record' | 'table', options: WriterOptions, record: string): string {
  const writer = createWriter(format, options);
  return writer.begin() + writer.rows([row(record)]) + writer.end();
}

test('there are tones of every kind', () => {
  expect([...new Set(toned.map(({ tone }) => tone))].sort()).toEqual(['bad', 'good', 'waiting']);
  const late = toned.filter(({ code }) => code === 'OVERDUE');
  expect(late.map(({ name, tone }) => [name, tone])).toEqual([
    ['finlend pending-repayments status=OVERDUE', 'bad'],
    ['finlend loan paymentHistory.paymentStatus=OVERDUE', 'bad'],
  ]);
});

test.each(toned)('$name is a documented code, and is shown as $tone', ({ provider, endpoint, path, field, code, tone }) => {
  expect(Object.keys(field.values)).toContain(code);
  const at = path.split('.');
  const lists = at.slice(0, -1).filter((_, depth) => fieldAt(endpoint.fields, at.slice(0, depth + 1))?.kind === 'list');
  expect(lists.length, 'a list in a list is shown as its count only').toBeLessThan(2);
  const record = at.reduceRight((inner, name, depth) => {
    const isList = fieldAt(endpoint.fields, at.slice(0, depth + 1))?.kind === 'list';
    return `{"${name}":${isList ? `[${inner}]` : inner}}`;
  }, `"${code}"`);
  expect(write('record', { provider, endpoint, tty: terminal(200, 1) }, record)).toContain(`${colours[tone]}${code}`);
  expect(write('record', { provider, endpoint, tty: terminal(200) }, record)).not.toContain('\u001b');
});

function fieldAt(fields: Readonly<Record<string, Field>>, [name = '', ...rest]: readonly string[]): Field | undefined {
  const field = fields[name];
  return rest.length === 0
    ? field
    : field !== undefined && 'fields' in field && field.fields !== undefined
      ? fieldAt(field.fields, rest)
      : undefined;
}

describe('on a terminal with colours', () => {
  const options = { provider: 'p', endpoint: entry, tty: terminal(80, 1) };

  test('a code no document knows has none, nor has one whose name every object has', () => {
    for (const code of ['LATE', 'constructor', '__proto__']) {
      expect(write('table', { ...options, columns: undefined }, `{"status":"${code}"}`)).not.toMatch(/\u001b\[3[0-7]m/);
    }
  });

  test('what a mask hides is dim, in a table and in a record', () => {
    const personal = { provider: 'p', endpoint: person, tty: terminal(120, 1) };
    const writer = (format: 'record' | 'table') => {
      const { begin, rows, end } = createWriter(format, personal);
      return begin() + rows(people) + end();
    };
    for (const text of [writer('record'), writer('table')]) {
      expect(text).toContain('\u001b[2ma••••@example.com\u001b[22m');
      expect(text).not.toContain('\u001b[2mAna');
    }
  });
});
