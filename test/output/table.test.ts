import { describe, expect, test, vi } from 'vitest';
import { displayWidth } from '../../src/console/width.ts';
import { writeJson } from '../../src/core/json.ts';
import { allColumns, type Column, resolveLabels } from '../../src/output/columns.ts';
import { selectColumns } from '../../src/output/named-columns.ts';
import type { Row } from '../../src/output/rows.ts';
import { translationsOf } from '../../src/output/translations.ts';
import { entries, entry, loan, loans, people, person, row, terminal } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const none: Partial<WriterOptions> = {};

function write(endpoint: typeof loan, rows: readonly Row[], options = none): string {
  const writer = createWriter('table', { provider: 'p', endpoint, tz: 'Asia/Shanghai', ...options });
  return writer.begin() + writer.rows(rows) + writer.end();
}

const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth));

describe('in a pipe', () => {
  test('is bare, aligned and whole', () => {
    expect(write(loan, loans)).toBe(
      `
Loan            State                  Total  Due                             Title
ID_3HV7_Hq1zKw  REPAID                  10.0  2022-06-07 14:30:39.075 +08:00  迭代测试-上传2
ID_2            PAID    12345678901234567.89  no due date                     Office, "new" chairs
`.slice(1),
    );
  });

  test('Chinese text keeps the columns aligned', () => {
    const columns = allColumns(loan).filter(({ name }) => ['title', 'total', 'unit.code'].includes(name));
    const rows = [row('{"title":"迭代","total":1.50,"unit":{"code":"CNY"}}'), row('{"title":"abc","total":22}')];
    expect(write(loan, rows, { columns })).toBe(
      `
Total  Title  Code
 1.50  迭代   CNY
   22  abc
`.slice(1),
    );
  });

  test('counts nested objects and masks personal values', () => {
    expect(write(entry, entries)).toBe(
      `
Wallet key                            Entry                                 Amount  Status     Items
f47ac10b-58cc-4372-a567-0e02b2c3d479  8cb70dea-9fb0-4a68-9572-99a72849c8d6  150.00  concluded  2 items
f47ac10b-58cc-4372-a567-0e02b2c3d479  9cb70dea-9fb0-4a68-9572-99a72849c8d6   -5.00  new        0 items
`.slice(1),
    );
    expect(write(person, people)).toBe(
      `
Person  Name  E-mail             Account number
P1      Ana   a••••@example.com  ••••0000
`.slice(1),
    );
    expect(write(person, people, { showPersonal: true })).toContain('ana.silva@example.com  000000000000');
    expect(write(person, people, { showPersonal: true, mask: true })).toContain('a••••@example.com  ••••0000');
  });

  test('has a row per element of an exploded list; labels that occur twice say where they belong', () => {
    const columns = allColumns(entry, { explode: 'items' }).filter(({ name }) => /amount|number/.test(name));
    expect(write(entry, entries, { explode: 'items', columns })).toBe(
      `
Amount  No.  Items: Amount
150.00    1         100.00
150.00    2          50.00
 -5.00
`.slice(1),
    );
  });

  test('has only its header without rows, and nothing without header', () => {
    expect(write(loan, [])).toBe('Loan  State  Total  Due  Title\n');
    expect(write(loan, [], { header: false })).toBe('');
    expect(write(loan, loans.slice(1), { header: false })).toBe('ID_2  PAID  12345678901234567.89  no due date  Office, "new" chairs\n');
  });

  test('the first 1,000 rows fix the widths, later rows are still whole', () => {
    const writer = createWriter('table', { provider: 'p', endpoint: loan, columns: allColumns(loan).slice(0, 2) });
    const short = row('{"id":"ID","state":"PAID"}');
    expect(writer.begin() + writer.rows(Array(999).fill(short))).toBe('');
    expect(writer.rows([short, short])).toBe(`Loan  State\n${'ID    PAID\n'.repeat(1_001)}`);
    expect(writer.rows([row('{"id":"ID_3HV7","state":"PAID"}'), short])).toBe('ID_3HV7  PAID\nID    PAID\n');
    expect(writer.end()).toBe('');
  });

  test('is the same text whether rows come one by one or 20,000 together', () => {
    const columns = allColumns(loan).slice(0, 2);
    const rows = Array.from({ length: 20_000 }, (_, at) => row(`{"id":"ID_${at}","state":"PAID"}`));
    const writer = createWriter('table', { provider: 'p', endpoint: loan, columns });
    const pieces = rows.map(each => writer.rows([each]));
    expect(write(loan, rows, { columns }) === pieces.join('') + writer.end()).toBe(true);
  });

  test('one enormous value does not widen a thousand rows', () => {
    const columns = allColumns(loan).slice(0, 2);
    const huge = row(writeJson({ id: 'x'.repeat(1_000_000), state: 'PAID' }));
    const text = write(loan, [huge, ...Array(999).fill(row('{"id":"ID","state":"PAID"}'))], { columns });
    expect(text.length).toBeLessThan(1_300_000);
    expect(text).toContain(`${'x'.repeat(1_000_000)}  PAID\nID${' '.repeat(200)}PAID\n`);
  });

  test('words of a language reach headers, sentinels and counts', () => {
    const words = {
      lang: 'en' as const,
      label: (_p: string, _e: string, path: string, label: string) => ({ id: '借款包', due: '到期', 'unit.code': '币种' })[path] ?? label,
      gloss: (_p: string, _e: string, _f: string, _code: string, gloss: string) => gloss,
      none: () => '无到期日',
      items: (count: number) => `${count} 项`,
      more: () => '',
      total: 'total',
      no: 'No',
      empty: 'Empty',
      flag: String,
    };
    const columns = allColumns(loan).filter(({ name }) => ['id', 'due', 'unit.code', 'sharedWith'].includes(name));
    expect(write(loan, loans.slice(1), { words, columns })).toBe(
      `
借款包  到期      币种  Shared with
ID_2    无到期日        0 项
`.slice(1),
    );
  });
});

