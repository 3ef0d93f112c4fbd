// -o xlsx: what is in a cell, where a sheet could not hold it, and what a workbook of hostile texts is to other people's programs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import naughty from 'big-list-of-naughty-strings';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/console/escape.ts';
import type { Column } from '../../src/output/columns.ts';
import { maskRecord } from '../../src/output/mask.ts';
import { type Row, rowsOf } from '../../src/output/rows.ts';
import { createWorkbook, sheetLimits } from '../../src/output/sheet/workbook.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { hasOffice, hasUnzip, keptByOffice, partOf, readSheets, shownByOffice } from '../runner/sheets.ts';
import { hostileTexts } from './hostile.ts';
import { entries, entry, loan, loans, people, person, row } from './samples.ts';
import { planned, type WriterOptions } from './writers.ts';

const home = await sharedHome();
const isUnzipped = hasUnzip();

function workbook(rows: readonly Row[], options: Partial<WriterOptions> = {}, limits = sheetLimits): Buffer {
  const given = { provider: 'p', endpoint: loan, ...options };
  const { view, masked } = planned('xlsx', given);
  const writer = createWorkbook({ ...view, origin: () => 'loanq p loan · personal data whole' }, limits);
  const { fields } = given.endpoint;
  const prepared = rows.flatMap(({ record, request }) => [...rowsOf(masked ? maskRecord(record, fields) : record, request, given.explode)]);
  return Buffer.concat([writer.begin(), ...prepared.map(one => writer.rows([one])), writer.end()]);
}

const anyColumn: Column = { name: '', label: '', labels: [], field: { kind: 'any', label: '' }, path: [] };

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(home.cwd, name);
  await writeFile(file, bytes);
  return file;
}

const cells = async (rows: readonly Row[], options: Partial<WriterOptions> = {}) => (await readSheets(workbook(rows, options)))[0]?.data;

test('ids and texts are texts, amounts numbers where a double has them, times dates, lists JSON, and the origin stands below', async () => {
  expect(await cells(loans)).toEqual([
    ['Loan', 'State', 'Total', 'Due (UTC)', 'Title', 'Currency: Code', 'Currency: Decimals', 'Shared with', 'Reminded', 'Foreign amount'],
    ['ID_3HV7_Hq1zKw', 'REPAID', 10, new Date('2022-06-07T06:30:39.075Z'), '迭代测试-上传2', 'CNY', 2, '["a:1","b:2"]', 'false', null],
    ['ID_2', 'PAID', '12345678901234567.89', 'no due date', 'Office, "new" chairs', null, null, '[]', 'true', null],
    [null, null, null, null, null, null, null, null, null, null],
    ['loanq p loan · personal data whole', null, null, null, null, null, null, null, null, null],
  ]);
});

test('times stand in the zone that the heading names; days are days; an exploded list is rows', async () => {
  const fields = ['entry_key', 'created_at', 'items.due', 'items.amount'];
  const found = await cells(entries, { endpoint: entry, explode: 'items', fields, tz: 'America/Sao_Paulo' });
  expect(found?.slice(0, 4)).toEqual([
    ['Entry', 'Created (America/Sao_Paulo)', 'Items: Due', 'Items: Amount'],
    ['8cb70dea-9fb0-4a68-9572-99a72849c8d6', new Date('2024-01-15T07:30:00Z'), new Date('2024-02-15T00:00:00Z'), 100],
    ['8cb70dea-9fb0-4a68-9572-99a72849c8d6', new Date('2024-01-15T07:30:00Z'), null, 50],
    ['9cb70dea-9fb0-4a68-9572-99a72849c8d6', new Date('2024-01-15T10:30:00.500Z'), null, null],
  ]);
});

test('personal data is hidden unless asked for', async () => {
  const fields = ['email', 'income'];
  expect((await cells(people, { endpoint: person, fields }))?.[1]).toEqual(['a••••@example.com', '••••']);
  expect((await cells(people, { endpoint: person, fields, showPersonal: true }))?.[1]).toEqual(['ana.silva@example.com', 5000]);
});

