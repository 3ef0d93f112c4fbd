// Answers whose fields no page prints: columns come from the data, everything else is as with any endpoint. A made-up provider with an
// open record, one of which some fields are known, and a list of which nobody says what is in it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { group, id, money, number, values } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { providerPage } from '../../src/docs/reference.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sampleKeys } from '../../src/sandbox/records.ts';
import { ownHome, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { runPty } from '../runner/pty.ts';
import { type Answer, startServer } from '../runner/server.ts';

const doc = { url: 'https://docs.example.com/books', read: '2026-11-21' } as const;

const loans = defineEndpoint({
  name: 'loans',
  summary: 'What a reader has at home',
  doc: { ...doc, unverified: 'two pages name two paths.' },
  path: '/readers/{readerId}/loans',
  keys: { readerId: { arg: 'reader-ids', about: 'readers', grammar: plainId, many: 'each' } },
  answer: { items: 'data' },
  fields: {},
  open: true,
  columns: [],
  example:
    '{"data":[{"loanId":"LN-4171810002","title":"Sea","lentAt":"2024-05-06","fee":1.50,"holder":{"readerId":"R-40001"},"renewals":[{"no":1}]},' +
    '{"loanId":"LN-4171810003","title":"Land","lentAt":"2024-05-07","fee":0.10,"holder":{"readerId":"R-40001"},"renewals":[]}]}',
  exampleKeys: [{ readerId: 'R-40001' }],
});
const shelf = defineEndpoint({
  name: 'shelf',
  summary: 'One shelf, of which the page prints three fields',
  doc,
  path: '/shelves/{id}',
  keys: { id: { arg: 'ids', about: 'shelves', grammar: plainId, many: 'each', field: 'id' } },
  answer: { item: 'data' },
  fields: { id: id('Shelf'), worth: money('Worth'), room: group('Room', { floor: number('Floor') }) },
  open: true,
  columns: ['id', 'worth'],
  example: '{"data":{"id":"S-1","worth":10.00,"room":{"floor":2}}}',
  exampleKeys: [{ id: 'S-1' }],
});
const delivery = defineEndpoint({
  name: 'delivery',
  summary: 'One delivery, whose list is not described',
  doc,
  path: '/deliveries/{no}',
  keys: { no: { arg: 'nos', about: 'deliveries', grammar: plainId, many: 'each', field: 'no' } },
  answer: { item: '' },
  fields: { no: id('Delivery'), page: number('Page'), list: values('Records') },
  columns: ['no', 'page'],
  example: '{"no":"D-1","page":1,"list":[]}',
  exampleKeys: [{ no: 'D-1' }],
});
const card = defineEndpoint({
  name: 'card',
  summary: 'A library card, with fields of the library itself',
  doc,
  path: '/cards/{id}',
  keys: { id: { arg: 'ids', about: 'cards', grammar: plainId, many: 'each', field: 'id' } },
  answer: { item: '' },
  fields: { id: id('Card'), form: group('Form', { code: id('Code') }, { open: true }) },
  columns: ['id', 'form.code'],
  example: '{"id":"C-1","form":{"code":"B1"}}',
  exampleKeys: [{ id: 'C-1' }],
});
const library = defineProvider({
  name: 'library',
  title: 'City Library',
  docs: 'https://docs.example.com',
  baseUrl: 'https://library.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'X-Token' } }],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
  endpoints: [loans, shelf, delivery, card],
});

const providers: ProviderTable = { library: { title: library.title, load: async () => library } };
const home = await sharedHome();
let answers: Readonly<Record<string, Answer>> = {};
const server = await startServer(({ target }) => answers[target] ?? { status: 404, body: '{"message":"nobody"}' });
await home.configure({ profiles: { l: { provider: 'library', baseUrl: server.origin, credentials: { token: 'canary-000417' } } } });
const loanq = (...args: readonly string[]) => runInProcess(['library', ...args], { home, providers });

const ada = `{"data":[
  {"loanId":"LN-1","fee":1.50,"late":false,"book":{"title":"Sea","author":{"name":"Woolf"}},"renewals":[{"no":1,"till":"2024-06-01"}]},
  {"loanId":"LN-2","fee":12345678901234567.89,"book":null,"renewals":[],"tags":["old","thin"],"note":"call +49 30 1234567","phone":"0301234567"}]}`;

beforeEach(() => {
  answers = {
    '/readers/R-1/loans': { body: ada },
    '/readers/R-2/loans': { body: '{"data":[]}' },
    '/shelves/S-1': { body: '{"data":{"id":"S-1","worth":10.00,"room":{"floor":2,"light":"dim"},"colour":"red"}}' },
    '/deliveries/D-1': {
      body: '{"no":"D-1","page":1,"list":[{"accountId":"A-1","sum":0.10},{"accountId":"A-2","owner":{"email":"ada@example.com"}}]}',
    },
  };
});

describe('a list of open records', () => {
  test('table: the union of the rows in order of first appearance; lists are named, not shown; personal values are masked', async () => {
    const { code, stdout, stderr } = await loanq('loans', 'R-1');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'loanId                   fee  late   book.title  book.author.name  note         phone',
        'LN-1                    1.50  false  Sea         Woolf',
        'LN-2    12345678901234567.89                                       call ••••67  ••••67',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('not shown: renewals, tags · all: -o record, or choose with --fields\n');
  });

  test('record: every field, nested ones in their place, lists as small tables', async () => {
    const { stdout, stderr } = await loanq('loans', 'R-1', '-o', 'record');
    expect(stderr).toBe('');
    expect(stdout).toBe(
      [
        'Reader id  R-1',
        'loanId     LN-1',
        'fee        1.50',
        'late       false',
        'book',
        '  title    Sea',
        '  author',
        '    name   Woolf',
        'renewals   1 item',
        '  no  till',
        '   1  2024-06-01',
        'tags       —',
        'note       —',
        'phone      —',
        '',
        'Reader id  R-1',
        'loanId     LN-2',
        'fee        12345678901234567.89',
        'late       —',
        'book       —',
        'renewals   0 items',
        'tags       old, thin',
        'note       call ••••67',
        'phone      ••••67',
        '',
      ].join('\n'),
    );
  });

  test('json and ndjson pass everything as it came', async () => {
    const { stdout } = await loanq('loans', 'R-1', '-o', 'ndjson');
    expect(stdout).toBe(
      [
        '{"loanId":"LN-1","fee":1.50,"late":false,"book":{"title":"Sea","author":{"name":"Woolf"}},"renewals":[{"no":1,"till":"2024-06-01"}]}',
        '{"loanId":"LN-2","fee":12345678901234567.89,"book":null,"renewals":[],"tags":["old","thin"],"note":"call +49 30 1234567","phone":"0301234567"}',
        '',
      ].join('\n'),
    );
    const masked = await loanq('loans', 'R-1', '--json', '--mask', '--with-request', '--fields', 'loanId,note,book.title');
    expect(masked.stdout.replace(/\n */g, '')).toBe(
      '[{"loanId": "LN-1","book": {"title": "Sea"},"_request": {"readerId": "R-1"}},' +
        '{"loanId": "LN-2","note": "call ••••67","book": null,"_request": {"readerId": "R-1"}}]',
    );
  });

  test('csv without --fields names what the first answer has, and writes nothing', async () => {
    const { code, stdout, stderr } = await loanq('loans', 'R-1', '--csv');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: library loans: -o csv wants --fields: no page prints the fields of loans; the first answer has ' +
        'loanId, fee, late, book.title, book.author.name, renewals, tags, note, phone\n' +
        'hint: name the columns with --fields a,b,c, or take -o ndjson, which has them all\n',
    );
    const empty = await loanq('loans', 'R-2', '-o', 'tsv');
    expect([empty.code, empty.stdout]).toEqual([2, '']);
    expect(empty.stderr).toContain('the first answer has no rows to name any\n');
  });

  test('csv with --fields: columns fixed by the command line, values as sent, formulas guarded', async () => {
    const { code, stdout, stderr } = await loanq(
      'loans',
      'R-1',
      '--csv',
      '--fields',
      'request.readerId,loanId,fee,book.title,renewals,note,colour',
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'request.readerId,loanId,fee,book.title,renewals,note,colour',
        'R-1,LN-1,1.50,Sea,"[{""no"":1,""till"":""2024-06-01""}]",,',
        'R-1,LN-2,12345678901234567.89,,[],call +49 30 1234567,',
        '',
      ].join('\r\n'),
    );
    expect(stderr).toBe('no row has colour\n');
  });

  test('sort, explode and drift', async () => {
    const sorted = await loanq('loans', 'R-1', '-o', 'ndjson', '--sort', 'fee:desc', '--fields', 'loanId', '--strict');
    expect([sorted.code, sorted.stdout, sorted.stderr]).toEqual([0, '{"loanId":"LN-2"}\n{"loanId":"LN-1"}\n', '']);
    const exploded = await loanq('loans', 'R-1', '--explode', 'renewals', '-q');
    expect(exploded.stdout).toBe(['loanId  renewals.no  renewals.till', 'LN-1              1  2024-06-01', 'LN-2', ''].join('\n'));
  });

  test('no rows: an empty table', async () => {
    const { code, stdout, stderr } = await loanq('loans', 'R-2');
    expect([code, stdout, stderr]).toEqual([0, '', '']);
  });
});

