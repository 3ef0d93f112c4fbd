// -o html in Chromium: nothing of the network, nothing of a provider runs, exact order and sums, usable with the keyboard and by everybody.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser, openPage } from '../runner/browser.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { closeLater, ownHome } from '../runner/left-overs.ts';
import { profileFor } from '../runner/profiles.ts';
import { reply, startFaultServer } from '../servers/fault-server.ts';

const home = await sharedHome();
const now = new Date('2024-05-01T12:00:00Z');

/** A page as a run makes it, in a file. */
async function made(args: readonly string[], stdin = ''): Promise<string> {
  const said = await runInProcess([...args, '-q', '-o', 'html'], { home, now, stdin });
  expect([said.code, said.stderr]).toEqual([0, '']);
  const path = join(home.path, `page-${Math.random().toString(36).slice(2)}.html`);
  await writeFile(path, said.stdout);
  return path;
}

/** Saved records of Crego, by their members. */
function saved(records: readonly Readonly<Record<string, string | null>>[]): string {
  const id = (at: number) => `229fe24c-d840-48dc-959a-${`${at}`.padStart(12, '0')}`;
  return records.map((members, at) => JSON.stringify({ id: id(at), ref_id: `R${at}`, ...members })).join('\n');
}

const amounts = ['10.0', '9.99', '100000000000000000001.1', null, '-0.5', '1e2', '10.00', '100000000000000000001.09'];
const records = ['crego', 'record', '--input', '-', '--fields', 'ref_id,amount,status,remark', '--sum', 'amount'];
const user = '123e4567-e89b-12d3-a456-426614174000';