// The digits as sent, and the cell: a number with its places, or a text.
test.each([
  ['10.0', 10],
  ['13442.00', 13442],
  ['-0.10', -0.1],
  ['0', 0],
  ['0.000', 0],
  ['99999999999.999', 99999999999.999],
  ['999999999999.999', '999999999999.999'],
  ['12345678901234', 12345678901234],
  ['123456789012345', '123456789012345'],
  ['9007199254740993', '9007199254740993'],
  ['1000000000000000000', 1e18],
  ['0.000000000000001', 1e-15],
  ['0.0000000000000015', '0.0000000000000015'],
  ['36673.740000000005', '36673.740000000005'],
  ['0.1234567890123456', '0.1234567890123456'],
  ['1000000000000000000000', '1000000000000000000000'],
  ['-0.00', '-0.00'],
  ['1e3', '1e3'],
  ['"18250.75"', 18250.75],
  ['"007.50"', '007.50'],
  ['"=1+1"', '=1+1'],
  ['"12,50"', '12,50'],
])('an amount of %s', async (digits, cell) => {
  const rows = [row(`{"id":"a","total":${digits}}`)];
  expect((await cells(rows, { fields: ['total'] }))?.[1]).toEqual([cell]);
});

test.each([
  ['-2203891200001', '1900-02-28 23:59:59.999 +00:00'],
  ['-2203891200000', new Date('1900-03-01T00:00:00Z')],
  ['253402300799999', new Date('9999-12-31T23:59:59.999Z')],
  ['253402300800000', '253402300800000'],
  ['"soon"', 'soon'],
])('a time of %s milliseconds', async (due, cell) => {
  expect((await cells([row(`{"id":"a","due":${due}}`)], { fields: ['due'] }))?.[1]).toEqual([cell]);
});

test('a millisecond is never another one, and finer digits are cut, not rounded up', async () => {
  const times = Array.from({ length: 500 }, (_, n) => 1654583439000 + n * 86_399_997);
  const found = await cells(
    times.map(due => row(`{"due":${due}}`)),
    { fields: ['due'] },
  );
  expect(found?.slice(1, -2).map(([cell]) => (cell instanceof Date ? cell.getTime() : cell))).toEqual(times);
  const fine = [row('{"created_at":"2024-01-15T10:30:00.9999999Z"}')];
  expect((await cells(fine, { endpoint: entry, fields: ['created_at'] }))?.[1]).toEqual([new Date('2024-01-15T10:30:00.999Z')]);
});

test('a time that its zone puts behind the last day of a sheet is a text', async () => {
  const due = row('{"due":253402300799999}');
  const found = await cells([due], { fields: ['due'], tz: 'Asia/Shanghai' });
  expect(found?.[1]).toEqual(['9999-12-31 23:59:59.999 +00:00']);
  expect((await cells([due], { fields: ['due'], tz: 'America/Sao_Paulo' }))?.[1]).toEqual([new Date('9999-12-31T20:59:59.999Z')]);
});

test('no row is an error, a heading and the origin are there', async () => {
  expect(await cells([], { fields: ['id'] })).toEqual([['Loan'], [null], ['loanq p loan · personal data whole']]);
  expect(await cells(loans.slice(0, 1), { fields: ['id'], header: false })).toEqual([
    ['ID_3HV7_Hq1zKw'],
    [null],
    ['loanq p loan · personal data whole'],
  ]);
});

test('the same rows are the same file', () => {
  expect(workbook(loans).equals(workbook(loans))).toBe(true);
});