describe('a record of which some fields are known', () => {
  test('the declared ones come first, under their labels', async () => {
    const { stdout, stderr } = await loanq('shelf', 'S-1');
    expect([stdout, stderr]).toEqual(['Shelf  Worth  room.light  colour\nS-1    10.00  dim         red\n', '']);
    answers = { '/shelves/S-1': { body: '{"data":{"id":"S-2","worth":1}}' } };
    expect((await loanq('shelf', 'S-1')).code).toBe(27);
  });

  test('what a page declares may drift all the same', async () => {
    answers = { '/shelves/S-1': { body: '{"data":{"id":"S-1","colour":"red"}}' } };
    const { stderr } = await loanq('shelf', 'S-1');
    expect(stderr).toBe('warning: library shelf: answers differ from the documented shape: missing worth, missing room\n');
  });

  test('many keys: one table, ndjson, csv with fields; csv without fields stops before anything is written', async () => {
    const [table, ndjson, csv, none] = await Promise.all([
      loanq('shelf', 'S-1', 'S-9', '-q'),
      loanq('shelf', 'S-1', 'S-9', '-q', '-o', 'ndjson'),
      loanq('shelf', 'S-1', 'S-9', '-q', '--csv', '--fields', 'id,colour'),
      loanq('shelf', 'S-1', 'S-9', '--csv', '--out', join(home.cwd, 'shelves.csv')),
    ]);
    expect([table.code, table.stdout]).toEqual([24, 'Shelf  Worth  room.light  colour\nS-1    10.00  dim         red\n']);
    expect(ndjson.stdout).toBe('{"id":"S-1","worth":10.00,"room":{"floor":2,"light":"dim"},"colour":"red"}\n');
    expect(csv.stdout).toBe('id,colour\r\nS-1,red\r\n');
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('the first answer has id, worth, room.floor, room.light, colour');
    await expect(readFile(join(home.cwd, 'shelves.csv'))).rejects.toThrow('ENOENT');
    await expect(readFile(join(home.cwd, 'shelves.csv.journal'))).rejects.toThrow('ENOENT');
  });

  test('an interrupted export with --fields goes on', async () => {
    const own = await ownHome();
    await own.configure({ profiles: { l: { provider: 'library', baseUrl: server.origin, credentials: { token: 'canary-000417' } } } });
    const keys = await own.write('keys.txt', 'S-1\nS-2\n');
    const out = join(own.path, 'out.csv');
    const call = ['library', 'shelf', '--ids-from', keys, '--csv', '--out', out, '--retries', '0', '--resume'];
    answers = { ...answers, '/shelves/S-2': { status: 401, body: '{"message":"who"}' } };
    const first = await runInProcess([...call, '--fields', 'id,colour,room.light', '--concurrency', '1'], { home: own, providers });
    expect(first.code).toBe(4);
    answers = {
      ...answers,
      '/shelves/S-1': { status: 500 },
      '/shelves/S-2': { body: '{"data":{"id":"S-2","worth":1,"room":{"floor":1},"colour":"blue"}}' },
    };
    const other = await runInProcess([...call, '--fields', 'id'], { home: own, providers });
    expect(other.code).toBe(2);
    const second = await runInProcess([...call, '--fields', 'id,colour,room.light'], { home: own, providers });
    expect([second.code, await readFile(out, 'utf8')]).toEqual([0, 'id,colour,room.light\r\nS-1,red,dim\r\nS-2,blue,\r\n']);
    // The run before had rows that this one has not seen.
    expect(second.stderr).not.toContain('no row has');
  });
});

