import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/console/width.ts';
import { defineEndpoint } from '../../src/core/endpoint.ts';
import { group, id, someOf, text } from '../../src/core/fields.ts';
import { selectColumns } from '../../src/output/named-columns.ts';
import type { Row } from '../../src/output/rows.ts';
import { entries, entry, loan, loans, people, person, row, terminal } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const none: Partial<WriterOptions> = {};

function write(endpoint: typeof loan, rows: readonly Row[], options = none): string {
  const writer = createWriter('record', { provider: 'p', endpoint, tz: 'Asia/Shanghai', ...options });
  return writer.begin() + writer.rows(rows) + writer.end();
}

const loanRecords = `
Loan            ID_3HV7_Hq1zKw
State           REPAID (awaiting repayment)
Total           10.0
Due             2022-06-07 14:30:39.075 +08:00
Title           迭代测试-上传2
Currency
  Code          CNY
  Decimals      2
Shared with     a:1, b:2
Reminded        false
Foreign amount  —

Loan            ID_2
State           PAID (fully repaid)
Total           12345678901234567.89
Due             no due date
Title           Office, "new" chairs
Currency        —
Shared with     0 items
Reminded        true
Foreign amount  —
`.slice(1);

describe('in a pipe', () => {
  test('has every declared field, codes with their meaning, and a blank line between records', () => {
    expect(write(loan, loans)).toBe(loanRecords);
  });

  test('is the same text whether rows come one by one or together', () => {
    const writer = createWriter('record', { provider: 'p', endpoint: loan, tz: 'Asia/Shanghai' });
    expect(writer.begin() + loans.map(each => writer.rows([each])).join('') + writer.rows([]) + writer.end()).toBe(loanRecords);
    expect(write(loan, [])).toBe('');
  });

  test('has a nested list as a small table below', () => {
    expect(write(entry, entries)).toBe(
      `
Wallet key  f47ac10b-58cc-4372-a567-0e02b2c3d479
Entry       8cb70dea-9fb0-4a68-9572-99a72849c8d6
Amount      150.00
Status      concluded (settled)
Items       2 items
  Item                                  No.  About                             Amount  Due         Parts
  a1b2c3d4-e5f6-7890-abcd-ef1234567890    1  Crédito rotativo - Taxa de juros  100.00  2024-02-15  0 items
  b1b2c3d4-e5f6-7890-abcd-ef1234567890    2  利息                               50.00              x, y
Created     2024-01-15 18:30:00 +08:00

Wallet key  f47ac10b-58cc-4372-a567-0e02b2c3d479
Entry       9cb70dea-9fb0-4a68-9572-99a72849c8d6
Amount      -5.00
Status      new
Items       0 items
Created     2024-01-15 21:30:00.5 +08:00
`.slice(1),
    );
  });

  test('masks personal values, also inside groups and lists', () => {
    expect(write(person, people)).toBe(
      `
Person            P1
Name              Ana
E-mail            a••••@example.com
Document          ••••09
Phones            ••••00
Born              ••••
Income            ••••
Bank
  IFSC            YESB0000104
  Account number  ••••0000
  Tags            x
Cards             1 item
  Card      Active
  ••••1111  true
`.slice(1),
    );
  });

  test('has the chosen fields only, elements of an exploded list under its label', () => {
    const columns = selectColumns(entry, ['entry_key', 'items.number', 'items.about', 'amount'], { explode: 'items' });
    expect(write(entry, entries, { columns, explode: 'items' })).toBe(
      `
Entry    8cb70dea-9fb0-4a68-9572-99a72849c8d6
Items
  No.    1
  About  Crédito rotativo - Taxa de juros
Amount   150.00

Entry    8cb70dea-9fb0-4a68-9572-99a72849c8d6
Items
  No.    2
  About  利息
Amount   150.00

Entry    9cb70dea-9fb0-4a68-9572-99a72849c8d6
Items    —
Amount   -5.00
`.slice(1),
    );
  });

  test('groups in groups are indented; one that is no object shows what it is', () => {
    const endpoint = defineEndpoint({
      ...loan,
      fields: { id: id('Id'), a: group('A', { b: group('B', { c: text('C'), d: text('D') }), e: text('E') }) },
      columns: ['id'],
    });
    const rows = ['{"b":{"c":"1","d":"2"},"e":"3"}', '{"b":null,"e":""}', '{}', '"odd"', 'null'].map(a => row(`{"id":"x","a":${a}}`));
    expect(write(endpoint, rows)).toBe(
      `
Id     x
A
  B
    C  1
    D  2
  E    3

Id     x
A
  B    —
  E

Id     x
A
  B    —
  E    —

Id     x
A      odd

Id     x
A      —
`.slice(1),
    );
  });

  test('what differs from the document is shown as sent', () => {
    const odd = row(
      '{"id":7,"state":"LOST","total":"10","due":"soon","title":{"a":1.0},"unit":{},"sharedWith":[{"x":1}],"reminded":"yes","foreign":[1.50]}',
    );
    expect(write(loan, [odd])).toBe(
      `
Loan            7
State           LOST
Total           10
Due             soon
Title           {"a":1.0}
Currency
  Code          —
  Decimals      —
Shared with     [{"x":1}]
Reminded        yes
Foreign amount  [1.50]
`.slice(1),
    );
    const items = write(entry, [row('{"items":["loose",{"number":1}]}')], { columns: selectColumns(entry, ['items']) });
    expect(items).toBe('Items  ["loose",{"number":1}]\n');
  });

  test('a gloss comes in the language asked for', () => {
    const words = {
      lang: 'en' as const,
      label: (_p: string, _e: string, _f: string, label: string) => (label === 'State' ? '状态' : label),
      gloss: (provider: string, endpoint: string, field: string, code: string) => `${provider}/${endpoint}/${field}/${code}`,
      none: () => '',
      items: String,
      more: () => '',
      total: 'total',
      no: 'No',
      empty: 'Empty',
      flag: String,
    };
    expect(write(loan, loans.slice(0, 1), { words, columns: selectColumns(loan, ['state']) })).toBe('状态  REPAID (p/loan/state/REPAID)\n');
  });
});