describe('where a sheet is full', () => {
  test('rows go on in another one, with the heading, and the origin at the end', async () => {
    const rows = Array.from({ length: 7 }, (_, n) => row(`{"id":"L${n}"}`));
    const sheets = await readSheets(workbook(rows, { fields: ['id'] }, { ...sheetLimits, rows: 6 }));
    expect(sheets).toEqual([
      { sheet: 'loan', data: [['Loan'], ['L0'], ['L1'], ['L2']] },
      { sheet: 'loan (2)', data: [['Loan'], ['L3'], ['L4'], ['L5']] },
      { sheet: 'loan (3)', data: [['Loan'], ['L6'], [null], ['loanq p loan · personal data whole']] },
    ]);
    const long = await readSheets(workbook(rows, { fields: ['id'] }, { ...sheetLimits, bytes: 100 }));
    expect(long.map(({ data }) => data.flat().filter(cell => /^Lo?a?n?\d?$/.test(`${cell}`)).length)).toEqual([1, 2, 2, 2, 2, 2, 2, 2]);
  });

  test('a text that is too long for a cell is refused, and what there is to do said', () => {
    const fits = row(JSON.stringify({ title: 'x'.repeat(32_767) }));
    const long = row(JSON.stringify({ title: 'x'.repeat(32_768) }));
    expect(workbook([fits], { fields: ['title'] }).length).toBeGreaterThan(0);
    expect(() => workbook([long], { fields: ['title'] })).toThrow('title has 32768 characters, and a cell of a sheet holds 32767');
  });

  test('it is full by its bytes, of which a sign may have three', async () => {
    const rows = Array.from({ length: 3 }, (_, n) => row(`{"id":"${'合'.repeat(400)}${n}"}`));
    const sheets = await readSheets(workbook(rows, { fields: ['id'], header: false }, { ...sheetLimits, bytes: 1000 }));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['loan', 'loan (2)', 'loan (3)']);
  });

  test('so is a heading that a provider made so long', () => {
    const { view } = planned('xlsx', { provider: 'p', endpoint: loan });
    const columns = ['x'.repeat(32_767), 'x'.repeat(32_768)].map(name => ({
      ...anyColumn,
      name,
      label: name,
      path: [name],
      fromData: true as const,
    }));
    expect(createWorkbook({ ...view, columns: columns.slice(0, 1) }).begin()).toBeInstanceOf(Uint8Array);
    expect(() => createWorkbook({ ...view, columns })).toThrow('a heading has 32768 characters, and a cell of a sheet holds 32767');
    expect(createWorkbook({ ...view, columns, header: false }).begin()).toBeInstanceOf(Uint8Array);
  });

  test('as are more columns than a sheet has', () => {
    expect(() => workbook(loans, {}, { ...sheetLimits, columns: 9 })).toThrow('10 columns, and a sheet holds 9');
  });
});

describe.runIf(isUnzipped)('the file', () => {
  test('of many sheets has one selected: what is typed into several goes into all of them', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => row(`{"id":"L${n}"}`));
    const file = await saved('sheets.xlsx', workbook(rows, { fields: ['id'] }, { ...sheetLimits, rows: 5 }));
    const selected = [1, 2, 3].map(at => partOf(file, `xl/worksheets/sheet${at}.xml`).includes('tabSelected'));
    expect(selected).toEqual([true, false, false]);
  });

  test('a frozen heading, a filter over the rows, widths, formats of the digits as sent', async () => {
    const file = await saved('look.xlsx', workbook(loans, { fields: ['id', 'total', 'due'] }));
    const sheet = partOf(file, 'xl/worksheets/sheet1.xml');
    expect(sheet).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
        '<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
        '<cols><col min="1" max="1" width="38" customWidth="1"/><col min="2" max="2" width="16" customWidth="1"/>',
        '<col min="3" max="3" width="24" customWidth="1"/></cols><sheetData>',
        '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>Loan</t></is></c><c r="B1" s="1" t="inlineStr"><is><t>Total</t></is></c>',
        '<c r="C1" s="1" t="inlineStr"><is><t>Due (UTC)</t></is></c></row>',
        '<row r="2"><c r="A2" s="2" t="inlineStr"><is><t>ID_3HV7_Hq1zKw</t></is></c><c r="B2" s="9"><v>10.0</v></c>',
        '<c r="C2" s="7"><v>44719.2712855904</v></c></row>',
        '<row r="3"><c r="A3" s="2" t="inlineStr"><is><t>ID_2</t></is></c>',
        '<c r="B3" s="3" t="inlineStr"><is><t>12345678901234567.89</t></is></c><c r="C3" s="2" t="inlineStr"><is><t>no due date</t></is></c></row>',
        '<row r="5"><c r="A5" s="4" t="inlineStr"><is><t>loanq p loan · personal data whole</t></is></c></row>',
        '</sheetData><autoFilter ref="A1:C3"/><ignoredErrors><ignoredError sqref="A1:C3" numberStoredAsText="1"/></ignoredErrors></worksheet>',
      ].join(''),
    );
    expect(partOf(file, 'xl/workbook.xml')).toContain(
      '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">&#39;loan&#39;!$A$1:$C$3</definedName>'.replaceAll(
        '&#39;',
        "'",
      ),
    );
  });
});