test('--explode of a list nobody describes has columns from the data; csv can name them', async () => {
  const table = await loanq('delivery', 'D-1', '--explode', 'list');
  expect(table.stdout).toBe(
    [
      'Delivery  list.accountId  list.sum  list.owner.email',
      'D-1       A-1                 0.10',
      'D-1       A-2                       a••••@example.com',
      '',
    ].join('\n'),
  );
  const csv = await loanq('delivery', 'D-1', '--explode', 'list', '--csv', '--fields', 'no,list.accountId,list.sum');
  expect(csv.stdout).toBe('no,list.accountId,list.sum\r\nD-1,A-1,0.10\r\nD-1,A-2,\r\n');
  const whole = await loanq('delivery', 'D-1', '--explode', 'list', '--csv', '--fields', 'no,list');
  expect(whole.stdout).toContain('D-1,"{""accountId"":""A-1"",""sum"":0.10}"\r\n');
  const refused = await loanq('delivery', 'D-1', '--csv', '--fields', 'no,list.accountId');
  expect([refused.code, refused.stdout]).toEqual([2, '']);
});

test('fields of an open group are columns where they are named', async () => {
  answers = { '/cards/C-1': { body: '{"id":"C-1","form":{"code":"B1","u_colour":"=red","u_size":{"w":1}}}' } };
  const csv = await loanq('card', 'C-1', '--csv', '--fields', 'form.u_colour,form.u_size.w,form.code');
  expect([csv.code, csv.stdout, csv.stderr]).toEqual([0, "form.u_colour,form.u_size.w,form.code\r\n'=red,1,B1\r\n", '']);
  const table = await loanq('card', 'C-1', '--fields', 'id,form.u_size,form.u_none');
  expect([table.stdout, table.stderr]).toEqual(['Card  form.u_size.w  form.u_none\nC-1               1\n', 'no row has form.u_none\n']);
  expect((await loanq('card', 'C-1', '--csv')).stdout).toBe('id,form.code\r\nC-1,B1\r\n');
  for (const name of ['u_colour', 'id.x', 'form.code.x']) expect((await loanq('card', 'C-1', '--fields', name)).code).toBe(2);
});

