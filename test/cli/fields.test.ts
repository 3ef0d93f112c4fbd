// Field names where they are needed: a list without asking anybody, headings taken for their fields, and few names in a hint.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const loanq = (...args: readonly string[]) => runInProcess(args, { home });

test('with --follow it lists the fields of the thing, too, in its own words', async () => {
  const { stdout, code } = await loanq('ekuaibao', 'repayment-records', '--fields', '--follow', 'loanInfoId', '--lang', 'pt');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}loanInfoId +Pacote de empréstimo +id$/m);
  expect(stdout).toMatch(/^ {2}loanInfoId\.state \* +Pacote de empréstimo: .+ +code: /m);
});

test('--fields without a value lists name, heading and kind, and asks nobody', async () => {
  expect(await loanq('crego', 'settlements', '--fields')).toEqual({
    stdout: `Fields of crego settlements: name, heading, kind (* = shown by default)
  id *                Settlement     id
  created_at          Created        time
  updated_at          Updated        time
  date *              Date           time
  amount *            Amount         money
  outstanding_amount  Outstanding    money
  remaining_amount *  Remaining      money
  sent_to_gl          Sent to GL     flag
  due_amount          Due            money
  dpd *               DPD            number
  peak_dpd            Peak DPD       number
  to_be_deleted       To be deleted  flag
  account             Account        id
  demand *            Demand         id
  record *            Record         not documented
`,
    stderr: '',
    code: 0,
  });
});

test.each([
  { args: ['crego', 'record', '--fields', '--lang', 'zh'], line: /^ {2}status \* +状态 +code: processed$/m },
  { args: ['crego', 'record', id, '--fields', '-p', 'nope'], line: /^ {2}payouts +Payouts +list: --explode payouts$/m },
  { args: ['lookup', '--fields'], line: /^Fields of lookup: [\s\S]*^ {2}amount \* +Amount +money$/m },
  {
    args: [id, '--fields', '--json'],
    line: /"name": "outstanding",\n {4}"heading": "Outstanding",\n {4}"kind": "money",\n {4}"default": false/,
  },
])('$args', async ({ args, line }) => {
  const { stdout, stderr, code } = await loanq(...args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(line);
});

test('the heading of a field of an exploded list is taken for it, and a slip of it named', async () => {
  const entry = ['qitech', 'wallet-entry', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '8cb70dea-9fb0-4a68-9572-99a72849c8d6'];
  const items = (...args: readonly string[]) => loanq(...entry, '--sandbox', '--csv', '--explode', 'invoice_items', '--fields', ...args);
  const byName = await items('invoice_items.invoice_description');
  expect(byName.stdout).toContain('invoice_items.invoice_description\r\n');
  expect(await items('Invoice items: Description')).toEqual(byName);
  expect((await items('Invoice items: Descripton')).stderr).toContain(
    'unknown field: Invoice items: Descripton (did you mean invoice_items.invoice_description?)',
  );
});

test.each([
  ['Remaining', 'remaining_amount'],
  ['remaining', 'remaining_amount'],
  ['状态', 'status'],
  ['Situação', 'status'],
  ['Collection bank: IFSC', 'collection_bank.ifsc'],
])('the heading %s is taken for %s', async (heading, name) => {
  const byHeading = await loanq('crego', 'record', id, '--sandbox', '--csv', '--fields', `id,${heading}`);
  expect(byHeading).toEqual(await loanq('crego', 'record', id, '--sandbox', '--csv', '--fields', `id,${name}`));
  expect([byHeading.code, byHeading.stdout.split('\r\n')[0]]).toEqual([0, `id,${name}`]);
});

test('the heading of a group stands for its fields, and one sorts by a heading', async () => {
  const { stdout } = await loanq('crego', 'record', id, '--sandbox', '--csv', '--fields', 'Collection bank');
  expect(stdout.split('\r\n')[0]?.split(',').slice(0, 2)).toEqual(['collection_bank.id', 'collection_bank.ifsc']);
  expect((await loanq('crego', 'settlements', '--sandbox', '--sort', 'Remaining:desc')).code).toBe(0);
});

test.each([
  [['--fields', 'amout'], 'unknown field: amout (did you mean amount?)', 'near: amount; all names: --fields without a value'],
  [['--fields', 'frobnicate'], 'unknown field: frobnicate', 'all names: --fields without a value'],
  // A slip of a heading, in whichever language.
  [
    ['--fields', 'id,Remainig'],
    'unknown field: Remainig (did you mean remaining_amount?)',
    'near: remaining_amount; all names: --fields without a value',
  ],
  [['--fields', 'situacao'], 'unknown field: situacao (did you mean status?)', 'near: status; all names: --fields without a value'],
  [
    ['--fields', 'Collection bnk'],
    'unknown field: Collection bnk (did you mean collection_bank?)',
    expect.stringMatching(/^near: collection_bank; all/),
  ],
  [
    ['--sort', 'Remainig:desc'],
    'cannot sort by Remainig:desc',
    'near: remaining_amount; all names: --fields without a value; add :desc for descending order',
  ],
  [['--fields', 'Amuont'], 'unknown field: Amuont (did you mean amount?)', 'near: amount; all names: --fields without a value'],
  // Two fields have this heading, each in another group.
  [
    ['--fields', 'bank_dat'],
    'unknown field: bank_dat (did you mean bank_date?)',
    expect.stringMatching(/^near: bank_date, (?:[\w.]+, ){0,3}[\w.]+; all names/),
  ],
])('%j', async (args, error, hint) => {
  const { stderr, code } = await loanq('crego', 'record', id, '--sandbox', ...args);
  const [said, advice] = stderr.split('\n');
  expect([code, said, advice?.replace('hint: ', '')]).toEqual([2, `error: crego record: ${error}`, hint]);
});
