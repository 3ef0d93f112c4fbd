import { describe, expect, test, vi } from 'vitest';
import { displayWidth } from '../../src/console/width.ts';
import { writeJson } from '../../src/core/json.ts';
import { allColumns, selectColumns } from '../../src/output/columns.ts';
import type { Row } from '../../src/output/rows.ts';
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
      no: 'No',
      empty: 'Empty',
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
  test('has borders and is cut to 80 columns', () => {
    expect(write(loan, loans, { tty: terminal(80) })).toBe(
      `
┌────────────────┬────────┬──────────────────────┬──────────────────┬──────────┐
│ Loan           │ State  │                Total │ Due              │ Title    │
├────────────────┼────────┼──────────────────────┼──────────────────┼──────────┤
│ ID_3HV7_Hq1zKw │ REPAID │                 10.0 │ 2022-06-07 14:3… │ 迭代测…  │
│ ID_2           │ PAID   │ 12345678901234567.89 │ no due date      │ Office,… │
└────────────────┴────────┴──────────────────────┴──────────────────┴──────────┘
`.slice(1),
    );
  });

  test('is whole in 200 columns', () => {
    expect(write(loan, loans, { tty: terminal(200) })).toBe(
      `
┌────────────────┬────────┬──────────────────────┬────────────────────────────────┬──────────────────────┐
│ Loan           │ State  │                Total │ Due                            │ Title                │
├────────────────┼────────┼──────────────────────┼────────────────────────────────┼──────────────────────┤
│ ID_3HV7_Hq1zKw │ REPAID │                 10.0 │ 2022-06-07 14:30:39.075 +08:00 │ 迭代测试-上传2       │
│ ID_2           │ PAID   │ 12345678901234567.89 │ no due date                    │ Office, "new" chairs │
└────────────────┴────────┴──────────────────────┴────────────────────────────────┴──────────────────────┘
`.slice(1),
    );
  });

  test('five UUIDs share 80 columns', () => {
    const uuids = allColumns(loan)
      .filter(({ name }) => name === 'id')
      .flatMap(column => ['a', 'b', 'c', 'd', 'e'].map(name => ({ ...column, name, path: [name], label: name, labels: [name] })));
    const record = '"8cb70dea-9fb0-4a68-9572-99a72849c8d6"';
    const rows = [row(`{"a":${record},"b":${record},"c":${record},"d":${record},"e":${record}}`)];
    expect(write(loan, rows, { columns: uuids, tty: terminal(80) })).toBe(
      `
┌───────────────┬───────────────┬───────────────┬───────────────┬──────────────┐
│ a             │ b             │ c             │ d             │ e            │
├───────────────┼───────────────┼───────────────┼───────────────┼──────────────┤
│ 8cb70dea-9fb… │ 8cb70dea-9fb… │ 8cb70dea-9fb… │ 8cb70dea-9fb… │ 8cb70dea-9f… │
└───────────────┴───────────────┴───────────────┴───────────────┴──────────────┘
`.slice(1),
    );
  });

  test('only the header is bold', () => {
    const columns = allColumns(loan).slice(0, 1);
    expect(write(loan, loans.slice(1), { columns, tty: terminal(80, 1) })).toBe(
      '┌──────┐\n│ \u001b[1mLoan\u001b[22m │\n├──────┤\n│ ID_2 │\n└──────┘\n',
    );
  });

  test('keeps its frame without rows, and without header', () => {
    const columns = allColumns(loan).slice(0, 2);
    expect(write(loan, [], { columns, tty: terminal(80) })).toBe(
      '┌──────┬───────┐\n│ Loan │ State │\n├──────┼───────┤\n└──────┴───────┘\n',
    );
    expect(write(loan, loans.slice(1), { columns, header: false, tty: terminal(80) })).toBe(
      '┌──────┬───────┐\n│ ID_2 │ PAID  │\n└──────┴───────┘\n',
    );
  });

  test('later rows keep the widths: text is cut, amounts push the border', () => {
    const columns = allColumns(loan).filter(({ name }) => ['total', 'title'].includes(name));
    const writer = createWriter('table', { provider: 'p', endpoint: loan, columns, tty: terminal(80) });
    writer.rows(Array(1_000).fill(row('{"total":1,"title":"short"}')));
    expect(writer.rows([row('{"total":12345678.90,"title":"a longer title"}')])).toBe('│ 12345678.90 │ a lo… │\n');
    expect(writer.end()).toBe('└───────┴───────┘\n');
  });

  test.each([80, 40, 30])('no line is wider than %i columns', columns => {
    const long = row(writeJson({ id: 'x'.repeat(5_000), title: '测'.repeat(5_000), state: '👩‍👩‍👧'.repeat(99), total: 1, due: 0 }));
    const text = write(loan, [long, ...loans.slice(0, 1)], { tty: terminal(columns) });
    expect(widest(text)).toBeLessThanOrEqual(columns);
  });

  test('one that the table does not fit on, however much is cut, gets the columns one below the other', () => {
    const columns = allColumns(loan).filter(({ name }) => ['id', 'title', 'total', 'state'].includes(name));
    expect(write(loan, loans, { columns, tty: terminal(34) })).toBe(
      `
Loan   ID_3HV7_Hq1zKw
State  REPAID (awaiting repayment)
Total  10.0
Title  迭代测试-上传2

Loan   ID_2
State  PAID (fully repaid)
Total  12345678901234567.89
Title  Office, "new" chairs
`.slice(1),
    );
    expect(write(loan, loans, { columns, tty: terminal(36) })).toMatch(/^┌/);
  });

  test('of one column crashes nothing', () => {
    expect(write(loan, loans, { columns: allColumns(loan), tty: terminal(1) })).toContain('12345678901234567.89');
  });

  test.each([0, -5, Number.NaN, 79.5, undefined])('a terminal of %s columns crashes nothing', columns => {
    const text = write(loan, loans, { columns: allColumns(loan), tty: { ...terminal(80), columns } });
    expect(text).toContain('12345678901234567.89');
    expect(text.split('\n')).toHaveLength(7);
  });

  test('columns of the data that cannot be read beside the others are left out and told', () => {
    const left: string[] = [];
    const leaveOut: WriterOptions['leaveOut'] = columns => void left.push(...columns.map(({ name }) => name));
    const columns = allColumns(loan).filter(({ name }) => ['id', 'total', 'due', 'title'].includes(name));
    const text = write(loan, loans, { columns, leaveOut, tty: terminal(50) });
    expect(left).toEqual(['due', 'title']);
    expect(text.split('\n')[1]).toBe('│ Loan           │                Total │');
  });

  test('characters that older width tables do not know stay in their column', () => {
    const columns = allColumns(loan).filter(({ name }) => ['title'].includes(name));
    const rows = ['🫠', '5️⃣', '👩🏽‍💻', '🇧🇷', '각', 'é'].map(title => row(writeJson({ title })));
    const text = write(loan, rows, { columns, tty: terminal(80) });
    expect(new Set(text.trimEnd().split('\n').map(displayWidth))).toEqual(new Set([9]));
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