test('values of several types in one place are shown as they came; what is empty takes no room', async () => {
  answers = {
    '/readers/R-1/loans': {
      body: '{"data":[{"a":1,"b":{"c":1},"d":[1,2],"e":{},"f":null},{"a":"x","b":"whole","d":{"g":true},"e":{},"f":null},{}]}',
    },
  };
  const { stdout } = await loanq('loans', 'R-1');
  expect(stdout).toBe(['a  b        d           e   f', '1  {"c":1}  [1,2]       {}', 'x  whole    {"g":true}  {}', '', ''].join('\n'));
  const record = await loanq('loans', 'R-1', '-o', 'record', '--fields', 'a,b.c');
  expect(record.stdout).toBe('a    1\nb\n  c  1\n\na    x\nb    whole\n\na    —\nb    —\n');
});

test('on a terminal: as many columns as can be read, the others named', async () => {
  const own = await ownHome();
  await own.configure({
    profiles: { f: { provider: 'finlend', baseUrl: server.origin, customerIp: '203.0.113.7', credentials: { token: 'canary-000417' } } },
  });
  const uuid = '123e4567-e89b-12d3-a456-426614174000';
  const loan = { loanApplicationId: uuid, accountId: uuid, product: 'Salary advance', amount: 1200.5, state: 'ACTIVE' };
  const path = `/api/v1/services/user/manage-loans/${uuid}`;
  answers = { [path]: { body: JSON.stringify({ status: 'SUCCESS', data: [loan, loan] }) } };
  const { screen, stderr, code } = await runPty(['finlend', 'active-loans', uuid, '--no-color'], { home: own, columns: 50 });
  expect(code).toBe(0);
  expect(screen).toBe(
    [
      'loanApplicationId  accountId  product       amount',
      '─────────────────  ─────────  ────────────  ──────',
      '123e4567-e89b-12…  123e4567…  Salary adva…  1200.5',
      '123e4567-e89b-12…  123e4567…  Salary adva…  1200.5',
      '',
    ].join('\n'),
  );
  expect(stderr.split('\n')[0]).toBe('not shown: state · all: -o record, or choose with --fields · whole ids: --json');
});

test('a name of a provider never reaches a screen raw: heading, label, nested heading', async () => {
  answers = { '/readers/R-1/loans': { body: '{"data":[{"a\\u001b[31m":1,"list":[{"b\\u001b[2J":1}],"group":{"c\\u0007":2}}]}' } };
  const table = await loanq('loans', 'R-1');
  expect(table.stdout).toBe('a\\x1b[31m  group.c\\x07\n        1            2\n');
  const record = await loanq('loans', 'R-1', '-o', 'record');
  expect(record.stdout).toBe('Reader id  R-1\na\\x1b[31m  1\nlist       1 item\n  b\\x1b[2J\n         1\ngroup\n  c\\x07    2\n');
});

