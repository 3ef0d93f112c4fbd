// Nested lists in a record on a terminal: one table of what the literal shows first, what it leaves out, and what it adds up to.
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/console/width.ts';
import { defineEndpoint, uuid } from '../../src/core/endpoint.ts';
import { currency, day, id, list, money, someOf, text, values } from '../../src/core/fields.ts';
import { listTotals } from '../../src/output/list-totals.ts';
import { selectColumns } from '../../src/output/named-columns.ts';
import { cellOf, rowsOf } from '../../src/output/rows.ts';
import { Sums, sumColumns } from '../../src/output/sums.ts';
import { allProviders } from '../../src/providers/index.ts';
import { row, terminal } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const invoice = defineEndpoint({
  name: 'invoice',
  summary: '',
  doc: { url: 'https://x.example' },
  path: '/{invoice_key}',
  keys: { invoice_key: { arg: 'keys', about: '', grammar: uuid, field: 'invoice_key' } },
  answer: { item: '' },
  fields: {
    invoice_key: id('Invoice'),
    unit: currency('Currency', 'all', { optional: true }),
    items: list(
      'Items',
      {
        item_key: id('Item'),
        invoice_key: id('Invoice'),
        note: text('Note'),
        description: text('Description'),
        amount: money('Amount', { adds: true }),
        paid: money('Paid', { adds: true }),
        limit: money('Limit'),
        status: someOf('Status', { open: 'open' }),
        due: day('Due'),
      },
      { columns: ['description', 'amount', 'status', 'due'] },
    ),
    rest: values('Rest'),
  },
  columns: ['invoice_key'],
  example: '{}',
});

function write(record: string, columns = 80, options: Partial<WriterOptions> = {}): string {
  const tty = terminal(columns);
  const totalsOf: WriterOptions['totalsOf'] = (each, column) => listTotals(invoice, each, column);
  const writer = createWriter('record', {
    provider: 'p',
    endpoint: invoice,
    tty,
    totalsOf,
    columns: selectColumns(invoice, ['items']),
    ...options,
  });
  return writer.begin() + writer.rows([row(record)]) + writer.end();
}

const item = (more: string) => `{"item_key":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","invoice_key":"INV1",${more}}`;
const two = `{"invoice_key":"INV1","unit":"BRL","items":[
  ${item('"description":"Compra no estabelecimento XYZ","amount":150.00,"paid":0,"limit":150.0,"status":"open","due":"2024-02-15"')},
  ${item('"description":"利息 é","amount":200.5,"limit":200.0,"status":"LATE","due":"2024-03-15"')}]}`;

test('what the literal shows first is whole; the key of the record itself is not said again, and what is left out is counted', () => {
  expect(write(two)).toBe(
    `
Items  2 items  sum 350.50 BRL
  #  Description                    Amount  Status  Due
  ─  ─────────────────────────────  ──────  ──────  ──────────
  1  Compra no estabelecimento XYZ  150.00  open    2024-02-15
  2  利息 é                         200.5   LATE    2024-03-15
  … 4 more columns: --explode items
`.slice(1),
  );
});

test('a wider screen shows more, columns without a value last', () => {
  expect(write(two, 140)).toBe(
    `
Items  2 items  sum 350.50 BRL
  #  Description                    Amount  Status  Due         Item                                  Paid  Limit  Note
  ─  ─────────────────────────────  ──────  ──────  ──────────  ────────────────────────────────────  ────  ─────  ────
  1  Compra no estabelecimento XYZ  150.00  open    2024-02-15  a1b2c3d4-e5f6-7890-abcd-ef1234567890     0  150.0
  2  利息 é                         200.5   LATE    2024-03-15  a1b2c3d4-e5f6-7890-abcd-ef1234567890        200.0
`.slice(1),
  );
});

test.each([30, 40, 60, 79, 80, 120, 200])('no line is wider than a screen of %s columns', columns => {
  expect(
    Math.max(
      ...write(two, columns)
        .split('\n')
        .map(line => displayWidth(line)),
    ),
  ).toBeLessThanOrEqual(columns);
});

