// Totals of columns: exact, and apart for each currency.
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { inEnglish } from '../../src/core/say.ts';
import { cellOf } from '../../src/output/rows.ts';
import { Sums, sumColumns } from '../../src/output/sums.ts';
import ekuaibao from '../../src/providers/ekuaibao/index.ts';
import interlace from '../../src/providers/interlace/index.ts';
import qitech from '../../src/providers/qitech/index.ts';
import { row } from './samples.ts';

function endpointOf(provider: typeof interlace, name: string) {
  const found = provider.endpoints.find(endpoint => endpoint.name === name);
  if (found === undefined) throw new Error(`no endpoint ${name}`);
  return found;
}

function total(endpoint: ReturnType<typeof endpointOf>, fields: readonly string[], rows: readonly string[]): Sums {
  const sums = new Sums(sumColumns(endpoint, fields, {}));
  for (const one of rows) sums.add(column => cellOf(row(one), column));
  return sums;
}

const repayment = endpointOf(interlace, 'account-repayment');

describe('a total', () => {
  test('is exact to the last digit of any of them, whatever a double would make of it', () => {
    const invoice = endpointOf(qitech, 'invoice');
    const amounts = ['0.1', '0.2', '9007199254740993', '"-0.30"', '1e-3', '12345678901234567890.00'];
    const sums = total(
      invoice,
      ['total_amount'],
      amounts.map(amount => `{"total_amount":${amount}}`),
    );
    expect(sums.facts()).toEqual([{ field: 'total_amount', currency: null, total: '12354686100489308883.001', amounts: 6 }]);
    expect(sums.sentences().map(inEnglish)).toEqual(['sum of total_amount: 12354686100489308883.001, currency not stated (6 values)']);
  });

  test('keeps its places, and empty values do not count', () => {
    const sums = total(
      repayment,
      ['cardSettleAmount'],
      ['{"cardSettleAmount":"5.00","currency":"USD"}', '{"cardSettleAmount":null}', '{}'],
    );
    expect(sums.facts()).toEqual([{ field: 'cardSettleAmount', currency: 'USD', total: '5.00', amounts: 1 }]);
  });

  test('is one for each currency; what names none is added to no other', () => {
    const sums = total(
      repayment,
      ['cardSettleAmount'],
      [
        '{"cardSettleAmount":"5.00","currency":"USD"}',
        '{"cardSettleAmount":"7.1","currency":"EUR"}',
        '{"cardSettleAmount":"1.00","currency":"USD"}',
        '{"cardSettleAmount":"100","currency":null}',
        '{"cardSettleAmount":"1000"}',
        '{"cardSettleAmount":"10000","currency":"  "}',
        '{"cardSettleAmount":"10000","currency":"a word that is no code of a currency"}',
      ],
    );
    expect(sums.facts()).toEqual([
      { field: 'cardSettleAmount', currency: 'USD', total: '6.00', amounts: 2 },
      { field: 'cardSettleAmount', currency: 'EUR', total: '7.1', amounts: 1 },
      { field: 'cardSettleAmount', currency: null, total: null, amounts: 4 },
    ]);
    expect(sums.sentences().map(inEnglish)).toEqual([
      'sum of cardSettleAmount: 6.00 USD (2 values)',
      'sum of cardSettleAmount: 7.1 EUR (1 value)',
      'sum of cardSettleAmount: 4 values not added, their currency is not known',
    ]);
  });

  test('takes the currency that belongs to the amount, in a group too', () => {
    const loan = endpointOf(ekuaibao, 'loan');
    const node = '{"totalMoneyNode":{"standard":"69.5","standardStrCode":"CNY","foreign":"10.0","foreignStrCode":"USD"}}';
    expect(total(loan, ['totalMoneyNode.standard', 'totalMoneyNode.foreign'], [node, node]).sentences().map(inEnglish)).toEqual([
      'sum of totalMoneyNode.standard: 139.0 CNY (2 values)',
      'sum of totalMoneyNode.foreign: 20.0 USD (2 values)',
    ]);
  });

  test('of numbers has no currency; what is none, or too long for one, is not added', () => {
    const hook = endpointOf(interlace, 'batch-hook');
    const rows = ['{"size":10}', '{"size":"20"}', '{"size":"many"}', '{"size":1e400000}', `{"size":${'9'.repeat(1001)}}`];
    expect(total(hook, ['size'], rows).sentences().map(inEnglish)).toEqual([
      'sum of size: 30 (2 values)',
      'sum of size: 3 values not added, they are no numbers',
    ]);
  });

  test('of nothing is nothing', () => {
    expect(total(repayment, ['cardSettleAmount'], []).facts()).toEqual([
      { field: 'cardSettleAmount', currency: null, total: '0', amounts: 0 },
    ]);
    expect(total(repayment, ['cardSettleAmount'], []).sentences().map(inEnglish)).toEqual(['sum of cardSettleAmount: 0 (no values)']);
  });

  test('of more currencies than there are keeps what it has begun', () => {
    const rows = Array.from({ length: 400 }, (_, n) => `{"cardSettleAmount":1,"currency":"C${n}"}`);
    const facts = total(repayment, ['cardSettleAmount'], [...rows, ...rows]).facts();
    expect([facts.length, facts[0], facts.at(-1)]).toEqual([
      301,
      { field: 'cardSettleAmount', currency: 'C0', total: '2', amounts: 2 },
      { field: 'cardSettleAmount', currency: null, total: null, amounts: 200 },
    ]);
  });
});

describe('what cannot be added up is refused', () => {
  const refusal = (fields: readonly string[], explode?: string): unknown => {
    try {
      sumColumns(endpointOf(qitech, 'invoice'), fields, { explode });
    } catch (error) {
      if (error instanceof UsageError) return [error.message, error.facts.hint];
    }
    return 'not refused';
  };

  test.each<[fields: readonly string[], explode: string | undefined, said: readonly [string, string]]>([
    [
      ['invoice_key'],
      undefined,
      ['--sum invoice_key: it is neither an amount nor a number', 'amounts of invoice: total_amount, paid_amount'],
    ],
    [
      ['total_amount'],
      'invoice_items',
      [
        '--sum total_amount: with --explode invoice_items a record would count once per element',
        'sum a field of invoice_items, or leave --explode out',
      ],
    ],
  ])('%j with --explode %s', (fields, explode, said) => {
    expect(refusal(fields, explode)).toEqual(said);
  });

  test('a field inside a list needs --explode', () => {
    expect(refusal(['invoice_items.amount'])).toMatchObject([
      'invoice_items.amount is inside a list; it is a field with --explode invoice_items',
      expect.stringContaining('near: '),
    ]);
    expect(refusal(['invoice_items.amount'], 'invoice_items')).toBe('not refused');
  });
});
