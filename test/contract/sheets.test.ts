// The workbook of every endpoint's documented sample, read by a program of other people: each cell is what the document says, of its kind.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/core/fields.ts';
import { allColumns } from '../../src/output/columns.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type ReadCell, readSheets } from '../runner/sheets.ts';
import { cellsOf, recordsIn } from './documented-csv.ts';
import { factsOfEndpoints } from './facts.ts';

const home = await sharedHome();
const known = (await factsOfEndpoints()).filter(({ endpoint }) => !endpoint.open);

async function sheetOf(provider: string, endpoint: string, keys: readonly string[], sample: string, more: readonly string[] = []) {
  const input = await home.write('work/sample.json', sample);
  const out = join(home.cwd, `${provider}-${endpoint}.xlsx`);
  const args = [provider, endpoint, ...keys, '--input', input, '-o', 'xlsx', '--out', out, '--tz', 'UTC', '--show-personal', '-q', ...more];
  expect(await runInProcess(args, { home })).toEqual({ code: 0, stdout: '', stderr: '' });
  return (await readSheets(out))[0]?.data ?? [];
}

/** What the document's cell is in a sheet: of fewer than 15 digits a number, else the text. */
function expected(text: string, { kind, ...field }: Field): ReadCell {
  if (text === '') return null;
  const plain = /^'(?=[-+=@])/.test(text) ? text.slice(1) : text;
  if (kind === 'money' || kind === 'number' || (kind === 'any' && /^\d+$/.test(text))) {
    const digits = text.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
    return /^-?\d+(\.\d+)?$/.test(text) && digits.length < 15 && !/^-0(\.0+)?$/.test(text) ? Number(text) : text;
  }
  if (kind === 'instant' && !('none' in field && text === '')) {
    const [, second = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
    return new Date(`${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  }
  if (kind === 'day') return new Date(`${text}T00:00:00Z`);
  return plain;
}

describe.each(known)('$name', ({ provider, endpoint, keys }) => {
  test('its sample in a sheet', async () => {
    const records = recordsIn(endpoint);
    const [, ...rows] = cellsOf(endpoint, keys, records);
    const columns = allColumns(endpoint);
    const [heading = [], ...found] = await sheetOf(provider.name, endpoint.name, keys, endpoint.example);
    expect(heading.length).toBe(columns.length);
    expect(new Set(heading).size).toBe(columns.length);
    const origin = found.at(-1)?.[0];
    expect(`${origin}`).toMatch(
      new RegExp(`^loanq ${provider.name} ${endpoint.name}.* · saved answer .*sample.json · .*Z · personal data whole$`),
    );
    // A time that means none is a word, and nothing in CSV.
    const cells = found.slice(0, -2).map(row => row.map((cell, at) => (isNone(columns[at]?.field, cell) ? null : cell)));
    expect(cells).toEqual(rows.map(row => row.map((text, at) => expected(text, columns[at]?.field ?? { kind: 'text', label: '' }))));
  });
});

function isNone(field: Field | undefined, cell: ReadCell | undefined): boolean {
  return field?.kind === 'instant' && field.none !== undefined && cell === field.none.say;
}

// Of each provider what a reader of the page would look for, letter by letter.
test.each<[string, string, string[], ReadCell[]]>([
  [
    'ekuaibao',
    'repayment-records',
    ['id', 'amount', 'createTime', 'chargeAgainstMark', 'attachments', 'title'],
    ['ID_3HV7_Hq1zKw', 10, new Date('2022-06-07T06:30:39.073Z'), 'false', '[]', '迭代测试-不传2'],
  ],
  [
    'finlend',
    'customer-repayments',
    ['id', 'email', 'repaymentAmount', 'loanAmountPaid', 'creationDate', 'paymentDueDate', 'installmentCount'],
    [
      '5b0c9f5e-6f0a-4d39-9a53-0d6f2a7b1c11',
      'adaeze.okafor@example.com',
      18250.75,
      'true',
      // No document states the form of these.
      '2024-01-15T10:30:00Z',
      '2024-02-15',
      1,
    ],
  ],
  [
    'crego',
    'record',
    ['id', 'created_at', 'amount', 'ref_id', 'collection_bank.account_no', 'revert_sent_to_gl'],
    ['229fe24c-d840-48dc-959a-e0ff1479df35', new Date('2024-12-01T18:28:44.629Z'), 13442, 'REC0XAM2', '000000000000', 'false'],
  ],
  [
    'qitech',
    'wallet-entry',
    ['wallet_entry_key', 'wallet_entry_amount', 'wallet_entry_status', 'created_at'],
    ['8cb70dea-9fb0-4a68-9572-99a72849c8d6', 150, 'concluded', new Date('2024-01-15T10:30:00.000Z')],
  ],
  [
    'interlace',
    'account-repayment',
    ['accountId', 'displayId', 'type', 'cardNegative', 'cardUnpaidAmount', 'repayTime'],
    ['2e3cbb16-a420-4080-9094-e19f45371fee', '2000001', '0', 120.5, 0, new Date('2024-03-30T08:00:00.000Z')],
  ],
])('%s %s', async (provider, name, fields, cells) => {
  const found = known.find(({ name: full }) => full === `${provider} ${name}`);
  if (found === undefined) throw new Error('no such endpoint');
  const sheet = await sheetOf(provider, name, found.keys, found.endpoint.example, ['--fields', fields.join(',')]);
  expect(sheet[1]).toEqual(cells);
});