function column(page: Page, at: number): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('#rows > tbody > tr:not([hidden])')].map(row => row.cells[${at}].textContent)`);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: { id: string; nodes: { html: string }[] }[] = await page.evaluate('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.runIf(hasBrowser)('in a browser', () => {
  test.each([
    ['a list with sums and a picture', ['crego', 'settlements', '--limit', '50', '--sandbox', '--sum', 'amount']],
    ['a record with a nested list', ['finlend', 'loan', user, '--sandbox', '--lang', 'pt']],
    ['instalments on a line of time', ['finlend', 'pending-repayments', user, '--sandbox', '--lang', 'zh']],
    ['a list without rows', ['crego', 'settlements', '--sandbox', '--demand', '00000000-0000-4000-8000-000000000000']],
  ])('%s: for everybody, in light and in dark, and without the network', async (_, args) => {
    const path = await made(args);
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, requests, faults } = await openPage(path, { colorScheme });
      expect(await violations(page)).toEqual([]);
      expect([requests, faults]).toEqual([[], []]);
    }
  });

  test('what a provider sends is text and runs nothing', async () => {
    const attacks = [
      '</title><script>window.ran=1</script>',
      '</td></tr></table></main><script>window.ran=1</script>',
      '<img src=http://127.0.0.1:9/x onerror="window.ran=1">',
      '"><svg/onload=window.ran=1>',
      '<!--',
      ']]><style>body{background:url(http://127.0.0.1:9/)}</style>',
      '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">',
      '<base href=http://127.0.0.1:9/><a href=javascript:window.ran=1>x</a>',
    ];
    const rows = attacks.map(text => ({ ref_id: text, remark: text, status: text, created_by: text }));
    for (const input of [rows, rows.slice(0, 1)]) {
      const { page, requests, faults } = await openPage(await made(records, saved(input)));
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect([requests, faults]).toEqual([[], []]);
      if (input.length > 1) for (const at of [0, 2, 3]) expect(await column(page, at)).toEqual(attacks);
      else expect(await page.evaluate("document.querySelector('main dd').textContent")).toBe(attacks[0]);
    }
  });

  test('a script that is put into the page does not run: the policy refuses it', async () => {
    const { page, faults } = await openPage(await made(records, saved([{ amount: '1' }, { amount: '2' }])));
    await page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))");
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(faults.some(fault => fault.startsWith('script-src'))).toBe(true);
  });

  test('the keyboard sorts exactly: by digits, what is missing last', async () => {
    const { page } = await openPage(await made(records, saved(amounts.map(amount => ({ amount })))));
    const heading = page.getByRole('columnheader', { name: 'Amount' });
    const rising = ['-0.5', '9.99', '10.0', '10.00', '1e2', '100000000000000000001.09', '100000000000000000001.1', ''];
    await heading.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await column(page, 1)).toEqual(rising);
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Space');
    const falling = ['100000000000000000001.1', '100000000000000000001.09', '1e2', '10.0', '10.00', '9.99', '-0.5', ''];
    expect(await column(page, 1)).toEqual(falling);
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('columnheader', { name: 'Reference' }).getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBeNull();
    expect(await column(page, 0)).toEqual(amounts.map((_, at) => `R${at}`));
  });

  test('times are sorted by time, whatever their zone and precision', async () => {
    const dates = ['1654583439.5', '1654583439', '1654583439.075', '1654583438.9999', null];
    const args = ['crego', 'record', '--input', '-', '--fields', 'ref_id,date', '--tz', 'America/Sao_Paulo'];
    const { page } = await openPage(await made(args, saved(dates.map(date => ({ date })))));
    await page.getByRole('columnheader', { name: 'Date' }).getByRole('button').click();
    expect(await column(page, 1)).toEqual(
      ['2022-06-07 03:30:38.9999', '2022-06-07 03:30:39', '2022-06-07 03:30:39.075', '2022-06-07 03:30:39.500', ''].map(text =>
        text.replace('.500', '.5'),
      ),
    );
  });

  test('a filter by words and by amounts; the sum is that of the rows that are left, exactly', async () => {
    const { page } = await openPage(
      await made(records, saved(amounts.map((amount, at) => ({ amount, status: at < 3 ? 'open' : 'processed' })))),
    );
    const filter = page.getByRole('searchbox', { name: 'Filter' });
    const total = () => page.evaluate("document.querySelector('tfoot .total').innerText");
    expect(await total()).toBe('200000000000000000131.68');
    await filter.fill('OPEN');
    expect(await column(page, 1)).toEqual(['10.0', '9.99', '100000000000000000001.1']);
    expect(await total()).toBe('100000000000000000021.09');
    expect(await page.getByRole('status').textContent()).toBe('3 of 8 rows');
    await filter.fill('open amount<10');
    expect(await column(page, 1)).toEqual(['9.99']);
    await filter.fill('amount>=100000000000000000001.1');
    expect(await column(page, 1)).toEqual(['100000000000000000001.1']);
    await filter.fill('amount=10');
    expect(await column(page, 1)).toEqual(['10.0', '10.00']);
    await filter.fill('amount>nothing');
    expect([await column(page, 1), await total()]).toEqual([[], '']);
    await filter.fill('');
    expect(await column(page, 1)).toEqual(amounts.map(amount => amount ?? ''));
    expect(await total()).toBe('200000000000000000131.68');
  });

  test('of many rows those that are read stand there; filter, order, sums, CSV and paper have all', async () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ amount: `${at}.50` }));
    const { page } = await openPage(await made(records, saved(many)), { permissions: ['clipboard-read', 'clipboard-write'] });
    const count = async () => (await column(page, 0)).length;
    expect(await count()).toBe(200);
    await page.evaluate("document.querySelector('.scroll').scrollTo(0, 1e6)");
    await page.getByText('R399', { exact: true }).waitFor({ state: 'attached' });
    expect(await count()).toBe(400);
    await page.getByRole('searchbox').fill('r499');
    expect(await column(page, 0)).toEqual(['R499']);
    await page.getByRole('searchbox').fill('');
    const heading = page.getByRole('columnheader', { name: 'Amount' }).getByRole('button');
    await heading.click();
    await heading.click();
    expect((await column(page, 0)).slice(0, 2)).toEqual(['R499', 'R498']);
    expect(await page.evaluate("document.querySelector('tfoot .total').innerText")).toBe('125000.00');
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
    const csv: string = await page.evaluate('navigator.clipboard.readText()');
    expect([csv.split('\r\n').length, csv.split('\r\n').at(-2)]).toEqual([502, 'R0,0.50,,']);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await count()).toBe(500);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await count()).toBe(200);
  });

  test('what is copied as CSV runs in no spreadsheet, also where one splits at another sign', async () => {
    const hostile = [
      { ref_id: 'a', amount: '10.0', status: '=cmd|1!A1', remark: 'a;=1+1' },
      { ref_id: 'b', amount: '-0.5', status: '\xad=1', remark: '"=1+1' },
      { ref_id: '-c', amount: null, status: '@SUM(1)', remark: 'x | \uff0b1' },
    ];
    const args = ['crego', 'record', '--input', '-', '--fields', 'ref_id,amount,status,remark'];
    const { page } = await openPage(await made(args, saved(hostile)), { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied.split('\r\n')).toEqual([
      'ref_id,amount,status,remark',
      `a,10.0,"'=cmd|1!A1","a;'=1+1"`,
      String.raw`b,-0.5,\xad=1,"'""=1+1"`,
      "'-c,,'@SUM(1),\"x | '＋1\"",
      '',
    ]);
  });

  test('names that a provider gives its members run nothing either where they are copied as CSV', async () => {
    const server = closeLater(await startFaultServer());
    server.script('/x', reply(200, '[{"=cmd|1!A1":"1","b;=1":"2"}]', { 'content-type': 'application/json' }));
    const own = await ownHome();
    await own.configure({ profiles: { crego: profileFor('crego', server.origin) } });
    const { stdout } = await runInProcess(['api', '/x', '-p', 'crego', '-q', '-o', 'html'], { home: own, now });
    const path = join(own.path, 'page.html');
    await writeFile(path, stdout);
    const { page } = await openPage(path, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`"'=cmd|1!A1","b;'=1"\r\n1,2\r\n`);
  });

  test('sums of currencies stay apart, also of what is left', async () => {
    const wallets = [
      { id: 'a', available: '10.10', currency: 'USD' },
      { id: 'b', available: '0.20', currency: 'EUR' },
      { id: 'c', available: '1', currency: '' },
      { id: 'd', available: '5.05', currency: 'USD' },
    ];
    const args = ['interlace', 'wallets', '--input', '-', '--fields', 'id,available', '--sum', 'available'];
    const { page } = await openPage(await made(args, JSON.stringify({ data: { list: wallets } })));
    const total = () => page.evaluate("document.querySelector('tfoot .total').innerText");
    expect(await total()).toBe('15.15 USD\n0.20 EUR\n1 not added');
    await page.getByRole('searchbox').fill('0.');
    expect(await total()).toBe('10.10 USD\n0.20 EUR');
  });

  test('ids are copied whole, rows as CSV with their exact times; columns can be left out', async () => {
    const args = ['crego', 'record', '--input', '-', '--fields', 'id,amount,date,remark', '--tz', 'Asia/Shanghai'];
    const rows = [
      { amount: '10.0', date: '1654583439.5', remark: '=1+1' },
      { amount: '9.99', date: '1654583439', remark: 'say "no", please' },
    ];
    const { page } = await openPage(await made(args, saved(rows)), { permissions: ['clipboard-read', 'clipboard-write'] });
    const copied = () => page.evaluate('navigator.clipboard.readText()');
    await page.getByRole('button', { name: 'Copy 229fe24c-d840-48dc-959a-000000000001' }).press('Enter');
    await page.getByRole('status').filter({ hasText: '229fe24c-d840-48dc-959a-000000000001' }).waitFor();
    expect(await copied()).toBe('229fe24c-d840-48dc-959a-000000000001');
    await page.getByText('Columns').click();
    await page.getByRole('checkbox', { name: 'Record' }).uncheck();
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
    expect(await copied()).toBe(
      `amount,date,remark\r\n10.0,2022-06-07T06:30:39.5Z,'=1+1\r\n9.99,2022-06-07T06:30:39Z,"say ""no"", please"\r\n`,
    );
  });

  test('on paper: nested lists are open, headings are no buttons, and all of it comes out', async () => {
    const { page } = await openPage(await made(['finlend', 'loan', `${user}`, '--sandbox']));
    await page.evaluate("document.querySelector('details').open = false");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const state = () => page.evaluate("[document.querySelector('details').open, document.querySelectorAll('th > button').length]");
    expect(await state()).toEqual([true, 0]);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(((await state()) as unknown[])[0]).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('paper says that it has only what a filter has left', async () => {
    const { page } = await openPage(await made(records, saved([{ amount: '1' }, { amount: '2' }, { amount: '3' }])));
    await page.getByRole('searchbox').fill('amount>1');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.getByText('2 of 3 rows · amount>1').isVisible()).toBe(true);
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('searchbox').fill('');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.evaluate("document.querySelector('#status').textContent")).toBe('');
  });

  test('without its script it can be read', async () => {
    const { page } = await openPage(await made(['crego', 'settlements', '--limit', '2', '--sandbox', '--sum', 'amount']), {
      javaScriptEnabled: false,
    });
    expect(await page.getByRole('cell').count()).toBeGreaterThan(14);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByText('2 of 241 rows').isVisible()).toBe(true);
  });
});
