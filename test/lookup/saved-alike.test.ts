// A long file of records that are laid out alike is not parsed line by line. What comes of it is what comes of the same records as
// one document, which is.

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const sample: Readonly<Record<string, unknown>> = JSON.parse(
  await readFile(new URL('../../src/providers/crego/record.example.json', import.meta.url), 'utf8'),
);
const count = 1_500;
const idOf = (at: number): string => `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;

/** A record as the provider would write it: amounts with their zeros, here and there a text with escapes or a group that is null. */
function recordText(at: number): string {
  const own: Readonly<Record<string, string>> = {
    id: JSON.stringify(idOf(at)),
    created_at: `${1_700_000_000 + at * 997}.${String(at % 1000).padStart(6, '0')}`,
    type: at % 50 === 0 ? '"mystery"' : '"repayment"',
    amount: at % 7 === 0 ? `"${at}.50"` : `${at % 90}.${at % 10}0`,
    remaining_amount: at % 3 === 0 ? '0.00' : '9007199254740993.10',
    utr: at % 11 === 0 ? '"a \\"b\\"\\t=c"' : at % 5 === 0 ? '"São Paulo 还款"' : at % 4 === 0 ? 'null' : '"-1+1"',
    ...(at % 40 === 0 && { collection_bank: 'null' }),
    ...(at % 17 === 0 && { topup: 'null,"not documented":1.0' }),
    ...(at % 13 === 0 && { loans: '["l-1","l-2"]' }),
  };
  return `{${Object.entries(sample)
    .map(([name, value]) => `${JSON.stringify(name)}:${own[name] ?? JSON.stringify(value)}`)
    .join(',')}}`;
}

const records = Array.from({ length: count }, (_, at) => recordText(at));
const files = { lines: '', document: '' };
beforeAll(async () => {
  files.lines = await home.write('saved.ndjson', `${records.join('\n')}\n`);
  files.document = await home.write('saved.json', `[${records.join(',\n')}]`);
});

const read = (file: string, args: string) => runInProcess(['crego', 'record', '--input', file, ...args.split(' ')], { home });
/** What a result says of where and when it was made differs. */
const withoutOrigin = (text: string): string => text.replace(/^loanq crego record .*$/m, '');

describe('lines and a document give the same', () => {
  test.each([
    ['some columns', '--csv --fields id,amount,remaining_amount,created_at,utr', 1_502],
    ['every column', '--csv', 1_502],
    ['a column of a group', '-o tsv --fields id,collection_bank.ifsc', 1_502],
    ['a whole group, and lists', '--csv --fields collection_bank,loans,id', 1_502],
    ['masked', '--csv --mask --fields collection_bank.account_no,utr', 1_502],
    ['sorted by a column that is not shown', '--csv --fields id --sort amount:desc', 1_502],
    ['summed by a column that is not shown', '--csv --fields id --sum received_amount', 1_502],
    ['one by its key, which is not shown', `--csv --fields utr -- ${idOf(1_234)} ${idOf(700)}`, 4],
    ['two rows', '--csv --fields id --limit 2', 4],
    ['a row for each loan', '--csv --fields id,loans --explode loans', 1_618],
    ['a row for each loan, which is not shown', '--csv --fields id --explode loans', 1_618],
    ['records as they came', '-o ndjson', 1_501],
    ['records cut to some fields', '-o ndjson --fields amount,collection_bank.ifsc,id', 1_501],
    ['an array cut to a group', '--json --fields collection_bank', 22_047],
    ['a table of the default columns', '-o table', 1_502],
    ['a table, nothing hidden', '-o table --show-personal --fields id,collection_bank,utr', 1_502],
    ['Markdown', '-o markdown --fields id,amount,created_at', 1_505],
    ['a table', '-o table --fields id,amount', 1_502],
  ])('%s', async (_, args, lines) => {
    const expected = await read(files.document, args);
    expect(expected.stdout.split('\n')).toHaveLength(lines);
    const found = await read(files.lines, args);
    expect({ ...found, stdout: withoutOrigin(found.stdout) }).toEqual({ ...expected, stdout: withoutOrigin(expected.stdout) });
  });
});

test('a line that is no record names itself, and what stands before it is written', async () => {
  const broken = [...records];
  broken[1_400] = (broken[1_400] ?? '').replace('"index":1742', '"index":01742');
  const file = await home.write('broken.ndjson', `${broken.join('\n')}\n`);
  const { code, stdout, stderr } = await read(file, '--csv --fields id --error-format json');
  expect(code).toBe(27);
  expect(stdout.split('\r\n')).toHaveLength(1_402);
  expect(JSON.parse(stderr).error.message).toBe(`line 1401 of ${file}: the answer is not JSON`);
});
