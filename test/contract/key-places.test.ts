// Where a key goes when it is not in the path: into the query. A made-up provider asks for forms by id and by code, and lists by owner.
import { describe, expect, test } from 'vitest';
import { defineEndpoint, type Grammar, plainId } from '../../src/core/endpoint.ts';
import { id, money, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { providerPage } from '../../src/docs/reference.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { startServer } from '../runner/server.ts';

const doc = { url: 'https://docs.example.com/forms' } as const;
const anyText: Grammar = { name: 'a code', pattern: /^[^\p{C}]+$/u };
const fields = { id: id('Form'), code: id('Code'), sum: money('Sum'), title: text('Title', { optional: true }) };

const form = defineEndpoint({
  name: 'form',
  summary: 'One form by id',
  doc,
  path: '/v1/forms',
  keys: { flowId: { in: 'query', arg: 'flow-ids', about: 'forms', grammar: plainId, many: 'each', field: 'id' } },
  params: { view: { in: 'query', about: 'how much', default: 'all' } },
  answer: { item: 'value' },
  fields,
  columns: ['id', 'sum'],
  example: '{"value":{"id":"ID_40001","code":"B2400001","sum":10.0}}',
  exampleKeys: [{ flowId: 'ID_40001' }],
});
const byCode = defineEndpoint({
  name: 'form-by-code',
  summary: 'One form by code',
  doc,
  path: '/v1/forms',
  keys: { code: { in: 'query', arg: 'codes', about: 'codes of forms', grammar: anyText, many: 'each', field: 'code' } },
  answer: { item: 'value' },
  failures: [{ status: 412, means: 'not-found', about: 'no form with that code', when: { unknown: 'code' } }],
  fields,
  columns: ['id', 'code'],
  example: form.example,
  exampleKeys: [{ code: 'B2400001' }],
});
const ofOwner = defineEndpoint({
  name: 'forms',
  summary: 'Forms of an owner in a tenant',
  doc,
  method: 'POST',
  path: '/v1/{tenant}/search',
  keys: {
    tenant: { arg: 'tenant', about: 'the tenant', grammar: plainId },
    ownerId: { in: 'query', arg: 'owner-ids', about: 'owners', grammar: plainId, many: 'each' },
  },
  answer: { items: 'items' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 2, maxSize: 2 },
  fields,
  columns: ['request.ownerId', 'id', 'sum'],
  example: '{"items":[{"id":"ID_40001","code":"B2400001","sum":10.0}]}',
  exampleKeys: [{ tenant: 'T1', ownerId: 'OW-400001' }],
});
const office = defineProvider({
  name: 'office',
  title: 'Office',
  docs: 'https://docs.example.com',
  baseUrl: 'https://office.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'query', name: 'access' } }],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
  endpoints: [form, byCode, ofOwner],
});

const providers: ProviderTable = { office: { title: office.title, load: async () => office } };
const home = await sharedHome();
const rows = ['a', 'b', 'c'].map(name => `{"id":"${name}","code":"${name}","sum":1}`);
const server = await startServer(({ target }) => {
  const url = new URL(target, 'http://x');
  if (url.pathname.endsWith('/search'))
    return { body: `{"items":[${rows.slice(Number(url.searchParams.get('start') ?? 0)).slice(0, 2)}]}` };
  const flow = url.searchParams.get('flowId') ?? 'ID_1';
  return { body: `{"value":{"id":"${flow}","code":${JSON.stringify(url.searchParams.get('code') ?? 'B1')},"sum":10.00}}` };
});
await home.configure({ profiles: { o: { provider: 'office', baseUrl: `${server.origin}/pre`, credentials: { token: 'canary-000417' } } } });
const loanq = async (...args: readonly string[]) => {
  const before = server.requests.length;
  const said = await runInProcess(['office', ...args], { home, providers });
  return { ...said, asked: server.requests.slice(before).map(({ method, target }) => `${method} ${target}`) };
};

describe('a key in the query', () => {
  test('stands before the parameters, under its documented name', async () => {
    const { code, stdout, asked } = await loanq('form', 'ID_7', '-o', 'ndjson');
    expect([code, stdout]).toEqual([0, '{"id":"ID_7","code":"B1","sum":10.00}\n']);
    expect(asked).toEqual(['GET /pre/v1/forms?access=canary-000417&flowId=ID_7&view=all']);
  });

  test('is encoded, so that none changes the request', async () => {
    const { code, stdout, asked } = await loanq('form-by-code', 'B&1=#?/../ 表', '--csv', '--fields', 'code');
    expect([code, stdout]).toEqual([0, 'code\r\nB&1=#?/../ 表\r\n']);
    expect(asked).toEqual(['GET /pre/v1/forms?access=canary-000417&code=B%261%3D%23%3F/../%20%E8%A1%A8']);
  });

  test('many keys are a batch; an answer for another key is none', async () => {
    const { stdout, asked } = await loanq('form', 'ID_1', 'ID_2', '--csv', '--fields', 'id', '-q', '--concurrency', '1');
    expect(stdout).toBe('id\r\nID_1\r\nID_2\r\n');
    expect(asked.length).toBe(2);
    expect((await loanq('form-by-code', 'B1', '--json')).code).toBe(0);
  });

  test('filters a list beside a key of the path, page by page', async () => {
    const { stdout, asked } = await loanq('forms', 'T1', 'OW-1', '--all', '--csv', '--fields', 'request.ownerId,id');
    expect(stdout).toBe('request.ownerId,id\r\nOW-1,a\r\nOW-1,b\r\nOW-1,c\r\n');
    expect(asked).toEqual([
      'POST /pre/v1/T1/search?access=canary-000417&ownerId=OW-1&start=0&count=2',
      'POST /pre/v1/T1/search?access=canary-000417&ownerId=OW-1&start=2&count=2',
    ]);
  });

  test('help, page, dry run, list of endpoints and errors show it', async () => {
    expect((await loanq('form', '--help')).stdout).toContain('  GET /v1/forms?flowId={flowId}\n');
    expect((await loanq('forms', '--help')).stdout).toContain('Usage: loanq office forms <tenant> <owner-ids...> [options]\n');
    expect(providerPage(office)).toContain('\nGET /v1/forms?code={code}\n');
    const dry = await loanq('form', 'ID_1', '--dry-run');
    expect(dry.stdout).toContain(`GET ${server.origin}/pre/v1/forms?access=[redacted]&flowId=ID_1&view=all\n`);
    expect(dry.asked).toEqual([]);
    const { stdout } = await runInProcess(['endpoints'], { home, providers });
    expect(stdout).toMatch(/^office form-by-code <codes...> +GET +\/v1\/forms\?code=\{code\} +documented$/m);
    const missing = await loanq('form');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      'error: office form: missing flow-ids: forms\nhint: loanq office form <flow-ids...>\n',
    ]);
  });

  test('the sandbox tells two calls of one path by their keys', async () => {
    const one = await loanq('form', 'ID_40001', '--sandbox', '-o', 'ndjson');
    const other = await loanq('form-by-code', 'B2400001', '--sandbox', '-o', 'ndjson');
    expect([one.stdout, other.stdout]).toEqual(['{"id":"ID_40001","code":"B2400001","sum":10.0}\n', one.stdout]);
    expect((await loanq('form-by-code', 'X', '--sandbox')).code).toBe(21);
    expect((await loanq('forms', 'T1', 'OW-400001', '--sandbox', '-o', 'ndjson')).stdout).toBe(one.stdout);
  });
});
