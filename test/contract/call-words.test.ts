// What one call has of its own beside its path and record: what tells its success, which headers and credential it goes without, where its
// record repeats the key, and a refusal that speaks of each parameter. A made-up provider has one endpoint for each.
import { expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { group, id, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { ownHome, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';

const doc = { url: 'https://docs.example.com' } as const;
const own = { arg: 'ids', about: 'things', grammar: plainId, many: 'each', field: 'id' } as const;
const thing = { doc, fields: { id: id('Thing'), status: text('Status') }, columns: ['id', 'status'] } as const;

const bare = defineEndpoint({
  ...thing,
  name: 'bare',
  summary: 'A record with a status of its own',
  path: '/bare/{id}',
  keys: { id: own },
  answer: { item: '' },
  success: [],
  omits: ['X-Ip'],
  example: '{"id":"T-400001","status":"ACTIVE"}',
  exampleKeys: [{ id: 'T-400001' }],
});
const enveloped = defineEndpoint({
  ...thing,
  name: 'enveloped',
  summary: 'A record in an envelope with a status',
  path: '/enveloped/{id}',
  keys: { id: own },
  answer: { item: 'data' },
  example: '{"status":"SUCCESS","data":{"id":"T-400001","status":"ACTIVE"}}',
  exampleKeys: [{ id: 'T-400001' }],
});
const place = defineEndpoint({
  ...thing,
  name: 'place',
  summary: 'Where a tenant is served',
  path: '/place/{id}',
  keys: { id: own },
  answer: { item: 'data' },
  credential: 'none',
  omits: ['X-Ip'],
  example: enveloped.example,
  exampleKeys: [{ id: 'T-400001' }],
});
const nested = defineEndpoint({
  name: 'nested',
  summary: 'A record that repeats its key inside a group',
  doc,
  path: '/nested/{loanId}',
  keys: { loanId: { ...own, field: 'loan.loanId' } },
  answer: { item: 'data' },
  fields: { id: id('Application'), loan: group('Loan', { loanId: id('Loan') }) },
  columns: ['id', 'loan.loanId'],
  example: '{"status":"SUCCESS","data":{"id":"A-400001","loan":{"loanId":"L-400001"}}}',
  exampleKeys: [{ loanId: 'L-400001' }],
});
const bank = defineProvider({
  name: 'bank',
  title: 'Bank',
  docs: 'https://docs.example.com',
  baseUrl: 'https://bank.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'X-Token' } }],
  settings: { ip: { type: 'ip', about: 'address of the customer' } },
  headers: { 'X-Ip': { setting: 'ip', hint: 'set ip in the profile' }, 'X-Desk': '1' },
  failure: {
    code: ['code'],
    message: ['message'],
    success: [{ at: 'status', is: ['SUCCESS'] }],
    byParameter: true,
    notFoundBy404: true,
  },
  endpoints: [bare, enveloped, place, nested],
});
const providers: ProviderTable = { bank: { title: bank.title, load: async () => bank } };
const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);
await home.configure({
  profiles: {
    whole: { provider: 'bank', baseUrl: server.origin, ip: '203.0.113.7', credentials: { token: 'canary-000417' } },
    plain: { provider: 'bank', baseUrl: server.origin, credentials: { token: 'env:NOT_SET' } },
  },
});
const loanq = async (body: string | Answer, ...args: readonly string[]) => {
  answer = typeof body === 'string' ? { body } : body;
  const before = server.requests.length;
  const said = await runInProcess(['bank', ...args], { home, providers });
  return { ...said, asked: server.requests.slice(before).map(({ headers }) => [headers['x-token'], headers['x-ip'], headers['x-desk']]) };
};

test('what tells a success is said per call: a status of the record itself refuses nothing', async () => {
  const active = '{"id":"T-1","status":"ACTIVE"}';
  const { code, stdout } = await loanq(active, 'bare', 'T-1', '-p', 'whole', '-o', 'ndjson');
  expect([code, stdout]).toEqual([0, `${active}\n`]);
  const saved = await runInProcess(['bank', 'bare', '--input', '-', '-o', 'ndjson'], {
    home,
    providers,
    stdin: '{"status":"ACTIVE","id":"T-1"}',
  });
  expect([saved.code, saved.stdout]).toEqual([0, '{"status":"ACTIVE","id":"T-1"}\n']);
  const refused = await loanq('{"status":"success","data":{"id":"T-1","status":"x"}}', 'enveloped', 'T-1', '-p', 'whole');
  expect([refused.code, refused.stderr]).toEqual([22, 'error: bank enveloped T-1: refused (HTTP 200: status is "success")\n']);
  expect((await loanq({ status: 500, body: '{"status":"SUCCESS"}' }, 'bare', 'T-1', '-p', 'whole', '--retries', '0')).code).toBe(25);
});

test('a header that a call leaves out is not sent, and its setting not asked for', async () => {
  const left = await loanq('{"id":"T-1","status":"A"}', 'bare', 'T-1', '-p', 'whole');
  expect(left.asked).toEqual([['canary-000417', undefined, '1']]);
  const kept = await loanq('{"status":"SUCCESS","data":{"id":"T-1","status":"A"}}', 'enveloped', 'T-1', '-p', 'whole');
  expect(kept.asked).toEqual([['canary-000417', '203.0.113.7', '1']]);
});

test('a call without a credential reads none and sends none, and a refusal of it is final', async () => {
  const body = '{"status":"SUCCESS","data":{"id":"T-1","status":"A"}}';
  for (const profile of ['whole', 'plain']) {
    const { code, asked } = await loanq(body, 'place', 'T-1', '-p', profile);
    expect([profile, code, asked]).toEqual([profile, 0, [[undefined, undefined, '1']]]);
  }
  expect((await loanq(body, 'enveloped', 'T-1', '-p', 'plain')).code).toBe(20);
  const dry = await loanq(body, 'place', 'T-1', '-p', 'plain', '--dry-run');
  expect([dry.code, dry.stderr, dry.asked]).toEqual([0, '', []]);
  expect(dry.stdout).not.toContain('X-Token');
  const refused = await loanq({ status: 401, body: '{"message":"no"}' }, 'place', 'T-1', '-p', 'plain');
  expect([refused.code, refused.asked.length]).toEqual([4, 1]);
});

test('a call without a credential needs no profile where there is none', async () => {
  const empty = await ownHome();
  const dry = await runInProcess(['bank', 'place', 'T-1', '--dry-run'], { home: empty, providers });
  expect([dry.code, dry.stderr, dry.stdout.split('\n')[0]]).toEqual([0, '', 'GET https://bank.example.com/place/T-1']);
  answer = { body: '{"status":"SUCCESS","data":{"id":"T-1","status":"A"}}' };
  const here = { ...bank, baseUrl: server.origin };
  const table: ProviderTable = { bank: { title: bank.title, load: async () => here } };
  expect((await runInProcess(['bank', 'place', 'T-1'], { home: empty, providers: table })).code).toBe(0);
  expect((await runInProcess(['bank', 'enveloped', 'T-1'], { home: empty, providers: table })).code).toBe(20);
});

test('a key that the record repeats inside a group is compared there', async () => {
  const body = (loanId: string) => `{"status":"SUCCESS","data":{"id":"A-1","loan":{"loanId":"${loanId}"}}}`;
  const { code, stdout } = await loanq(body('L-1'), 'nested', 'L-1', '-p', 'whole', '--csv');
  expect([code, stdout]).toEqual([0, 'id,loan.loanId\r\nA-1,L-1\r\n']);
  const other = await loanq(body('A-1'), 'nested', 'L-1', '-p', 'whole');
  expect([other.code, other.stderr]).toEqual([27, 'error: bank nested L-1: the answer is for another key than the one asked for\n']);
  const none = await loanq('{"status":"SUCCESS","data":{"id":"A-1"}}', 'nested', 'L-1', '-p', 'whole');
  expect(none.stderr).toContain('the answer has no loan.loanId, so it cannot be told whose it is');
  const stdin = `${body('L-1')}\n${body('L-2')}\n`;
  const saved = await runInProcess(['bank', 'nested', 'L-2', '--input', '-', '--csv', '--fields', 'loan.loanId'], {
    home,
    providers,
    stdin,
  });
  expect([saved.code, saved.stdout]).toEqual([0, 'loan.loanId\r\nL-2\r\n']);
});

test('a refusal that says for each parameter what is wrong with it', async () => {
  const said = async (body: string, status = 400) => (await loanq({ status, body }, 'nested', 'L-1', '-p', 'whole')).stderr.split('\n')[0];
  expect(await said('{"demand":["Must be a valid UUID."],"loan":["Is not known.","Call +49 30 1234567."]}')).toBe(
    'error: bank nested L-1: refused (HTTP 400: demand: Must be a valid UUID.; loan: Is not known. Call ••••67.)',
  );
  expect(await said('{"non_field_errors":["Choose one."]}')).toBe('error: bank nested L-1: refused (HTTP 400: Choose one.)');
  expect(await said('{"message":"no","demand":["x"]}')).toBe('error: bank nested L-1: refused (HTTP 400: no)');
  expect(await said('{"demand":{"deep":["x"]}}')).toBe('error: bank nested L-1: refused (HTTP 400)');
  expect(await said('{}')).toBe('error: bank nested L-1: refused (HTTP 400)');
});

test('the sandbox checks what each call wants', async () => {
  for (const [name, key] of [
    ['bare', 'T-400001'],
    ['enveloped', 'T-400001'],
    ['place', 'T-400001'],
    ['nested', 'L-400001'],
  ] as const) {
    const { code, stderr } = await loanq('', name, key, '--sandbox', '--strict');
    expect([name, code, stderr]).toEqual([name, 0, '']);
  }
});
