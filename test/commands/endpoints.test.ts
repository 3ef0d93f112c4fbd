// `loanq endpoints` tells how far the pages of a provider carry, and what a program needs to know to call one.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const loanq = (...args: string[]) => runInProcess(args, { home });

test('a table of one system', async () => {
  expect(await loanq('endpoints', 'crego')).toEqual({
    code: 0,
    stdout: `Command                            Method  Path                          Status
crego record <ids...>              GET     /v1/lms/records/{id}/         documented
crego settlements                  GET     /v1/lms/settlements/          unverified
crego lead-programs <lead-ids...>  GET     /v1/crm/leads/{id}/programs/  columns from data
`,
    stderr: '',
  });
});

test('the status of each, as JSON', async () => {
  const { stdout } = await loanq('endpoints', '-o', 'json');
  const rows: { provider: string; endpoint: string; status: string[] }[] = JSON.parse(stdout);
  const status = new Map(rows.map(row => [`${row.provider} ${row.endpoint}`, row.status]));
  expect(status.get('finlend loan')).toEqual(['documented']);
  expect(status.get('finlend loan-history')).toEqual(['unverified', 'columns from data']);
  expect(status.get('ekuaibao repayments')).toEqual(['deprecated']);
  expect(rows.map(({ provider }) => provider)).toEqual(expect.arrayContaining(['ekuaibao', 'finlend', 'crego', 'qitech', 'interlace']));
});

test('what a program needs to know to call one', async () => {
  const { stdout } = await loanq('endpoints', 'qitech', '-o', 'json');
  const [entry] = JSON.parse(stdout);
  expect(entry).toMatchObject({
    command: 'qitech wallet-entry <wallet-key> <entry-keys...>',
    method: 'GET',
    path: '/wallet/{wallet_key}/wallet_entry/{wallet_entry_key}',
    paging: null,
    keys: [
      { name: 'wallet_key', argument: 'wallet-key', form: 'a UUID', many: null },
      { name: 'wallet_entry_key', argument: 'entry-keys', form: 'a UUID', many: 'each' },
    ],
    parameters: [],
  });
  expect(entry.fields).toContainEqual({
    name: 'invoice_items.invoice_item_status',
    heading: 'Status',
    kind: 'enum',
    shown: false,
    personal: null,
    codes: ['concluded', 'canceled'],
  });
  expect(entry.relations).toContainEqual({ field: 'invoice_items.invoice_key', endpoint: 'invoice', command: 'qitech invoice' });
  expect(entry.relations).toContainEqual({ field: 'request.wallet_key', endpoint: 'wallet', command: 'qitech wallet' });
});

test('columns of choice for a spreadsheet', async () => {
  const { stdout } = await loanq('endpoints', 'crego', '--csv', '--fields', 'endpoint,documentation');
  expect(stdout).toBe(`endpoint,documentation\r
record,https://api-docs.crego.io/api-10694059\r
settlements,https://api-docs.crego.io/api-10694103\r
lead-programs,https://api-docs.crego.io/api-10693989\r
`);
});

test('a system there is not', async () => {
  expect(await loanq('endpoints', 'cargo')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: there is no system cargo\nhint: one of ekuaibao, finlend, crego, qitech, interlace\n',
  });
});
