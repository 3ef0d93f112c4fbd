// -o html: what the page holds, read by a parser of somebody else. What it does in a browser: page-browser.test.ts.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { openZone } from '../../src/core/zones.ts';
import { humanText, readInstant } from '../../src/output/text/instants.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { startServer } from '../runner/server.ts';
import { attribute, elements, readPage, tableCells, textOf } from './page-reader.ts';
import { entries, entry, loan, loans, people, person, row } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const home = await sharedHome();
const now = new Date('2026-01-15T02:17:11.203Z');
const hostile = [
  '</td></table><script>alert(1)</script>',
  '<!-- <img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp; &#60;',
  'a\u2028b\u202ec\u0000d',
];

function write(rows: Parameters<ReturnType<typeof createWriter>['rows']>[0], more: Partial<WriterOptions> = {}): string {
  const writer = createWriter('html', { provider: 'p', endpoint: loan, origin: 'loanq p loan · here', ...more });
  return writer.begin() + rows.map(one => writer.rows([one])).join('') + writer.end();
}

/** The page without what is the same in every page. */
function own(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '<style></style>')
    .replace(/<script>.*<\/script>/s, '<script></script>')
    .replace(/sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+/, "…'; style-src '…");
}

test('rows are a table: the whole page', async () => {
  const page = own(write(loans, { fields: ['id', 'state', 'total', 'due', 'title', 'sharedWith'], sums: ['total'], tz: 'Asia/Shanghai' }));
  await expect(page).toMatchFileSnapshot('golden/loans.html');
});

test('one record is a list of its fields, the default ones first: the whole page', async () => {
  const page = own(write(entries.slice(0, 1), { endpoint: entry, leading: entry.columns, page: { language: 'pt', isMadeUp: true } }));
  await expect(page).toMatchFileSnapshot('golden/entry.html');
});