test('what follows a text stands in one column, whatever the text is written in', () => {
  const texts = ['plain', '借款服务费', 'cafe\u0301', '👩‍👩‍👧 família', 'हिन्दी', 'ｆｕｌｌ', '한국어'];
  const lines = write(`{"items":[${texts.map(each => item(`"description":"${each}","amount":1.00`)).join(',')}]}`).split('\n');
  const rows = lines.filter(line => line.includes(' 1.00'));
  expect(rows).toHaveLength(texts.length);
  expect(new Set(rows.map(line => stringWidth(line.slice(0, line.indexOf(' 1.00'))))).size).toBe(1);
});

test('elements that no document declares are a table as well, never one long line', () => {
  const rest = `{"rest":[{"accountId":"2e3cbb16-a420-4080-9094-e19f45371fee","amount":12.50,"who":{"name":"Ana \\u001b[31m"}},{"accountId":"3e3cbb16-a420-4080-9094-e19f45371fee","amount":2.5,"tags":["x","y"]}]}`;
  expect(write(rest, 80, { columns: selectColumns(invoice, ['rest']) })).toBe(
    `
Rest  2 items
  #  accountId                             amount  who.name      tags
  ─  ────────────────────────────────────  ──────  ────────────  ────
  1  2e3cbb16-a420-4080-9094-e19f45371fee   12.50  Ana \\x1b[31m
  2  3e3cbb16-a420-4080-9094-e19f45371fee    2.5                 x, y
`.slice(1),
  );
});

describe('the sum of a list', () => {
  const headOf = (record: string) => write(record).split('\n')[0];
  const items = (...each: readonly string[]) => `"items":[${each.map(one => `{${one}}`).join(',')}]`;

  test.each([
    ['has a currency where the record names it', `{"unit":"NGN",${items('"amount":1.10', '"amount":2')}}`, 'Items  2 items  sum 3.10 NGN'],
    ['is exact', `{${items('"amount":0.1', '"amount":0.2', '"amount":9007199254740993')}}`, 'Items  3 items  sum 9007199254740993.3'],
    ['is left out where an amount is missing', `{${items('"amount":1', '"due":"2024-01-01"')}}`, 'Items  2 items'],
    ['is left out where an amount is no number', `{${items('"amount":1', '"amount":"n/a"')}}`, 'Items  2 items'],
    ['of nothing that adds up', `{${items('"limit":1', '"limit":2')}}`, 'Items  2 items'],
    [
      'is left out where the record should name the currency and does not',
      `{"unit":null,${items('"amount":1', '"amount":2')}}`,
      'Items  2 items',
    ],
    ['of one element would be that element', `{"unit":"NGN",${items('"amount":1')}}`, 'Items  1 item'],
  ])('%s', (_, record, head) => {
    if (record.includes('unit')) return expect(headOf(record)).toBe(head);
    // Without a field for it no document would name one.
    const { unit: _unit, ...fields } = invoice.fields;
    const endpoint = { ...invoice, fields };
    const totalsOf: WriterOptions['totalsOf'] = (each, column) => listTotals(endpoint, each, column);
    expect(write(record, 80, { endpoint, totalsOf }).split('\n')[0]).toBe(head);
  });
});

test('every sum that a literal declares is the one that --explode and --sum give', async () => {
  let compared = 0;
  for (const { endpoints } of await allProviders()) {
    for (const endpoint of endpoints) {
      const record = row(sampleOf(endpoint));
      for (const list of selectColumns(endpoint, Object.keys(endpoint.fields)).filter(({ field }) => field.kind === 'list')) {
        for (const { name, amounts } of listTotals(endpoint, record, list)) {
          const sums = new Sums(sumColumns(endpoint, [name], { explode: list.name }));
          for (const each of rowsOf(record.record, record.request, list.name)) sums.add(column => cellOf(each, column));
          expect(sums.facts().map(({ total, currency: unit }) => (unit === null ? total : `${total} ${unit}`))).toEqual([amounts]);
          compared += 1;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(3);
});

/** The first record of the documented sample. */
function sampleOf({ example, answer }: Parameters<typeof listTotals>[0]): string {
  const [place] = Array.isArray(answer) ? answer : [answer];
  const path = ('item' in place ? place.item : place.items).split('.').filter((name: string) => name !== '');
  const found = path.reduce((value: unknown, name: string) => (value as Record<string, unknown> | undefined)?.[name], JSON.parse(example));
  return JSON.stringify(Array.isArray(found) ? (found[0] ?? {}) : (found ?? {}));
}
