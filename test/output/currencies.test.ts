// The currency beside an amount of a record on a terminal: only the one that the record itself names.
import { expect, test } from 'vitest';
import { defineEndpoint } from '../../src/core/endpoint.ts';
import { currency, group, id, money, text } from '../../src/core/fields.ts';
import { currencyTeller } from '../../src/output/currencies.ts';
import { row, terminal } from './samples.ts';
import { createWriter } from './writers.ts';

const loan = defineEndpoint({
  name: 'loan',
  summary: '',
  doc: { url: 'https://x.example' },
  path: '/loan',
  answer: { item: '' },
  fields: {
    id: id('Id'),
    total: money('Total'),
    fee: money('Fee'),
    node: group('Node', { standard: money('Amount'), code: currency('Code', ['standard']) }),
    other: text('Other'),
  },
  columns: ['id'],
  unified: { kind: 'loan', amount: 'total', currency: 'node.code' },
  example: '{}',
});

function write(record: string, isTerminal = true): string {
  const options = { provider: 'p', endpoint: loan, currencyOf: currencyTeller(loan), ...(isTerminal && { tty: terminal(80) }) };
  const writer = createWriter('record', options);
  return writer.begin() + writer.rows([row(record)]) + writer.end();
}

test('the amount of the record and those beside the code have it, others do not', () => {
  expect(write('{"id":"1","total":10.0,"fee":1,"node":{"standard":"2.50","code":"CNY"},"other":"3"}')).toBe(
    'Id        1\nTotal     10.0 CNY\nFee       1\nNode\n  Amount  2.50 CNY\n  Code    CNY\nOther     3\n',
  );
});

test('none where the code is missing, empty or no code, or the amount is empty', () => {
  for (const code of ['null', '""', '" "', '156', '{"a":1}', `"${'x'.repeat(17)}"`]) {
    expect(write(`{"total":10.0,"node":{"code":${code}}}`)).toMatch(/^Total +10\.0$/m);
  }
  expect(write('{"total":"","node":{"standard":null,"code":"CNY"}}')).toMatch(/^Total\nFee +—\nNode\n {2}Amount {2}—\n/m);
});

test('what a provider sends as a code cannot control the terminal', () => {
  expect(write('{"total":1,"node":{"code":"C\\u001b[31m"}}')).toMatch(/^Total +1 C\\x1b\[31m$/m);
});

test('a pipe has the amount as it was sent', () => {
  expect(write('{"total":10.0,"node":{"code":"CNY"}}', false)).toMatch(/^Total +10\.0$/m);
});
