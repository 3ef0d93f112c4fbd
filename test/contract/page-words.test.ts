// Every way a provider may cut a list into pages, read with --all over more than three of them, to a limit, and where the provider
// repeats itself, counts wrong or ends in words. The provider is made up; its server cuts the pages by hand.
import { beforeEach, describe, expect, test } from 'vitest';
import { defineEndpoint, type Paging, plainId } from '../../src/core/endpoint.ts';
import { id, list, money, number, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';

const doc = { url: 'https://docs.example.com' } as const;
const rows = { summary: 'Rows', doc, answer: { items: 'rows' }, fields: { id: id('Row'), at: number('At') }, columns: ['id'] } as const;
const kinds: Readonly<Record<string, Paging>> = {
  numbered: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 2, maxSize: 2 },
  'from-zero': { kind: 'page', page: 'page', first: 0, size: 'size', defaultSize: 2, maxSize: 2 },
  counted: { kind: 'page', page: 'page', first: 1, defaultSize: 2, total: 'count' },
  'with-more': { kind: 'page', page: 'page', first: 1, defaultSize: 2, more: 'more' },
  'with-last': { kind: 'page', page: 'page', first: 1, size: 'page_size', defaultSize: 2, maxSize: 2, last: 'last_page' },
  offsets: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 2, maxSize: 2, total: 'total' },
  cursors: { kind: 'cursor', cursor: 'after', from: 'at', size: 'count', defaultSize: 2, maxSize: 2 },
};
const lists = Object.entries(kinds).map(([name, paging]) =>
  defineEndpoint({
    ...rows,
    name,
    path: `/${name}`,
    paging,
    example: '{"count":1,"more":false,"last_page":"True","rows":[{"id":"R-40001","at":1}]}',
  }),
);
const inPath = defineEndpoint({
  ...rows,
  name: 'in-path',
  path: '/in-path/{page}/{size}',
  paging: { kind: 'page', page: 'page', first: 0, size: 'size', defaultSize: 2, maxSize: 2 },
  example: '{"rows":[{"id":"R-40001","at":1}]}',
});
const invoice = defineEndpoint({
  name: 'invoice',
  summary: 'One invoice, its items page by page',
  doc,
  path: '/invoice/{key}',
  keys: { key: { arg: 'keys', about: 'invoices', grammar: plainId, many: 'each', field: 'key' } },
  answer: { item: '' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'page_size', defaultSize: 2, maxSize: 2, within: 'items', last: 'last_page' },
  fields: {
    key: id('Invoice'),
    items: list('Items', { id: id('Item'), sum: money('Sum') }),
    last_page: text('Last page'),
    page: number('Page', { optional: true }),
  },
  columns: ['key'],
  example:
    '{"key":"IV-400001","items":[{"id":"A-10001","sum":1.50},{"id":"A-10002","sum":2.50},{"id":"A-10003","sum":3.50}],"last_page":"True"}',
  exampleKeys: [{ key: 'IV-400001' }],
});
const archive = defineProvider({
  name: 'archive',
  title: 'Archive',
  docs: 'https://docs.example.com',
  baseUrl: 'https://archive.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'X-Token' } }],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
  endpoints: [...lists, inPath, invoice],
});
const providers: ProviderTable = { archive: { title: archive.title, load: async () => archive } };

/** Seven rows, two on a page; what a test changes of an answer is put over it. */
const all = Array.from({ length: 7 }, (_, at) => ({ id: `r${at + 1}`, at: at + 1 }));
type Page = Readonly<Record<string, unknown>>;
let change: (page: Page, number: number) => Page = page => page;
let asked: string[] = [];
const server = await startServer(({ target }): Answer => {
  asked.push(target);
  const url = new URL(target, 'http://x');
  const [, kind = '', ...rest] = url.pathname.split('/');
  const query = (name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise);
  const page = kind === 'in-path' ? Number(rest[0]) + 1 : kind === 'from-zero' ? query('page', 0) + 1 : query('page', 1);
  const from = kind === 'offsets' ? query('start', 0) : kind === 'cursors' ? query('after', 0) : (page - 1) * 2;
  const cut = all.slice(from, from + 2);
  const isLast = from + 2 >= all.length;
  const body =
    kind === 'invoice'
      ? { key: rest[0], items: cut.map(({ id }) => ({ id, sum: 1 })), last_page: isLast ? 'True' : 'False', page }
      : { rows: cut, count: '7', total: 7, more: isLast ? 'False' : 'True', last_page: isLast ? 'True' : 'False' };
  return { body: JSON.stringify(change(body, Math.floor(from / 2) + 1)) };
});
const home = await sharedHome();
await home.configure({ profiles: { a: { provider: 'archive', baseUrl: server.origin, credentials: { token: 'canary-000417' } } } });
const loanq = (...args: readonly string[]) => runInProcess(['archive', ...args], { home, providers });
const ids = async (...args: readonly string[]) => {
  const { code, stdout } = await loanq(...args, '--csv', '--fields', 'id', '--no-header', '-q');
  return { code, ids: stdout.trimEnd().split('\r\n').join(' ') };
};

beforeEach(() => {
  change = page => page;
  asked = [];
});