const hostile = [
  ...new Set([...naughty, ...hostileTexts(300), '_x0041_', '_x000D_', 'a_x005F_x0041_', '=1+1', '\ud800', '\ufffe', ' a ', 'a\r\nb']),
];
const texts = hostile.filter(text => text !== '');
/** Escapes as in every format for people; lines and tabs are a cell's own. */
const shown = (text: string): string =>
  text
    .split(/(\r?\n|\t)/)
    .map((part, at) => (at % 2 === 1 ? part : visible(part)))
    .join('');

test('whatever text is sent, it is that text in another reader', async () => {
  expect(texts.length).toBeGreaterThan(700);
  const found = await cells(
    texts.map(title => row(JSON.stringify({ title }))),
    { fields: ['title'] },
  );
  expect(found?.slice(1, -2).map(([cell]) => cell)).toEqual(texts.map(shown));
});

describe.runIf(isUnzipped && hasOffice())('LibreOffice', () => {
  const amounts = ['13442.0', '10.00', '-5.25', '99999999999.999', '0', '12345678901234567.89', '36673.740000000005', '0.10'];
  const ids = ['000123', '1E5', '2024-01-01', '12345678901234567890', 'TRUE', '1/2', '=A1'];
  const rows = [
    ...ids.map((id, n) =>
      row(`{"id":${JSON.stringify(id)},"total":${amounts[n] ?? 0},"due":${1654583439075 + n * 86_399_997},"reminded":${n % 2 === 0}}`),
    ),
    ...texts.map(title => row(JSON.stringify({ title }))),
  ];
  const fields = ['id', 'total', 'due', 'reminded', 'title'];

  test.each([
    ['en-US', '.'],
    ['pt-BR', ','],
  ] as const)('in %s: ids are text, amounts right to the last digit, dates dates, and texts themselves', async (locale, point) => {
    const file = await saved(`office-${locale}.xlsx`, workbook(rows, { fields }));
    const found = await shownByOffice(file, locale);
    const isNumber = (digits: string) => digits.replace(/\D/g, '').length <= 15;
    expect(found.slice(1, 1 + ids.length)).toEqual(
      ids.map((id, n) => {
        const digits = amounts[n] ?? '';
        const time = new Date(1654583439075 + n * 86_399_997).toISOString().replace('T', ' ').replace('Z', '');
        return [
          { text: id, isText: true },
          isNumber(digits) ? { text: digits.replace('.', point), isText: false } : { text: digits, isText: true },
          { text: time.replace('.', point), isText: false },
          { text: n % 2 === 0 ? 'true' : 'false', isText: true },
          { text: '', isText: false },
        ];
      }),
    );
    expect(found.slice(1 + ids.length, -2).map(([, , , , cell]) => cell)).toEqual(
      texts.map(title => ({ text: shown(title).replaceAll('\r\n', '\n'), isText: true })),
    );
  });
});