test('a saved answer: the envelope, and the rows as loanq writes them', async () => {
  const read = (stdin: string, ...more: readonly string[]) =>
    runInProcess(['library', 'loans', '--input', '-', ...more], { home, providers, stdin });
  const { stdout } = await loanq('loans', 'R-1', '-o', 'ndjson');
  expect((await read(ada, '-o', 'ndjson')).stdout).toBe(stdout);
  expect((await read(stdout, '-o', 'ndjson')).stdout).toBe(stdout);
  expect((await read(stdout, '--csv', '--fields', 'loanId')).stdout).toBe('loanId\r\nLN-1\r\nLN-2\r\n');
  const none = await read(stdout, '--csv');
  expect([none.code, none.stdout]).toEqual([2, '']);
  expect(none.stderr).toContain('the first answer has loanId, fee,');
});

test('names of a provider that are secrets or people are no columns to read', async () => {
  answers = { '/readers/R-1/loans': { body: '{"data":[{"ada@example.com":1,"canary-000417":2,"c\\u001b[31m":[1]}]}' } };
  const { stdout, stderr } = await loanq('loans', 'R-1');
  expect(stdout).toBe('a••••@example.com  [redacted]\n                1           2\n');
  expect(stderr).toBe('not shown: c\\x1b[31m · all: -o record, or choose with --fields\n');
});

test('help and reference page say where the fields come from', async () => {
  const help = (await loanq('loans', '--help')).stdout;
  expect(help).toContain('  Unverified: two pages name two paths.\n');
  expect(help).toContain('  request.readerId\n  fields as the provider sends them: the page prints none\n');
  expect(help).toContain('--ids-from ids.txt -o ndjson --out result.ndjson\n');
  expect((await loanq('shelf', '--help')).stdout).toContain(
    '  id*, worth*, room.floor\n  and further fields as the provider sends them: the page does not print them\n  all\n',
  );
  const page = providerPage(library);
  expect(page).toContain('Unverified: two pages name two paths.');
  expect(page).toContain('\nFields as the provider sends them: the page prints none. csv and tsv want `--fields`.\n');
});

test('--fields without a value says so, too; a heading is no other field that is spelled alike', async () => {
  expect((await loanq('loans', 'R-1', '--fields')).stdout).toBe(
    'Fields of library loans: name, heading, kind (* = shown by default)\n  request.readerId  Reader id  id\n  fields as the provider sends them: the page prints none\n',
  );
  answers = { '/shelves/S-1': { body: '{"data":{"id":"S-1","worth":10.00,"room":{"floor":2},"shelf":"by the door"}}' } };
  expect((await loanq('shelf', 'S-1', '--csv', '--fields', 'Shelf,shelf')).stdout).toBe('id,shelf\r\nS-1,by the door\r\n');
});

test('the plan of a dry run: the columns are those of the data', async () => {
  const { code, stdout, stderr } = await loanq('loans', 'R-1', '--dry-run', '-v');
  expect([code, stdout.split('\n')[0]]).toEqual([0, `GET ${server.origin}/readers/R-1/loans`]);
  expect(stderr).toMatch(/^columns +those of the data$/m);
});

test('the sandbox: the example for its key, rows with ids and days of their own for others', async () => {
  const sample = await loanq('loans', 'R-40001', '--sandbox', '-o', 'ndjson', '--fields', 'loanId,fee');
  expect(sample.stdout).toBe('{"loanId":"LN-4171810002","fee":1.50}\n{"loanId":"LN-4171810003","fee":0.10}\n');
  const [, { readerId: other = '' } = {}] = sampleKeys(library, loans, 2);
  const { stdout } = await loanq('loans', other, '--sandbox', '-o', 'ndjson');
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(rows.length).toBe(6);
  expect(new Set(rows.map(({ loanId }) => loanId)).size).toBe(6);
  expect(rows.map(({ holder }) => holder.readerId)).toEqual(rows.map(() => other));
  expect(rows.every(({ loanId, lentAt }) => /^LN-\d{10}$/.test(loanId) && /^202\d-\d\d-\d\d$/.test(lentAt))).toBe(true);
});