describe('on a terminal', () => {
  test('is the same list with bold labels, flags in words', () => {
    expect(write(loan, loans, { tty: terminal(80) })).toBe(loanRecords.replace('  false', '  no').replace('  true', '  yes'));
    const columns = selectColumns(loan, ['id', 'unit.code']);
    expect(write(loan, loans.slice(0, 1), { columns, tty: terminal(80, 1) })).toBe(
      '\u001b[1mLoan\u001b[22m      ID_3HV7_Hq1zKw\n\u001b[1mCurrency\u001b[22m\n  \u001b[1mCode\u001b[22m    CNY\n',
    );
  });

  test('nobody chose the fields: the default columns come first, what is false or empty is only named', () => {
    const options = { tty: terminal(80), leading: ['state', 'id', 'unit.code'] };
    expect(write(loan, loans, options)).toBe(
      `
State        REPAID (awaiting repayment)
Loan         ID_3HV7_Hq1zKw
Currency
  Code       CNY

Total        10.0
Due          2022-06-07 14:30:39.075 +08:00
Title        迭代测试-上传2
Currency
  Decimals   2
Shared with  a:1, b:2
No           Reminded
Empty        Foreign amount

State     PAID (fully repaid)
Loan      ID_2
Currency  —

Total     12345678901234567.89
Due       no due date
Title     Office, "new" chairs
Reminded  yes
Empty     Currency, Shared with, Foreign amount
`.slice(1),
    );
  });

  test('a group that is something else than documented is shown as sent, not called empty', () => {
    expect(write(loan, [row('{"id":"ID_1","unit":"CNY"}')], { tty: terminal(80), leading: ['id'] })).toBe(
      `
Loan        ID_1

Currency    CNY
Empty       State, Total, Due, Title, Shared with, Reminded, Foreign amount
`.slice(1),
    );
  });

  test('in a pipe every field has its line', () => {
    expect(write(loan, loans, { leading: ['state'] })).toBe(loanRecords);
  });

  test('a nested list is a table where it fits', () => {
    expect(write(entry, entries.slice(0, 1), { tty: terminal(80), columns: selectColumns(entry, ['amount', 'items']) })).toBe(
      `
Amount  150.00
Items   2 items
  #  Item                 No.  About                 Amount  Due         Parts
  ─  ───────────────────  ───  ────────────────────  ──────  ──────────  ───────
  1  a1b2c3d4-e5f6-7890…    1  Crédito rotativo - …  100.00  2024-02-15  0 items
  2  b1b2c3d4-e5f6-7890…    2  利息                   50.00              x, y
`.slice(1),
    );
  });

  test('a nested list is a list of lists where no table could be read', () => {
    const [{ record, request } = row('{}')] = entries;
    expect(write(entry, [{ record, request }], { tty: terminal(13), columns: selectColumns(entry, ['items']) })).toBe(
      `
Items
  2 items
  Item
    a1b2c3d4-e5f6-7890-a
    bcd-ef1234567890
  No.  1
  About
    Crédito rotativo -
    Taxa de juros
  Amount
    100.00
  Due
    2024-02-15
  Parts
    0 items

  Item
    b1b2c3d4-e5f6-7890-a
    bcd-ef1234567890
  No.  2
  About  利息
  Amount
    50.00
  Due  —
  Parts  x, y
`.slice(1),
    );
  });

  test('long values continue below their beginning', () => {
    const long = row('{"title":"Reimbursement of travel costs 差旅费用报销 for the second quarter"}');
    const columns = selectColumns(loan, ['title']);
    expect(write(loan, [long], { columns, tty: terminal(40) })).toBe(
      `
Title  Reimbursement of travel costs
       差旅费用报销 for the second
       quarter
`.slice(1),
    );
    expect(write(loan, [long], { columns })).toBe('Title  Reimbursement of travel costs 差旅费用报销 for the second quarter\n');
  });

  test('where labels leave no room for values, long ones stand below their labels', () => {
    const columns = [
      {
        name: 'title',
        label: 'Purpose of the reimbursement',
        labels: ['Purpose of the reimbursement'],
        path: ['title'],
        field: text('Purpose'),
      },
      { name: 'unit.code', label: 'Unit: 币种代码', labels: ['Unit', '币种代码'], path: ['unit', 'code'], field: text('Code') },
      { name: 'id', label: 'Loan', labels: ['Loan'], path: ['id'], field: id('Loan') },
    ];
    const record = row(
      '{"title":"travel costs of the second quarter 差旅费","unit":{"code":"CNY"},"id":"8cb70dea-9fb0-4a68-9572-99a72849c8d6"}',
    );
    expect(write(loan, [record], { columns, tty: terminal(40) })).toBe(
      `
Purpose of the reimbursement
  travel costs of the second quarter
  差旅费
Unit
  币种代码  CNY
Loan
  8cb70dea-9fb0-4a68-9572-99a72849c8d6
`.slice(1),
    );
    expect(write(loan, [record], { columns, tty: terminal(50) })).toMatch(/^Purpose of the reimbursement {2}travel costs/);
  });

  test.each([1, 0, undefined])('a terminal of %s columns crashes nothing', columns => {
    const shown = write(entry, entries, { tty: { ...terminal(80), columns } });
    expect(shown).toContain('-5.00');
    expect(Math.max(...shown.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  });
});

describe('what nobody can read on a screen', () => {
  const columns = selectColumns(loan, ['title', 'sharedWith', 'due']);

  test('is cut at 10,000 characters there, after what hides in it is shown, and whole elsewhere', () => {
    const title = `${'ab '.repeat(3_333)}😀 the end`;
    const record = row(`{"title":"${title}","sharedWith":["${'x'.repeat(20_000)}"],"due":"1.${'0'.repeat(20_000)}"}`);
    const onScreen = write(loan, [record], { columns, tty: terminal(80) });
    const words = onScreen.replaceAll(/\s+/g, ' ');
    expect(words).toContain(`ab ab … Shared with ${'x'.repeat(67)} `);
    expect(onScreen.replaceAll(/[^x]/g, '')).toBe('x'.repeat(10_000));
    expect(onScreen.match(/…/g)).toHaveLength(3);
    expect(write(loan, [record], { columns })).toBe(
      `Title        ${title}\nShared with  ${'x'.repeat(20_000)}\nDue          1.${'0'.repeat(20_000)}\n`,
    );
  });

  test('of a list of objects 50 are shown there, and it is said how many more there are', () => {
    const record = row(`{"items":[${'{"item_key":"a","amount":1},'.repeat(150)}{"item_key":"a"}]}`);
    const options = { columns: selectColumns(entry, ['items']), tty: terminal(80) };
    const lines = write(entry, [record], options).split('\n');
    expect(lines.filter(line => /^ +\d+ +a\b/.test(line))).toHaveLength(50);
    expect(lines.at(-2)).toBe('  … 101 more: --explode items');
    expect(write(entry, [record], { ...options, tty: undefined }).split('\n')).toHaveLength(151 + 3);
  });
});

test.each([
  ['opened', 'open', 'opened'],
  ['DIRECT_DEBIT', 'direct debit', 'DIRECT_DEBIT'],
  ['calendar_days', 'calendar days', 'calendar_days'],
  ['canceled', 'cancelled', 'canceled'],
  ['processed', 'processed', 'processed'],
  ['REPAID', 'awaiting repayment (open)', 'REPAID (awaiting repayment, open)'],
  ['closed', 'closed (no more items)', 'closed (no more items)'],
  ['revolving_credit', 'revolving credit: made available', 'revolving_credit (made available)'],
  ['loan', 'loan form', 'loan (loan form)'],
  ['REPAID', 'paid', 'REPAID (paid)'],
  ['paid', 'paid, or approved in full; not final', 'paid (or approved in full; not final)'],
  ['archived', 'archived; final', 'archived (final)'],
  ['0', 'Api Client', '0 (Api Client)'],
])('the code %s with the gloss "%s" is shown as "%s"', (code, gloss, shown) => {
  const endpoint = defineEndpoint({ ...loan, fields: { state: someOf('State', { [code]: gloss }) }, columns: ['state'] });
  expect(write(endpoint, [row(`{"state":"${code}"}`)])).toBe(`State  ${shown}\n`);
});
