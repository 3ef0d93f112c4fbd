// A provider nobody has heard of: its literals alone give it routes, checks, records, pages and failures.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { id, instant, list, money, number, oneOf, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { sampleKeys } from '../../src/sandbox/records.ts';
import { signedHeaders } from './signer.ts';
import { ask, at, openSandbox } from './visit.ts';

const doc = { url: 'https://docs.example.com', read: '2025-06-23' } as const;
const fields = {
  loanNo: id('Loan', { of: 'loan' }),
  state: oneOf('State', { OPEN: 'open', CLOSED: 'closed' }),
  amount: money('Amount'),
  changedAt: instant('Changed', 'ms'),
};
const row = '{"loanNo":"LN-000417","state":"OPEN","amount":"1200.50","changedAt":1700000000123}';

const loan = defineEndpoint({
  name: 'loan',
  summary: 'One loan',
  doc,
  path: '/v2/loans/{loanNo}',
  keys: { loanNo: { arg: 'numbers', about: 'loan numbers', grammar: plainId, many: 'each', field: 'loanNo' } },
  answer: { item: 'loan' },
  fields: { ...fields, notes: list('Notes', { no: number('Number'), title: text('Title') }) },
  columns: ['loanNo'],
  example: `{"loan":${row.slice(0, -1)},"notes":[{"no":1,"title":"first"}]}}`,
});
const changes = defineEndpoint({
  name: 'changes',
  summary: 'Changes after a time',
  doc,
  path: '/v2/changes',
  answer: { items: 'rows' },
  paging: { kind: 'cursor', cursor: 'after', from: 'changedAt', size: 'count', defaultSize: 50, maxSize: 100 },
  fields,
  columns: ['loanNo'],
  example: `{"rows":[${row}]}`,
});
const loans = defineEndpoint({
  name: 'loans',
  summary: 'Loans',
  doc,
  path: '/v2/loans',
  params: { state: { in: 'query', about: 'state', filters: 'state' }, mine: { in: 'query', about: 'mine', type: 'number' } },
  answer: { items: 'rows' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 20, total: 'total' },
  fields,
  columns: ['loanNo'],
  example: `{"total":"1","rows":[${row}]}`,
});
const history = defineEndpoint({
  name: 'history',
  summary: 'History of an account',
  doc,
  path: '/v2/accounts/{account}/{page}/{size}',
  keys: { account: { arg: 'accounts', about: 'accounts', grammar: plainId, many: 'each' } },
  answer: { items: 'rows' },
  paging: { kind: 'page', page: 'page', first: 0, size: 'size', defaultSize: 10, maxSize: 50, more: 'more' },
  fields,
  columns: ['loanNo'],
  example: `{"more":false,"rows":[${row}]}`,
});
const provider = defineProvider({
  name: 'elsewhere',
  title: 'Elsewhere',
  docs: 'https://docs.example.com',
  baseUrl: 'https://api.example.com',
  schemes: [{ kind: 'token', credential: 'key', location: { in: 'header', name: 'X-Key' } }],
  failure: { code: ['error.code'], message: ['error.text'], notFoundBy404: true },
  endpoints: [loan, changes, loans, history],
});

const sandbox = await openSandbox({ providers: [provider] });
const headers = { 'X-Key': at(at(sandbox.credentials, 'elsewhere'), 'key') };

async function get(target: string) {
  const { status, body } = await ask(at(sandbox.addresses, 'elsewhere'), target, { headers });
  return { status, json: JSON.parse(body) };
}

test('the documented key answers the sample, byte for byte', async () => {
  expect((await ask(at(sandbox.addresses, 'elsewhere'), '/v2/loans/LN-000417', { headers })).body).toBe(loan.example);
});

test('other keys have the shape of the documented one and answer records with every field of the sample', async () => {
  for (const { loanNo = '' } of sampleKeys(provider, loan, 30)) {
    expect(loanNo).toMatch(/^LN-[\d]{6}$/);
    const { status, json } = await get(`/v2/loans/${loanNo}`);
    expect(status).toBe(200);
    expect(Object.keys(json.loan)).toEqual(['loanNo', 'state', 'amount', 'changedAt', 'notes']);
    expect(json.loan.loanNo).toBe(loanNo);
    expect(json.loan.amount).toMatch(/^\d+\.\d\d$/);
    expect(new Date(json.loan.changedAt).toISOString()).toMatch(/^202[123]-/);
  }
});