test('the policy names the very bytes of script and style, and lets nothing else run or load', () => {
  const page = readPage(write(loans));
  const digest = (name: string) => {
    const [element, more] = elements(page, name);
    expect(more).toBeUndefined();
    return `sha256-${createHash('sha256').update(textOf(element)).digest('base64')}`;
  };
  const [policy] = elements(page, 'meta').filter(meta => attribute(meta, 'http-equiv') === 'Content-Security-Policy');
  expect(attribute(policy, 'content')).toBe(
    `default-src 'none'; script-src '${digest('script')}'; style-src '${digest('style')}'; base-uri 'none'; form-action 'none'`,
  );
  const named = new Set(elements(page).flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  expect([...named].filter(name => name.startsWith('on') || ['style', 'src', 'href', 'action', 'srcset'].includes(name))).toEqual([]);
});

describe.each(hostile)('a provider that sends %j', text => {
  const shown = text.replace('\u2028', '\\u2028').replace('\u202e', '\\u202e').replace('\u0000', '\\x00');

  test('sends text, in a cell and in a list', () => {
    const record = row(JSON.stringify({ id: text, title: text, state: text, total: text, due: text, sharedWith: [text] }));
    const fields = ['id', 'title', 'state', 'total', 'due', 'sharedWith'];
    const table = readPage(write([record, record], { fields }));
    expect(tableCells(table).slice(1, 3)).toEqual([fields.map(() => shown), fields.map(() => shown)]);
    const list = readPage(write([record], { fields, leading: [] }));
    const values = elements(list, 'dd').slice(-fields.length).map(textOf);
    expect(values).toEqual(fields.map(() => shown));
    for (const page of [table, list]) {
      expect(elements(page, 'script')).toHaveLength(1);
      expect([...elements(page, 'img'), ...elements(page, 'svg')]).toEqual([]);
    }
  });

  test('names of its own are text, too', () => {
    const record = row(JSON.stringify({ entry_key: 'a', items: [{ item_key: text, [text]: text }] }));
    const page = readPage(write([record, record], { endpoint: entry, fields: ['entry_key', 'items'] }));
    expect(elements(page, 'script')).toHaveLength(1);
  });
});

test('the head says where it is from; what nobody knows is not there', () => {
  const facts = (page: string) =>
    elements(readPage(page), 'dl')
      .filter(list => attribute(list, 'class') === 'facts')
      .flatMap(list => elements(list, 'div').map(fact => elements(fact, 'dt').map(textOf).concat(elements(fact, 'dd').map(textOf))));
  expect(facts(write(loans, { tz: 'America/Sao_Paulo' }))).toEqual([
    ['Profile', 'p-live'],
    ['Host', 'api.example.com'],
    ['Environment', 'production'],
    ['Asked', '2026-01-14 23:17 -03:00'],
    ['Times', 'America/Sao_Paulo'],
    ['Personal data', 'masked'],
  ]);
  expect(facts(write(loans, { page: { hosts: [], profile: '', environment: '' }, showPersonal: true }))).toEqual([
    ['Asked', '2026-01-15 02:17 +00:00'],
    ['Times', 'UTC'],
    ['Personal data', 'whole'],
  ]);
});

test('what a run decides is what its page says: profile, environment, host, zone, language, personal data', async () => {
  const server = await startServer(() => ({ body: '{"count":0,"next":null,"previous":null,"results":[]}' }));
  const profile = { provider: 'crego', baseUrl: server.origin, environment: 'staging', credentials: { token: 'a-token' } };
  const config = await home.configure({ profiles: { desk: profile } });
  const args = ['crego', 'settlements', '--config', config, '-q', '-o', 'html'];
  const facts = async (...more: string[]) => {
    const page = readPage((await runInProcess([...args, ...more], { home, now })).stdout);
    return [attribute(elements(page, 'html')[0], 'lang'), ...elements(page, 'dd').map(textOf)];
  };
  const host = server.origin.replace('http://', '');
  expect(await facts('--tz', 'UTC')).toEqual(['en', 'desk', host, 'staging', '2026-01-15 02:17 +00:00', 'UTC', 'masked']);
  expect(await facts('--tz', 'Asia/Shanghai', '--lang', 'pt', '--show-personal')).toEqual([
    'pt-BR',
    'desk',
    host,
    'staging',
    '2026-01-15 10:17 +08:00',
    'Asia/Shanghai',
    'completos',
  ]);
});

test('the visible cells are those of the CSV, times in the zone and exact in UTC', async () => {
  const zone = openZone('America/Sao_Paulo');
  const args = ['crego', 'settlements', '--limit', '30', '--sandbox', '-q', '--fields', 'id,date,amount,remaining_amount,dpd,demand'];
  const csv = parseCsv((await runInProcess([...args, '--csv'], { home, now })).stdout) as string[][];
  const said = await runInProcess([...args, '-o', 'html', '--tz', 'America/Sao_Paulo'], { home, now });
  expect([said.code, said.stderr]).toEqual([0, '']);
  const page = readPage(said.stdout);
  const asShown = (cell: string) => {
    const instant = readInstant(cell, 'iso');
    return instant === undefined ? cell : humanText(instant, zone).replace(' -03:00', '');
  };
  const [, ...rows] = tableCells(page);
  expect(rows).toEqual(csv.slice(1).map(cells => cells.map(asShown)));
  const times = elements(page, 'td')
    .flatMap(cell => elements(cell, 'time'))
    .map(time => attribute(time, 'datetime'));
  expect(times).toEqual(csv.slice(1).map(cells => cells[1]));
});

test('personal data is masked, and nowhere in the source; --show-personal shows it', () => {
  const page = (more: Partial<WriterOptions>) =>
    write(people, {
      endpoint: person,
      fields: ['id', 'email', 'document', 'phones', 'born', 'income', 'bank.account_no', 'cards'],
      ...more,
    });
  for (const more of [{}, { leading: person.columns }]) {
    const masked = page(more);
    for (const value of ['ana.silva', '12345678909', '5511999990000', '1990', '5000', '000000000000', '411111111111'])
      expect(masked).not.toContain(value);
    expect(masked).toContain('a••••@example.com');
    expect(page({ ...more, showPersonal: true })).toContain('ana.silva@example.com');
  }
});

test('a personal key is masked in the command, too, which else can be pasted', async () => {
  const out = join(home.path, "o'page.html");
  const said = await runInProcess(
    ['ekuaibao', 'staff', 'ana.silva@example.com', '--type', 'MAIL', '--sandbox', '-q', '-o', 'html', '--out', out],
    { home, now },
  );
  expect([said.code, said.stdout]).toEqual([21, '']);
  const page = readPage(await readFile(out, 'utf8'));
  expect(elements(page, 'code').map(textOf)).toEqual([
    `loanq ekuaibao staff 'a••••@example.com' --type MAIL --sandbox -q -o html --out '${out.replace("'", `'\\''`)}'`,
  ]);
  expect(textOf(page)).not.toContain('ana.silva');
});

test('a secret in an argument is masked in the command, also where a shell would have to quote it', async () => {
  const token = "it's-a-token-of-crego";
  const server = await startServer(() => ({ body: '{"count":0,"next":null,"previous":null,"results":[]}' }));
  const config = await home.configure({ profiles: { c: { provider: 'crego', baseUrl: server.origin, credentials: { token } } } });
  const args = ['crego', 'settlements', '--config', config, '-q', '-o', 'html', '--tz', 'UTC', '--fields', 'id', '--out'];
  const out = join(home.path, `${token}.html`);
  const said = await runInProcess([...args, out], { home, now });
  expect([said.code, said.stdout, said.stderr]).toEqual([0, '', '']);
  const page = readPage(await readFile(out, 'utf8'));
  expect(elements(page, 'code').map(textOf)).toEqual([expect.stringMatching(/ --out '?[^ ]*\[redacted\]\.html'?$/)]);
  expect(elements(page, 'dd').map(textOf).slice(0, 2)).toEqual(['c', server.origin.replace('http://', '')]);
});

test('totals stand below, exact and apart for each currency; what cannot be added is counted', () => {
  const bills = ['10.0', '9.99', '100000000000000000001.1', 'x'].map((total, at) =>
    row(JSON.stringify({ id: `a${at}`, total, unit: { code: 'CNY' } })),
  );
  const page = readPage(write(bills, { fields: ['id', 'total'], sums: ['total'] }));
  const [foot] = elements(page, 'tfoot');
  expect(elements(foot, 'td').map(textOf)).toEqual(['100000000000000000021.091 not addedcurrency not stated']);
});

test('amounts that a document lets be added up have their sum without being asked for, in each currency', async () => {
  const args = ['interlace', 'account-repayment', '--all', '--sandbox', '-q'];
  const csv = parseCsv(
    (await runInProcess([...args, '--csv', '--fields', 'currency,cardSettleAmount'], { home, now })).stdout,
  ) as string[][];
  const page = readPage((await runInProcess([...args, '-o', 'html', '--fields', 'displayId,cardSettleAmount'], { home, now })).stdout);
  const cents = new Map<string, bigint>();
  for (const [currency = '', amount = ''] of csv.slice(1)) {
    const [whole = '', part = ''] = amount.split('.');
    cents.set(currency, (cents.get(currency) ?? 0n) + BigInt(whole + part.padEnd(12, '0')));
  }
  expect(cents.size).toBeGreaterThan(0);
  const [foot] = elements(page, 'tfoot');
  const shown = elements(foot, 'div').map(textOf).slice(1);
  const read = shown.map(line => {
    const [, whole = '', part = '', currency = ''] = /^(-?\d+)(?:\.(\d+))? (.*)$/.exec(line) ?? [];
    return [currency, BigInt(whole + part.padEnd(12, '0'))] as const;
  });
  expect(new Map(read)).toEqual(cents);
});

test('a nested list has what it adds up to', async () => {
  const said = await runInProcess(['finlend', 'loan', '123e4567-e89b-12d3-a456-426614174000', '--sandbox', '-q', '-o', 'html'], {
    home,
    now,
  });
  const [table] = elements(readPage(said.stdout), 'table');
  const [head = []] = tableCells({ nodeName: '#document-fragment', childNodes: [table], parentNode: null } as never);
  const [foot] = elements(table, 'tfoot');
  const totals = elements(foot, 'tr')[0]?.childNodes.map(textOf) ?? [];
  expect(head.slice(0, 5).map((label, at) => [label, totals[at]])).toEqual([
    ['Instalment', 'sum'],
    ['Due', ''],
    ['Amount', '109504.50 NGN'],
    ['Paid', '36501.50 NGN'],
    ['Outstanding', '73003.00 NGN'],
  ]);
});

test.each([
  [[], '15 of 241 rows: the others were not asked for (--all).'],
  [['--limit', '3', '--lang', 'pt'], '3 de 241 linhas: as demais não foram consultadas (--all).'],
  [['--limit', '3', '--lang', 'zh'], '共 241 行，此处 3 行：其余未查询（--all）。'],
  [['--all'], '241 rows'],
])('a list that is not whole says so on its page, too: %j', async (more, said) => {
  const { stdout, code } = await runInProcess(['crego', 'settlements', '--sandbox', '-q', '-o', 'html', ...more], { home, now });
  const notes = elements(readPage(stdout), 'p').filter(p => attribute(p, 'class')?.startsWith('note'));
  expect([code, notes.map(textOf)]).toEqual([0, [said]]);
});

test('a page of many keys says of how many there is nothing: they are not there, or nobody knows', async () => {
  const server = await startServer(({ target }) => {
    if (target.includes('000000000001')) return { status: 404, body: '{"detail":"Not found."}' };
    if (target.includes('000000000002')) return { status: 403, body: '{"detail":"no"}' };
    return { body: JSON.stringify({ id: target.split('/')[4] }) };
  });
  const config = await home.configure({
    profiles: { c: { provider: 'crego', baseUrl: server.origin, credentials: { token: 'a-token' } } },
  });
  const keys = [0, 1, 2].map(at => `229fe24c-d840-48dc-959a-00000000000${at}`);
  const args = ['crego', 'record', ...keys, '--config', config, '-q', '-o', 'html', '--fields', 'id', '--concurrency', '1'];
  const { stdout, code } = await runInProcess(args, { home, now });
  const page = readPage(stdout);
  const notes = elements(page, 'p').filter(p => attribute(p, 'class')?.startsWith('note'));
  expect([code, notes.map(textOf)]).toEqual([24, ['1 row', 'Keys without rows here: 1 not found, 1 failed.']]);
});

test('no row is said; many rows, too', () => {
  const note = (page: string) =>
    elements(readPage(page), 'p')
      .filter(p => attribute(p, 'class') === 'note')
      .map(textOf);
  expect(note(write([]))).toEqual(['No rows.']);
  expect(note(write([], { page: { language: 'zh' } }))).toEqual(['没有数据。']);
  const [first = row('{}')] = loans;
  const writer = createWriter('html', { provider: 'p', endpoint: loan, fields: ['id'] });
  expect(note(writer.begin() + writer.rows(Array.from({ length: 5001 }, () => first)) + writer.end())).toEqual([
    '5001 rows',
    '5001 rows are many for a page: it takes a moment to open. -o csv is made for so many.',
  ]);
});
