// Every check the sandbox makes, failing: the documented answer where there is one, the provider's way of wording failures elsewhere.
import { describe, expect, test } from 'vitest';
import { type Asked, ask, at, openSandbox } from './visit.ts';

const sandbox = await openSandbox();
const ekuaibao = at(sandbox.addresses, 'ekuaibao');
const finlend = at(sandbox.addresses, 'finlend');
const crego = at(sandbox.addresses, 'crego');
const interlace = at(sandbox.addresses, 'interlace');

const record = '/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0';
const customer = '/api/v1/services/user/list-customer-repayments/123e4567-e89b-12d3-a456-426614174000';
const fapi = {
  'X-Auth-Token': 'YOUR_JWT_ACCESS_TOKEN',
  'x-fapi-auth-date': '2024-01-15T10:30:00Z',
  'x-fapi-customer-ip-address': '192.168.1.1',
  'x-fapi-interaction-id': 'interaction-12345',
};
const bearer = { Authorization: `Bearer ${at(at(sandbox.credentials, 'crego'), 'token')}` };

/** Status and body of an answer, and how the ledger counted the request. */
async function told(address: string, target: string, asked: Asked = {}) {
  const { status, body } = await ask(address, target, asked);
  return { status, body, outcome: sandbox.requests.at(-1)?.outcome };
}