describe.runIf(isUnzipped && hasOffice())('a formula', () => {
  const formulas = [
    ...texts.filter(text => /^\s*[=+\-@＝＋－＠]/.test(text)),
    '=HYPERLINK("http://example.com","x")',
    "=cmd|'/c calc'!A1",
    '{=1+1}',
  ];

  test('is none, wherever it stands and whoever reads it', async () => {
    expect(formulas.length).toBeGreaterThan(100);
    const rows = formulas.map(text =>
      row(
        JSON.stringify({ id: text, state: text, total: text, due: text, title: text, sharedWith: [text], reminded: text, foreign: text }),
      ),
    );
    const file = await saved('formulas.xlsx', workbook(rows));
    expect(partOf(file, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f[ />]/);
    const kept = await keptByOffice(file);
    expect(kept.match(/office:value-type="string"/g)?.length).toBeGreaterThan(formulas.length);
    expect(kept).not.toContain('table:formula');
  });
});

describe('the command', () => {
  const args = ['crego', 'settlements', '--all', '--sandbox', '-q'];

  test('needs a file', async () => {
    expect(await runInProcess([...args, '-o', 'xlsx'], { home })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: crego settlements: -o xlsx needs --out: it is a file, not text\nhint: --out settlements.xlsx\n',
    });
  });

  test('writes all columns of all rows, and where they are from', async () => {
    const out = join(home.cwd, 'all.xlsx');
    const now = new Date('2026-01-15T02:17:11.203Z');
    expect(await runInProcess([...args, '-o', 'xlsx', '--out', out], { home, now })).toEqual({ code: 0, stdout: '', stderr: '' });
    const [sheet] = await readSheets(out);
    expect([sheet?.sheet, sheet?.data.length, sheet?.data[0]?.length]).toEqual(['settlements', 244, 15]);
    expect(sheet?.data.at(-1)?.[0]).toBe(
      'loanq crego settlements · sandbox: made-up data · 2026-01-15T02:17:11.203Z · personal data masked',
    );
  });

  test('takes a batch, of which some keys are missing, and is no output to go on with', async () => {
    const missing = '00000000-0000-4000-8000-000000000000';
    const found = ['229fe24c-d840-48dc-959a-e0ff1479df35', '4ebd506f-8727-4d16-863d-0442e1b75858'];
    const keys = await home.write('work/ids', [found[0], missing, found[1]].join('\n'));
    const out = join(home.cwd, 'batch.xlsx');
    const batch = ['crego', 'record', '--ids-from', keys, '--sandbox', '-q', '-o', 'xlsx', '--out', out, '--fields', 'id,amount'];
    expect((await runInProcess(batch, { home })).code).toBe(24);
    const data = (await readSheets(out))[0]?.data ?? [];
    expect(data.slice(0, 4)).toEqual([
      ['Record', 'Amount'],
      [found[0], 13442],
      [found[1], 13442],
      [null, null],
    ]);
    expect(`${data[4]?.[0]}`).toMatch(/^loanq crego record keys from .*ids · sandbox: made-up data · .*Z · personal data masked$/);
    expect(await runInProcess([...batch, '--resume'], { home })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: crego record: --resume needs -o csv, tsv, json or ndjson, not xlsx\n',
    });
  });

  test('a long value ends the run, and the file that was there stays', async () => {
    const input = await home.write('work/long.json', JSON.stringify([{ id: 'x'.repeat(40_000) }]));
    const out = await home.write('work/long.xlsx', 'as it was');
    const said = await runInProcess(['crego', 'settlements', '--input', input, '-o', 'xlsx', '--out', out, '--fields', 'id', '-q'], {
      home,
    });
    expect(said).toEqual({
      code: 23,
      stdout: '',
      stderr:
        'error: crego settlements: id has 40000 characters, and a cell of a sheet holds 32767\nhint: -o csv, or --fields without it\n',
    });
    expect((await import('node:fs')).readFileSync(out, 'utf8')).toBe('as it was');
  });
});