describe('on a terminal', () => {
  test('has amounts and times whole in 80 columns, the zone once, and ids as far as they differ', () => {
    expect(write(loan, loans, { tty: terminal(80) })).toBe(
      `
Loan        State                  Total  Due (+08:00)      Title
──────────  ──────  ────────────────────  ────────────────  ────────────────────
ID_3HV7_H…  REPAID                 10.0   2022-06-07 14:30  迭代测试-上传2
ID_2        PAID    12345678901234567.89  no due date       Office, "new" chairs
`.slice(1),
    );
  });

  test('is whole in 200 columns', () => {
    expect(write(loan, loans, { tty: terminal(200) })).toBe(
      `
Loan            State                  Total  Due (+08:00)      Title
──────────────  ──────  ────────────────────  ────────────────  ────────────────────
ID_3HV7_Hq1zKw  REPAID                 10.0   2022-06-07 14:30  迭代测试-上传2
ID_2            PAID    12345678901234567.89  no due date       Office, "new" chairs
`.slice(1),
    );
  });

  test('amounts stand by their point with every digit; a mask, an exponent and a sign keep theirs', () => {
    const columns = selectColumns(loan, ['total']);
    const rows = ['10.0', '-3.25', '100', '1e5', 'null', '0.123'].map(total => row(`{"total":${total}}`));
    expect(write(loan, rows, { columns, tty: terminal(80) })).toBe('  Total\n───────\n 10.0\n -3.25\n100\n    1e5\n\n  0.123\n');
  });

  test('times of several offsets keep theirs', () => {
    const columns = selectColumns(loan, ['due']);
    const rows = [row('{"due":1704067200000}'), row('{"due":1719792000000}')];
    const shown = (tz: string) => write(loan, rows, { columns, tz, tty: terminal(80) });
    expect(shown('UTC')).toBe('Due (UTC)\n────────────────\n2024-01-01 00:00\n2024-07-01 00:00\n');
    expect(shown('America/New_York')).toBe('Due\n───────────────────────\n2023-12-31 19:00 -05:00\n2024-06-30 20:00 -04:00\n');
  });

  test('a later time of another offset than the heading has says so', () => {
    const columns = selectColumns(loan, ['due']);
    const writer = createWriter('table', { provider: 'p', endpoint: loan, columns, tz: 'America/New_York', tty: terminal(80) });
    writer.rows(Array(1_000).fill(row('{"due":1704067200000}')));
    expect(writer.rows([row('{"due":1704067200000}'), row('{"due":1719792000000}')])).toBe('2023-12-31 19:00\n2024-06-30 20:00 -04:00\n');
  });

  test('headings fold at blanks where that saves room, in Chinese before any character', () => {
    const [, state, total] = allColumns(loan);
    const named = (label: string, column = total) => ({ ...column, label, labels: [label] }) as Column;
    const columns = [named('Loan state', state), named('Total to be repaid'), named('剩余待还金额'), named('逾期天数（DPD）')];
    const rows = [row('{"state":"PAID","total":1}')];
    expect(write(loan, rows, { columns, tty: terminal(34) })).toBe(
      `
Loan    Total to  剩余待  逾期天数
state  be repaid  还金额   （DPD）
─────  ─────────  ──────  ────────
PAID           1       1         1
`.slice(1),
    );
  });

  test('two columns never stand under one heading', () => {
    const [first] = selectColumns(loan, ['total']);
    const columns = [1, 2].map(at => ({ ...first, name: `total${at}`, label: '金额', labels: ['金额'] }) as Column);
    expect(write(loan, [], { columns, tty: terminal(80) })).toBe('金额 (total1)  金额 (total2)\n─────────────  ─────────────\n');
    const long = [1, 2].map(
      at => ({ ...first, label: `a_very_long_name_of_a_field_${at}`, labels: [`a_very_long_name_of_a_field_${at}`] }) as Column,
    );
    expect(write(loan, [], { columns: long, tty: terminal(60) })).toContain(
      'a_very_long_name_of_a_field_1  a_very_long_name_of_a_field_2\n',
    );
  });

  test('five UUIDs share 80 columns; that they are not whole is told', () => {
    const uuids = allColumns(loan)
      .filter(({ name }) => name === 'id')
      .flatMap(column => ['a', 'b', 'c', 'd', 'e'].map(name => ({ ...column, name, path: [name], label: name, labels: [name] })));
    const record = '"8cb70dea-9fb0-4a68-9572-99a72849c8d6"';
    const rows = [row(`{"a":${record},"b":${record},"c":${record},"d":${record},"e":${record}}`)];
    const told: string[] = [];
    const shortenIds = () => void told.push('short');
    expect(write(loan, rows, { columns: uuids, tty: terminal(80), shortenIds })).toBe(
      `
a                b                c               d               e
───────────────  ───────────────  ──────────────  ──────────────  ──────────────
8cb70dea-9fb0-…  8cb70dea-9fb0-…  8cb70dea-9fb0…  8cb70dea-9fb0…  8cb70dea-9fb0…
`.slice(1),
    );
    expect(told).toContain('short');
    told.length = 0;
    write(loan, rows, { columns: uuids, tty: terminal(200), shortenIds });
    expect(told).toEqual([]);
  });

  test('ids keep what tells them apart, however alike they begin', () => {
    const columns = selectColumns(loan, ['id', 'title']);
    const rows = ['CT-2024-000001-A', 'CT-2024-000001-B', 'CT-2024-000002'].map(id => row(writeJson({ id, title: 'x'.repeat(20) })));
    expect(write(loan, rows, { columns, tty: terminal(26) })).toBe(
      `
Loan              Title
────────────────  ────────
CT-2024-000001-A  xxxxxxx…
CT-2024-000001-B  xxxxxxx…
CT-2024-000002    xxxxxxx…
`.slice(1),
    );
  });

  test('only the header is bold', () => {
    const columns = allColumns(loan).slice(0, 1);
    expect(write(loan, loans.slice(1), { columns, tty: terminal(80, 1) })).toBe('\u001b[1mLoan\u001b[22m\n────\nID_2\n');
  });

  test('has its heading without rows, and only rows without header', () => {
    const columns = allColumns(loan).slice(0, 2);
    expect(write(loan, [], { columns, tty: terminal(80) })).toBe('Loan  State\n────  ─────\n');
    expect(write(loan, loans.slice(1), { columns, header: false, tty: terminal(80) })).toBe('ID_2  PAID\n');
  });

  test('later rows keep the widths: text is cut, amounts push what follows', () => {
    const columns = allColumns(loan).filter(({ name }) => ['total', 'title'].includes(name));
    const writer = createWriter('table', { provider: 'p', endpoint: loan, columns, tty: terminal(80) });
    writer.rows(Array(1_000).fill(row('{"total":1,"title":"short"}')));
    expect(writer.rows([row('{"total":12345678.90,"title":"a longer title"}')])).toBe('12345678.90  a lo…\n');
    expect(writer.end()).toBe('');
  });

  test.each([80, 40, 30])('no line is wider than %i columns', columns => {
    const long = row(writeJson({ id: 'x'.repeat(5_000), title: '测'.repeat(5_000), state: '👩‍👩‍👧'.repeat(99), total: 1, due: 0 }));
    const text = write(loan, [long, ...loans.slice(0, 1)], { tty: terminal(columns) });
    expect(widest(text)).toBeLessThanOrEqual(columns);
  });

  test('one with no room for two columns gets them one below the other, and nothing is left out', () => {
    const columns = allColumns(loan).filter(({ name }) => ['id', 'title', 'total', 'state'].includes(name));
    const left: string[] = [];
    const leaveOut: WriterOptions['leaveOut'] = columns => void left.push(...columns.map(({ name }) => name));
    expect(write(loan, loans, { columns, leaveOut, tty: terminal(16) })).toBe(
      `
Loan
  ID_3HV7_Hq1zKw
State
  REPAID (awaiting
  repayment)
Total  10.0
Title
  迭代测试-上传2

Loan  ID_2
State
  PAID (fully repaid)
Total
  12345678901234567.89
Title
  Office, "new" chairs
`.slice(1),
    );
    expect(left).toEqual([]);
    expect(write(loan, loans, { columns, leaveOut, tty: terminal(17) })).toBe(
      'Loan       State\n─────────  ──────\nID_3HV7_…  REPAID\nID_2       PAID\n',
    );
    expect(left).toEqual(['total', 'title']);
  });

  test('of one column crashes nothing', () => {
    expect(write(loan, loans, { columns: allColumns(loan), tty: terminal(1) })).toContain('12345678901234567.89');
  });

  test.each([0, -5, Number.NaN, 79.5, undefined])('a terminal of %s columns crashes nothing', columns => {
    const text = write(loan, loans, { columns: allColumns(loan), tty: { ...terminal(80), columns } });
    expect(text).toContain('12345678901234567.89');
    expect(text.split('\n')).toHaveLength(5);
  });

  test('where not all fit, columns without any value are left out first, unless an order was asked for', () => {
    const columns = allColumns(loan).filter(({ name }) => ['id', 'title', 'total', 'state'].includes(name));
    const rows = [row('{"id":"ID_1","total":1.50,"title":"a title that takes its room"}')];
    const headOf = (columnCount: number, fields?: readonly string[]) =>
      write(loan, rows, { columns, fields, tty: terminal(columnCount) }).split('\n')[0];
    expect(headOf(80)).toBe('Loan  State  Total  Title');
    expect(headOf(28)).toBe('Loan  State  Total  Title');
    expect(headOf(27)).toBe('Loan  Total  Title');
    expect(headOf(27, ['id', 'state', 'total', 'title'])).toBe('Loan  State  Total');
  });

  test('columns that there is no room for are left out from the right and told', () => {
    const left: string[] = [];
    const leaveOut: WriterOptions['leaveOut'] = columns => void left.push(...columns.map(({ name }) => name));
    const columns = allColumns(loan).filter(({ name }) => ['id', 'total', 'due', 'title'].includes(name));
    const text = write(loan, loans, { columns, leaveOut, tty: terminal(48) });
    expect(left).toEqual(['due', 'title']);
    expect(text.split('\n')[0]).toBe('Loan                           Total');
  });

  test('a column that is left out is told by the heading it would have', () => {
    const left: string[] = [];
    const leaveOut: WriterOptions['leaveOut'] = columns => void left.push(...columns.map(({ label }) => label));
    const columns = resolveLabels(selectColumns(loan, ['id', 'state', 'unit.code', 'due']), translationsOf('p', 'loan', undefined));
    write(loan, loans, { columns, leaveOut, tty: terminal(20) });
    expect(left).toEqual(['Code', 'Due']);
  });

  test('characters that older width tables do not know stay in their column', () => {
    const columns = ['title', 'state'].flatMap(name => selectColumns(loan, [name]));
    const rows = ['🫠', '5️⃣', '👩🏽‍💻', '🇧🇷', '각', 'é'].map(title => row(writeJson({ title, state: 'PAID' })));
    const text = write(loan, rows, { columns, tty: terminal(80) });
    expect(new Set(text.trimEnd().split('\n').slice(2).map(displayWidth))).toEqual(new Set([11]));
  });
});

test('in a pipe a value of megabytes is measured no further than columns are aligned', () => {
  const long = 'e\u0301'.repeat(100_000);
  const split = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  const options = { columns: selectColumns(loan, ['id', 'title', 'state']) };
  const text = write(loan, [row(`{"id":"A","title":"${long}","state":"PAID"}`)], options);
  const measured = split.mock.calls.reduce((sum, [piece]) => sum + piece.length, 0);
  split.mockRestore();
  expect(text).toBe(`Loan  Title${' '.repeat(195)}  State\nA     ${long}  PAID\n`);
  expect(measured).toBeLessThan(10_000);
});