describe('paths are compared byte for byte', () => {
  test.each([
    ['escaped brackets', record.replace('[', '%5B').replace(']', '%5D')],
    ['no brackets', record.replace(/[[\]]/g, '')],
    ['a slash at the end', record.replace('?', '/?')],
    ['another letter case', record.replace('repaymentRecord', 'repaymentrecord')],
    ['a loan without its dollar sign', '/api/openapi/v1/loan/loanInfo/ID_3HV7_Hq1yKw?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0'],
  ])('%s is no address', async (_, target) => {
    expect(await told(ekuaibao, target)).toMatchObject({ status: 404, outcome: 'undeclared' });
  });

  test('a path with an escaped dollar sign is no address either', async () => {
    const answer = await told(ekuaibao, '/api/openapi/v1/loan/loanInfo/%24ID_3HV7_Hq1yKw?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0');
    expect(answer).toMatchObject({ status: 404, outcome: 'undeclared' });
  });

  test('a record without its last slash is no address', async () => {
    const answer = await told(crego, '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35?expand=payouts', { headers: bearer });
    expect(answer).toMatchObject({ status: 404, outcome: 'undeclared' });
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s on a GET address is 405', async method => {
  expect(await told(ekuaibao, record, { method })).toEqual({
    status: 405,
    body: `{"errorCode":405,"errorMessage":"Method ${method} is not allowed here"}`,
    outcome: 'undeclared',
  });
});

describe('parameters', () => {
  test('an undeclared query parameter is 400 and counted as undeclared', async () => {
    expect(await told(ekuaibao, `${record}&page=1`)).toEqual({
      status: 400,
      body: '{"errorCode":400,"errorMessage":"Unknown parameter: page"}',
      outcome: 'undeclared',
    });
  });

  test('an undeclared form field is 400 and counted as undeclared', async () => {
    const answer = await told(crego, '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts', {
      headers: { ...bearer, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'amount=1&colour=red',
    });
    expect(answer).toEqual({ status: 400, body: '{"message":"Unknown parameter: colour"}', outcome: 'undeclared' });
  });

  test('a required parameter that is missing, and a value outside the documented ones, are 400', async () => {
    const missing = await told(crego, '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/', { headers: bearer });
    expect(missing).toEqual({ status: 400, body: '{"message":"Parameter expand is required"}', outcome: 'refused' });
    const form = 'method=by%20hand';
    const unlisted = await told(crego, '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts', {
      headers: { ...bearer, 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
    expect(unlisted).toEqual({ status: 400, body: '{"message":"Parameter method has an unknown value"}', outcome: 'refused' });
  });

  test('a page size over the documented maximum is 400', async () => {
    const token = at(at(sandbox.credentials, 'interlace'), 'accessToken');
    const answer = await told(interlace, '/open-api/v3/sandbox/account-negative?limit=101', { headers: { 'x-access-token': token } });
    expect(answer).toEqual({ status: 400, body: '{"code":"400","message":"limit must be 1 to 100"}', outcome: 'refused' });
  });
});

test('FinLend: a page size over the recommended one is answered, and none is not', async () => {
  const target = customer.replace('list-customer-repayments', 'pending-repayments');
  const headers = { ...fapi, 'x-idempotency-key': 'unique-key-12345' };
  expect(await told(finlend, `${target}?size=51`, { headers })).toMatchObject({ status: 200, outcome: 'ok' });
  expect(await told(finlend, `${target}?size=0`, { headers })).toEqual({
    status: 400,
    body: '{"success":false,"message":"size must be 1 to any number"}',
    outcome: 'refused',
  });
});

describe('headers', () => {
  test.each(['x-fapi-auth-date', 'x-fapi-customer-ip-address', 'x-fapi-interaction-id'])('%s is required', async name => {
    const headers = Object.fromEntries(Object.entries(fapi).filter(([other]) => other !== name));
    expect(await told(finlend, customer, { headers })).toEqual({
      status: 400,
      body: `{"success":false,"message":"Header ${name} is required"}`,
      outcome: 'refused',
    });
  });

  test.each([
    ['x-fapi-auth-date', 'Mon, 15 Jan 2024 10:30:00 GMT', 'must be an ISO 8601 time'],
    ['x-fapi-auth-date', '2024-13-45T10:30:00Z', 'must be an ISO 8601 time'],
    ['x-fapi-customer-ip-address', 'localhost', 'must be an IP address'],
    ['platform', 'android', 'must be fincode'],
  ])('%s: %s is refused', async (name, value, said) => {
    const { status, body } = await told(finlend, customer, { headers: { ...fapi, [name]: value } });
    expect({ status, body }).toEqual({ status: 400, body: `{"success":false,"message":"Header ${name} ${said}"}` });
  });
});

describe('credentials', () => {
  const unauthorised = '{"errorCode":403,"errorMessage":"未授权","errorDetails":null,"code":null,"data":null}';

  test('Ekuaibao: a wrong token and none are the documented 403', async () => {
    const path = record.replace(/\?.*/, '');
    expect(await told(ekuaibao, `${path}?accessToken=ID_wrong:bwa3wajigF0WH0`)).toEqual({
      status: 403,
      body: unauthorised,
      outcome: 'refused',
    });
    expect(await told(ekuaibao, path)).toEqual({ status: 403, body: unauthorised, outcome: 'refused' });
  });

  test('Ekuaibao: a token in a header is no token', async () => {
    const headers = { Authorization: 'Bearer ID_3JxnLl1078M:bwa3wajigF0WH0' };
    expect(await told(ekuaibao, record.replace(/\?.*/, ''), { headers })).toMatchObject({ status: 403 });
  });

  test('FinLend: 401 with the documented code', async () => {
    expect(await told(finlend, customer, { headers: { ...fapi, 'X-Auth-Token': 'nonsense' } })).toEqual({
      status: 401,
      body: '{"success":false,"code":"AUTH_REQUIRED","message":"Invalid or expired token."}',
      outcome: 'refused',
    });
  });

  test('Crego: 401 without a token, with a wrong one, and with one outside its scheme', async () => {
    const target = '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts';
    const token = at(at(sandbox.credentials, 'crego'), 'token');
    for (const headers of [{}, { Authorization: 'Bearer nonsense' }, { Authorization: token }]) {
      expect(await told(crego, target, { headers })).toMatchObject({ status: 401, outcome: 'refused' });
    }
  });

  test('the token another provider’s document prints opens nothing', async () => {
    const path = record.replace(/\?.*/, '');
    expect(await told(ekuaibao, `${path}?accessToken=YOUR_JWT_ACCESS_TOKEN`)).toMatchObject({ status: 403 });
    expect(await told(finlend, customer, { headers: { ...fapi, 'X-Auth-Token': 'ID_3JxnLl1078M:bwa3wajigF0WH0' } })).toMatchObject({
      status: 401,
    });
    const headers = { Authorization: 'Bearer YOUR_JWT_ACCESS_TOKEN' };
    expect(await told(crego, '/v1/lms/settlements/', { headers })).toMatchObject({ status: 401 });
  });

  test('Interlace: 401 in its envelope', async () => {
    expect(await told(interlace, '/open-api/v3/sandbox/account-repayment', { headers: { 'x-access-token': 'nonsense' } })).toEqual({
      status: 401,
      body: '{"code":"401","message":"Invalid or expired token."}',
      outcome: 'refused',
    });
  });
});

describe('keys nobody knows', () => {
  test('Ekuaibao: a bracket list is just shorter', async () => {
    const list = '[ID_nobody_knows,ID_3HV7_Hq1zKw,ID_9999_Hq1zKw]';
    const answer = JSON.parse((await ask(ekuaibao, record.replace('[ID_3HV7_Hq1zKw]', list))).body);
    expect(answer.items.map((item: { id: string }) => item.id)).toEqual(['ID_3HV7_Hq1zKw']);
    expect((await ask(ekuaibao, record.replace('ID_3HV7_Hq1zKw', 'ID_nobody_knows'))).body).toBe('{"items":[]}');
  });

  test('Ekuaibao: an unknown loan package is the documented 400', async () => {
    expect(await told(ekuaibao, '/api/openapi/v1/loan/loanInfo/$ID_nobody?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0')).toEqual({
      status: 400,
      body: '{"errorCode":400,"errorMessage":"根据借款包Id:ID_nobody, 获取不到对应的借款包,请核查","errorDetails":null,"code":null,"data":null}',
      outcome: 'refused',
    });
  });

  test('FinLend: an unknown customer is 404 NOT_FOUND', async () => {
    expect(await told(finlend, customer.replace('123e4567', '00000000'), { headers: fapi })).toEqual({
      status: 404,
      body: '{"success":false,"code":"NOT_FOUND","message":"Not found."}',
      outcome: 'refused',
    });
  });

  test('Crego: an unknown record is 404', async () => {
    expect(await told(crego, '/v1/lms/records/00000000-d840-48dc-959a-e0ff1479df35/?expand=payouts', { headers: bearer })).toEqual({
      status: 404,
      body: '{"message":"Not found."}',
      outcome: 'refused',
    });
  });
});

test('a body larger than any documented call has is 413', async () => {
  const answer = await ask(crego, '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts', {
    headers: { ...bearer, 'content-type': 'text/plain' },
    body: 'x'.repeat(2 * 1024 * 1024),
  });
  expect(answer.status).toBe(413);
});

test('the ledger holds no query, so no token', () => {
  expect(JSON.stringify(sandbox.requests)).not.toContain('accessToken');
});
