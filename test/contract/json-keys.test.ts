// A POST that only reads: several keys in one JSON body, up to the document's limit, of a kind that a parameter names. Such a key may be
// somebody's phone number or address, so it stands in what was asked for and nowhere else. The provider is made up.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineEndpoint, type Grammar } from '../../src/core/endpoint.ts';
import { id, number, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { planPacks } from '../../src/plan/packs.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { ownHome, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { startServer } from '../runner/server.ts';

const wide: Grammar = { name: 'an id, a number or an address', pattern: /^[\w:@.+-]+$/ };
const people = defineEndpoint({
  name: 'people',
  summary: 'People by id, phone or address',
  doc: { url: 'https://docs.example.com/people' },
  method: 'POST',
  path: '/v1/people/find',
  keys: {
    conditionIds: {
      in: 'json',
      arg: 'ids',
      about: 'whom to find',
      grammar: wide,
      many: 'packed',
      maxPack: 3,
      field: 'id',
      fieldBy: { param: 'type', fields: { PHONE: 'phone', MAIL: 'email' } },
      personal: true,
    },
  },
  params: {
    type: { in: 'json', about: 'what the ids are', choices: ['ID', 'PHONE', 'MAIL'], default: 'ID' },
    depth: { in: 'json', about: 'how deep', type: 'number' },
    view: { in: 'query', about: 'which view' },
  },
  answer: { items: 'items' },
  fields: {
    id: id('Person'),
    phone: text('Phone', { personal: 'phone' }),
    email: text('E-mail', { personal: 'email' }),
    age: number('Age'),
  },
  columns: ['id', 'phone', 'email'],
  example: '{"items":[{"id":"P-400001","phone":"13812345678","email":"ada@example.com","age":36}]}',
  exampleKeys: [{ conditionIds: 'P-400001' }],
});
const registry = defineProvider({
  name: 'registry',
  title: 'Registry',
  docs: 'https://docs.example.com',
  baseUrl: 'https://registry.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'X-Token' } }],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
  endpoints: [people],
});
const providers: ProviderTable = { registry: { title: registry.title, load: async () => registry } };

const phones = ['13800000001', '13800000002', '13800000003', '13800000004', '13800000005'];
let refuseFrom = Number.POSITIVE_INFINITY;
const server = await startServer(({ body }, number) => {
  if (number >= refuseFrom) return { status: 401, body: '{"message":"who"}' };
  const { type, conditionIds } = JSON.parse(body.toString('utf8'));
  const known = (conditionIds as string[]).filter(key => key !== '13800000003');
  const rows = known.map(key => ({
    id: type === 'ID' ? key : `P-${key.slice(-1)}`,
    phone: type === 'PHONE' ? key : '1',
    email: 'a@example.com',
    age: 1,
  }));
  return { body: JSON.stringify({ items: rows.reverse() }) };
});
const home = await sharedHome();
const config = { profiles: { r: { provider: 'registry', baseUrl: server.origin, credentials: { token: 'canary-000417' } } } };
await home.configure(config);
const bodies = (from: number) => server.requests.slice(from).map(({ method, body }) => `${method} ${body.toString('utf8')}`);
const loanq = async (args: readonly string[], at = home) => {
  const before = server.requests.length;
  const said = await runInProcess(['registry', 'people', ...args], { home: at, providers });
  return { ...said, asked: bodies(before) };
};

describe('keys in a JSON body', () => {
  test('share calls up to the limit of the document, and rows come in the order of the keys', async () => {
    const { code, stdout, asked } = await loanq([
      '--type',
      'PHONE',
      ...phones,
      '--depth',
      '2',
      '--csv',
      '--fields',
      'id,phone',
      '-q',
      '--concurrency',
      '1',
    ]);
    expect(asked).toEqual([
      'POST {"type":"PHONE","depth":2,"conditionIds":["13800000001","13800000002","13800000003"]}',
      'POST {"type":"PHONE","depth":2,"conditionIds":["13800000004","13800000005"]}',
    ]);
    expect([code, stdout]).toEqual([24, 'id,phone\r\nP-1,13800000001\r\nP-2,13800000002\r\nP-4,13800000004\r\nP-5,13800000005\r\n']);
  });

  test.each([
    [{}, 3],
    [{ pack: '2' }, 2],
    [{ pack: '50' }, 3],
  ])('a profile with %o: %s keys in a call, never more than the document allows', (settings, size) => {
    const keys = Object.fromEntries(Object.entries(people.keys ?? {}).map(([name, key]) => [name, { ...key, packSetting: 'pack' }]));
    const profile = { name: 'r', baseUrl: server.origin, provider: 'registry', settings, paths: {} };
    expect(planPacks({ ...people, keys }, profile)).toEqual({ size, maxCharacters: undefined });
  });

  test('one key is an array all the same; the field that repeats it is that of the kind', async () => {
    const { code, stdout, asked } = await loanq(['P-1', '-o', 'ndjson', '--fields', 'id']);
    expect([code, stdout, asked]).toEqual([0, '{"id":"P-1"}\n', ['POST {"type":"ID","conditionIds":["P-1"]}']]);
    expect((await loanq(['--type', 'MAIL', 'b@example.com'])).code).toBe(27);
    expect((await loanq(['--type', 'NAME', 'b'])).code).toBe(2);
  });

  test('a dry run shows the body, and the same as a curl line', async () => {
    const { stdout, asked } = await loanq(['--type', 'PHONE', '13800000001', "--view=it's", '--dry-run']);
    expect(stdout.replaceAll(server.origin, 'O')).toBe(
      [
        'POST O/v1/people/find?view=it%27s',
        'accept: application/json',
        'X-Token: [redacted]',
        '{"type":"PHONE","conditionIds":["13800000001"]}',
        '',
        "curl --globoff --request POST 'O/v1/people/find?view=it%27s' --header 'accept: application/json' --header 'X-Token: [redacted]' " +
          '--header \'content-type: application/json\' --data-raw \'{"type":"PHONE","conditionIds":["13800000001"]}\'',
        '',
      ].join('\n'),
    );
    expect(asked).toEqual([]);
  });

  test('the sandbox finds by any kind, and keeps to the limit', async () => {
    const [byId, byPhone, none] = await Promise.all([
      loanq(['P-400001', '--sandbox', '-o', 'ndjson', '--fields', 'id,age']),
      loanq(['--type', 'PHONE', '13812345678', '--sandbox', '-o', 'ndjson', '--fields', 'id,age']),
      loanq(['--type', 'PHONE', '13812345679', '--sandbox']),
    ]);
    expect([byId.stdout, byPhone.stdout, none.code]).toEqual(['{"id":"P-400001","age":36}\n', '{"id":"P-400001","age":36}\n', 21]);
  });
});

describe('a key that is a person’s number or address', () => {
  test('is masked in errors, for people and for programs; a staff id is not', async () => {
    const missing = await loanq(['--type', 'PHONE', '13800000003']);
    expect([missing.code, missing.stderr]).toEqual([
      21,
      `error: registry people ••••03: not found: Registry has no record of it\nhint: asked ${new URL(server.origin).host}, profile r\n`,
    ]);
    const json = await loanq(['--type', 'PHONE', '13800000003', '--error-format', 'json']);
    expect(JSON.parse(json.stderr).error.keys).toEqual(['••••03']);
    const misspelt = await loanq(['--type', 'MAIL', 'ada lovelace@example.com']);
    expect([misspelt.code, misspelt.stderr]).toEqual([2, 'error: registry people: conditionIds is not an id, a number or an address\n']);
    refuseFrom = 0;
    const refused = await loanq(['P-1']);
    refuseFrom = Number.POSITIVE_INFINITY;
    expect(refused.stderr).toContain('registry people P-1: credential rejected');
  });

  test('is masked in --errors, with its line, in the audit trail, in a masked _request, and is not in the journal', async () => {
    const own = await ownHome();
    const audit = join(own.path, 'audit.jsonl');
    await own.configure({ ...config, audit });
    const keys = await own.write('keys.txt', `# people\n${phones.join('\n')}\nada lovelace\n`);
    const out = join(own.path, 'out.ndjson');
    const call = [
      '--type',
      'PHONE',
      '--ids-from',
      keys,
      '-o',
      'ndjson',
      '--out',
      out,
      '--errors',
      join(own.path, 'errors.jsonl'),
      '--with-request',
    ];
    const { code, stderr } = await loanq([...call, '--mask', '--fields', 'id', '-v'], own);
    expect(code).toBe(24);
    const errors = (await readFile(join(own.path, 'errors.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(errors.map(({ key, line, code: why }) => [key, line, why])).toEqual([
      ['••••03', 4, 'not-found'],
      ['ada lovelace', undefined, 'usage'],
    ]);
    const trail = await readFile(audit, 'utf8');
    expect(
      trail
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).keys),
    ).toEqual([1, 2, 3, 4, 5].map(n => ({ conditionIds: `••••0${n}` })));
    expect(await readFile(out, 'utf8')).toContain('{"id":"P-1","_request":{"conditionIds":"••••01"}}\n');
    for (const text of [stderr, trail, await readFile(out, 'utf8'), JSON.stringify(errors)])
      for (const phone of phones) expect(text).not.toContain(phone);
  });

  test('an interrupted run goes on: the journal counts keys and holds none', async () => {
    const own = await ownHome();
    await own.configure(config);
    const keys = await own.write('keys.txt', phones.join('\n'));
    const out = join(own.path, 'out.csv');
    const call = [
      '--type',
      'PHONE',
      '--ids-from',
      keys,
      '--csv',
      '--fields',
      'id,phone',
      '--out',
      out,
      '--resume',
      '--concurrency',
      '1',
      '-q',
    ];
    refuseFrom = server.requests.length + 2;
    expect((await loanq(call, own)).code).toBe(4);
    refuseFrom = Number.POSITIVE_INFINITY;
    const journal = await readFile(`${out}.journal`, 'latin1');
    for (const phone of phones) expect(journal).not.toContain(phone);
    const second = await loanq(call, own);
    expect([second.code, second.asked]).toEqual([24, ['POST {"type":"PHONE","conditionIds":["13800000003","13800000004","13800000005"]}']]);
    expect(await readFile(out, 'utf8')).toBe('id,phone\r\nP-1,13800000001\r\nP-2,13800000002\r\nP-4,13800000004\r\nP-5,13800000005\r\n');
  });
});