test('failures without documented bodies stand where the provider words its failures', async () => {
  expect(await get('/v2/loans/LN-1')).toEqual({ status: 404, json: { error: { text: 'Not found.' } } });
  expect(await get('/v2/nothing')).toEqual({ status: 404, json: { error: { text: 'No such address: /v2/nothing' } } });
  const refused = await ask(at(sandbox.addresses, 'elsewhere'), '/v2/loans', { headers: { 'X-Key': 'wrong' } });
  expect({ status: refused.status, body: refused.body }).toEqual({ status: 401, body: '{"error":{"text":"Invalid or expired token."}}' });
  const none = await ask(at(sandbox.addresses, 'elsewhere'), '/v2/loans');
  expect(none.body).toBe('{"error":{"text":"Authentication credentials were not provided."}}');
});

describe('paging', () => {
  test('offset and count, with the total in the style of the sample', async () => {
    const { json } = await get('/v2/loans?start=235&count=10');
    expect(json.total).toBe('241');
    expect(json.rows).toHaveLength(6);
    expect((await get('/v2/loans')).json.rows).toHaveLength(20);
    expect((await get('/v2/loans?start=-1')).status).toBe(400);
  });

  test('a cursor walks every row once, in order', async () => {
    const seen: number[] = [];
    for (let after = 0, calls = 0; calls < 10; calls++) {
      const { rows } = (await get(`/v2/changes?after=${after}`)).json;
      if (rows.length === 0) break;
      seen.push(...rows.map((one: { changedAt: number }) => one.changedAt));
      after = seen.at(-1) ?? 0;
    }
    expect(seen).toHaveLength(241);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });

  test('a page in the path, and a flag for more', async () => {
    const [, second] = sampleKeys(provider, history, 2);
    const account = at(second, 'account');
    const first = await get(`/v2/accounts/${account}/0/5`);
    expect(first.json.rows).toHaveLength(5);
    expect(first.json.more).toBe(true);
    const all = await get(`/v2/accounts/${account}/0/50`);
    expect(all.json.more).toBe(false);
    expect(all.json.rows.slice(0, 5)).toEqual(first.json.rows);
    const count = all.json.rows.length;
    expect((await get(`/v2/accounts/${account}/0/${count}`)).json.more).toBe(false);
    expect((await get(`/v2/accounts/${account}/0/${count - 1}`)).json.more).toBe(true);
    expect((await get(`/v2/accounts/${account}/0/51`)).status).toBe(400);
  });
});

test('filters and checked parameters', async () => {
  const { json } = await get('/v2/loans?state=CLOSED&count=300');
  expect(Number(json.total)).toBeGreaterThan(80);
  expect(new Set(json.rows.map((one: { state: string }) => one.state))).toEqual(new Set(['CLOSED']));
  expect((await get('/v2/loans?state=OPEN,CLOSED')).json.total).toBe('241');
  expect(await get('/v2/loans?mine=x')).toEqual({ status: 400, json: { error: { text: 'Parameter mine must be a number' } } });
});

test('signed POST requests are checked against the bytes of their body', async () => {
  const search = defineEndpoint({ ...loans, name: 'search', method: 'POST', path: '/v2/search' });
  const signed = defineProvider({
    ...provider,
    name: 'signed',
    schemes: [
      { kind: 'es512', client: 'client', key: 'privateKey', settings: { variant: 'way', publicKey: 'theirs', unsigned: 'unsigned' } },
    ],
    endpoints: [search],
  });
  const room = await openSandbox({ providers: [signed] });
  const { client = '', privateKey = '' } = at(room.credentials, 'signed');
  const post = async (body: string) => {
    const claims = { method: 'POST', payload_md5: createHash('md5').update('{"a":1}').digest('hex') };
    const made = await signedHeaders({ clientKey: client, privateKey }, '/v2/search?count=3', claims);
    return ask(at(room.addresses, 'signed'), '/v2/search?count=3', { method: 'POST', headers: made.headers, body });
  };
  expect(JSON.parse((await post('{"a":1}')).body).rows).toHaveLength(3);
  expect((await post('{"a":2}')).status).toBe(401);
});

test('a sample that fits none of its envelopes is a mistake said at once', async () => {
  const wrong = defineProvider({ ...provider, name: 'wrong', endpoints: [{ ...loan, answer: { items: 'data' } }] });
  expect(() => sampleKeys(wrong, wrong.endpoints[0] ?? loan, 1)).toThrow('the sample of wrong loan fits none of its envelopes');
});