describe.each([...Object.keys(kinds), 'in-path'])('%s', kind => {
  test('--all reads four pages, each row once and in order', async () => {
    expect(await ids(kind, '--all')).toEqual({ code: 0, ids: 'r1 r2 r3 r4 r5 r6 r7' });
    expect(asked.length).toBe(4);
  });

  test('--limit ends in the middle of a page and asks for none behind it', async () => {
    expect(await ids(kind, '--limit', '3')).toEqual({ code: 0, ids: 'r1 r2 r3' });
    expect(asked.length).toBe(2);
  });

  test('an empty first page is an empty list', async () => {
    change = page => ({ ...page, rows: [], count: '0', total: 0 });
    expect(await ids(kind, '--all')).toEqual({ code: 0, ids: '' });
  });

  test('a page that comes again is found out', async () => {
    change = page => ({ ...page, rows: all.slice(0, 2) });
    const { code, stdout, stderr } = await loanq(kind, '--all', '--json');
    expect([code, stdout]).toEqual([27, '']);
    expect(stderr).toContain('the provider sent the same page twice');
  });
});

describe('words for the end', () => {
  test.each(['with-more', 'with-last'])('%s: a truth value, a number, null and other words', async kind => {
    const place = kind === 'with-more' ? 'more' : 'last_page';
    for (const [yes, no] of [
      [true, false],
      ['true', 'false'],
      [1, 0],
      ['YES', 'no'],
    ] as const) {
      change = (page, number) => ({ ...page, [place]: (number === 4) === (place === 'last_page') ? yes : no });
      expect(await ids(kind, '--all')).toEqual({ code: 0, ids: 'r1 r2 r3 r4 r5 r6 r7' });
    }
    change = page => ({ ...page, [place]: null });
    expect((await ids(kind, '--all')).ids).toBe(kind === 'with-more' ? 'r1 r2' : 'r1 r2 r3 r4 r5 r6 r7');
  });

  test('"False" is no reason to read on for ever', async () => {
    change = page => ({ ...page, more: 'False' });
    expect(await ids('with-more', '--all')).toEqual({ code: 0, ids: 'r1 r2' });
    expect(asked.length).toBe(1);
  });

  test('the first page alone says that more follows, by either word', async () => {
    for (const kind of ['with-more', 'with-last']) expect((await loanq(kind)).stderr).toBe(`2 ${kind}, more pages follow · all: --all\n`);
    change = page => ({ ...page, more: 'False', last_page: 'True' });
    for (const kind of ['with-more', 'with-last']) expect((await loanq(kind)).stderr).toBe('');
  });
});

describe('a total that cannot be', () => {
  test('turns 0 behind the first page: the list is read to its short page', async () => {
    change = (page, number) => (number === 1 ? page : { ...page, total: 0, count: '0' });
    expect(await ids('offsets', '--all')).toEqual({ code: 0, ids: 'r1 r2 r3 r4 r5 r6 r7' });
    expect(await ids('counted', '--all')).toEqual({ code: 0, ids: 'r1 r2 r3 r4 r5 r6 r7' });
  });

  test('is smaller than what has come', async () => {
    change = page => ({ ...page, total: 1, count: '1' });
    for (const kind of ['offsets', 'counted']) expect((await ids(kind, '--all')).ids).toBe('r1 r2 r3 r4 r5 r6 r7');
    expect((await loanq('offsets')).stderr).toBe('2 offsets, more pages follow · all: --all\n');
  });

  test('is larger: rows that are counted and not sent are told, also where only the first page counted them', async () => {
    change = (page, number) => ({ ...page, total: number === 1 ? 9 : 0 });
    const { code, stderr } = await loanq('offsets', '--all', '-o', 'ndjson');
    expect([code, stderr]).toEqual([0, 'warning: archive offsets: the provider counts 9 rows, but sent 7\n']);
  });
});

describe('a list inside of one record', () => {
  test('is read to its end: one record, whole, with its items in order', async () => {
    const { code, stdout, stderr } = await loanq('invoice', 'IV-1', '-o', 'ndjson');
    expect([code, stderr, asked.length]).toEqual([0, '', 4]);
    expect(JSON.parse(stdout).items.map((item: { id: string }) => item.id)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7']);
    expect(asked[1]).toBe('/invoice/IV-1?page=2&page_size=2');
  });

  test('many records, a repeated page, another record on a later page, a dry run', async () => {
    const { stdout } = await loanq('invoice', 'IV-1', 'IV-2', '--explode', 'items', '--csv', '--fields', 'key,items.id', '-q');
    expect(stdout.split('\r\n').length).toBe(1 + 14 + 1);
    change = page => ({ ...page, last_page: 'False', items: [{ id: 'r1', sum: 1 }] });
    const repeated = await loanq('invoice', 'IV-1', '--json');
    expect([repeated.code, repeated.stdout]).toEqual([27, '']);
    change = (page, number) => (number === 2 ? { ...page, key: 'IV-9' } : page);
    expect((await loanq('invoice', 'IV-1')).code).toBe(27);
    asked = [];
    expect((await loanq('invoice', 'IV-1', '--dry-run')).stdout).toContain('/invoice/IV-1?page=1&page_size=2\n');
    expect(asked).toEqual([]);
  });

  test('the sandbox cuts it into pages, in the style of its sample', async () => {
    const { code, stdout } = await loanq('invoice', 'IV-400001', '--sandbox', '-o', 'ndjson');
    expect([code, JSON.parse(stdout).items.length]).toEqual([0, 3]);
    const { stdout: rows } = await loanq('with-last', '--sandbox', '--all', '--csv', '--fields', 'id', '--no-header');
    expect(rows.split('\r\n').length).toBe(242);
  });
});
