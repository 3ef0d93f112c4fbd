// The pictures of a page: drawn only where a literal's kinds say what they are of, exact in their words.
import { expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { currency, day, id, instant, money, someOf } from '../../src/core/fields.ts';
import type { Row } from '../../src/output/rows.ts';
import { attribute, elements, readPage, textOf } from './page-reader.ts';
import { loan, loans, row } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const instalment = defineEndpoint({
  name: 'instalments',
  summary: 'Instalments of a loan',
  doc: { url: 'https://example.com/doc', read: '2025-06-23' },
  path: '/loan/{id}/instalments',
  keys: { id: { arg: 'ids', about: 'loan ids', grammar: plainId, many: 'each', field: 'id' } },
  answer: { items: 'items' },
  fields: {
    id: id('Loan'),
    due: day('Due'),
    amount: money('Amount', { adds: true }),
    cur: currency('Currency'),
    state: someOf('State', { PAID: 'paid', LATE: 'late' }, { tones: { PAID: 'good', LATE: 'bad' } }),
    seen: instant('Seen', 'iso'),
  },
  columns: ['id', 'due', 'amount', 'state'],
  example: '{}',
});

const dated = (...members: readonly (readonly [due: string, amount: string, state?: string, cur?: string])[]): Row[] =>
  members.map(([due, amount, state = 'PAID', cur = 'BRL'], at) => row(JSON.stringify({ id: `i${at}`, due, amount, state, cur })));

/** Caption, words of each line, and what is told to those who do not see, of each picture. */
function pictures(rows: readonly Row[], more: Partial<WriterOptions> = {}) {
  const writer = createWriter('html', { provider: 'p', endpoint: instalment, sums: ['amount'], ...more });
  const page = readPage(writer.begin() + writer.rows(rows) + writer.end());
  return elements(page, 'figure').map(figure => ({
    caption: textOf(elements(figure, 'figcaption')[0]),
    lines: elements(figure, 'text').map(textOf),
    told: textOf(elements(figure, 'desc')[0]),
    note: elements(figure, 'p').map(textOf).join(),
    figure,
  }));
}

test('an amount by month: exact sums, apart for each currency, in the order of time', () => {
  const rows = dated(
    ['2024-03-01', '0.1'],
    ['2024-01-31', '10.00'],
    ['2024-03-09', '0.2'],
    ['2024-02-01', '5', 'PAID', 'USD'],
    ['2024-04-01', '7', 'LATE', 'USD'],
  );
  const [, real, dollar, more] = pictures(rows);
  expect(more).toBeUndefined();
  expect(real).toMatchObject({
    caption: 'Amount by month (Due), BRL',
    lines: ['2024-01', '10.00', '2024-03', '0.3'],
    told: '2024-01: 10.00; 2024-03: 0.3',
  });
  expect(dollar).toMatchObject({ caption: 'Amount by month (Due), USD', lines: ['2024-02', '5', '2024-04', '7'] });
  const widths = elements(real?.figure, 'rect').map(bar => attribute(bar, 'width'));
  expect(widths).toEqual(['52%', '1.56%']);
});

test('a month that is less than nothing is drawn otherwise; what has no place is counted', () => {
  const [, months] = pictures(dated(['2024-01-01', '-4.00'], ['2024-02-01', '2'], ['soon', '3'], ['2024-02-03', '1', 'PAID', '']));
  expect(months).toMatchObject({ lines: ['2024-01', '-4.00', '2024-02', '2'], note: '2 rows have no place here.' });
  const bars = elements(months?.figure, 'rect').map(bar => [attribute(bar, 'class'), attribute(bar, 'width')]);
  expect(bars).toEqual([
    ['bar minus', '52%'],
    ['bar', '26%'],
  ]);
});

test('instalments on a line of time, with the word and the tone of their state, and what is now', () => {
  const rows = dated(['2026-01-31', '2.00', 'NEW'], ['2026-01-01', '1.00', 'PAID'], ['2026-01-11', '3.00', 'LATE']);
  const [line] = pictures(rows, { sums: [] });
  expect(line).toMatchObject({
    caption: 'Amount over time (Due)',
    lines: ['now', '2026-01-01', '1.00', 'PAID', '2026-01-11', '3.00', 'LATE', '2026-01-31', '2.00', 'NEW'],
    told: '2026-01-01: 1.00 PAID; 2026-01-11: 3.00 LATE; 2026-01-31: 2.00 NEW',
  });
  const marks = elements(line?.figure, 'circle').map(mark => [attribute(mark, 'class'), attribute(mark, 'cx')]);
  expect(marks).toEqual([
    ['good', '0%'],
    ['bad', '10%'],
    ['dot', '30%'],
  ]);
  const [svg] = elements(line?.figure, 'svg');
  expect([attribute(svg, 'role'), attribute(svg, 'aria-labelledby')]).toEqual(['img', 'timeline']);
});

test('nothing is guessed: no picture without a state, without a date, of one day or of too many rows', () => {
  const many = Array.from({ length: 61 }, (_, at) => [`2024-01-${`${(at % 28) + 1}`.padStart(2, '0')}`, '1.00'] as const);
  expect(pictures(loans, { endpoint: loan, sums: [] })).toEqual([]);
  expect(pictures(dated(['2024-01-01', '1'], ['2024-01-01', '2']))).toEqual([]);
  expect(pictures(dated(...many))).toEqual([]);
  expect(pictures(dated(['2024-01-01', '1'], ['2024-02-01', '2']), { fields: ['id', 'amount', 'state'] })).toEqual([]);
  expect(pictures(dated(['2024-01-01', '1'], ['2024-02-01', '2']), { fields: ['id', 'due', 'amount'], sums: [] })).toEqual([]);
});

test('the month of a time is that of the zone', () => {
  const seen = ['2024-02-01T01:30:00Z', '2024-02-28T01:30:00Z', '2024-03-05T12:00:00Z'];
  const rows = seen.map((at, n) => row(JSON.stringify({ id: `i${n}`, seen: at, amount: '1.50', cur: 'BRL' })));
  const lines = (tz: string) => pictures(rows, { fields: ['id', 'seen', 'amount'], tz }).map(picture => picture.lines);
  expect(lines('America/Sao_Paulo')).toEqual([['2024-01', '1.50', '2024-02', '1.50', '2024-03', '1.50']]);
  expect(lines('UTC')).toEqual([['2024-02', '3.00', '2024-03', '1.50']]);
});
