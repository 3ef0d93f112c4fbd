// `finlend customer-repayments` against a server written from the provider's page. The page prints placeholders, so the values
// here are the placeholders' shapes; names, kinds and order are the page's.
import { expect, test } from 'vitest';
import { ownHome, sharedHome } from '../../runner/home.ts';
import { lookUp, lookUpBuilt } from '../../runner/lookup.ts';
import { secrets } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

const record = `{
      "id": "rep-0001",
      "loanRepaymentMethodEnum": "DIRECT_DEBIT",
      "accountProductName": "Savings",
      "customerName": "Ngozi Example",
      "email": "ngozi@example.com",
      "repaymentAmount": 150.00,
      "loanProductName": "Salary advance",
      "principalBalance": 1000.10,
      "totalBalance": 1100.0,
      "loanAmountPaid": true,
      "creationDate": "2024-01-15",
      "paymentDueDate": "2024-02-15",
      "installmentCount": 12,
      "accountId": "acc-1",
      "loanApplicationId": "app-1",
      "totalPayable": 1800.000
    }`;
const customer = '123e4567-e89b-12d3-a456-426614174000';
const odd = '223e4567-e89b-12d3-a456-426614174000';

const home = await sharedHome();
const server = await startServer(({ method, target, headers }) => {
  if (method === 'PUT' && target === '/api/v6/services/securitymanagement/login') {
    return { body: JSON.stringify({ access_token: jwt(), refresh_token: 'refresh-canary-0002' }) };
  }
  if (headers['x-auth-token'] === undefined) return { status: 401, body: '{"success":false,"code":"AUTH_REQUIRED"}' };
  const [, page, size] = /account-ledger-history\/[^/]+\/(\d+)\/(\d+)$/.exec(target) ?? [];
  if (page !== undefined) {
    const rows = Array.from({ length: page === '2' ? 1 : Number(size) }, (_, at) => ({ entry: `${page}.${at}` }));
    return { body: JSON.stringify({ success: true, data: rows }) };
  }
  if (target.includes('/ledger/')) return { body: '{ "status": "ACTIVE", "availableBalance": 1.50 }' };
  if (target.endsWith('/profile')) return { body: '{ "success": true, "data": { "firstName": "Ngozi" } }' };
  // The page prints SUCCESS; another spelling may mean anything.
  if (target.endsWith(odd)) return { body: `{ "status": "success", "data": [${record}] }` };
  return { body: `{ "status": "SUCCESS", "data": [${record}] }` };
});

/** A JWT that is valid for an hour, as the login of the page returns one. */
function jwt(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(Date.now() / 1000);
  return `${part({ alg: 'RS256' })}.${part({ iat: seconds, exp: seconds + 3600 })}.c2lnbmF0dXJl`;
}

const finlend = { home, server, provider: 'finlend' } as const;
const lookUpRepayments = (...args: readonly string[]) => lookUp(finlend, ['customer-repayments', ...args]);

test('the request carries the four documented headers, the token as it is', async () => {
  const startedMs = Date.now();
  const { requests, code, stderr } = await lookUpBuilt(finlend, ['customer-repayments', customer]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(requests.map(({ method, target, body }) => [method, target, body.length])).toEqual([
    ['GET', `/api/v1/services/user/list-customer-repayments/${customer}`, 0],
  ]);
  const headers = requests[0]?.headers ?? {};
  expect(headers['x-auth-token']).toBe(secrets.finlend);
  expect(headers['x-fapi-customer-ip-address']).toBe('203.0.113.7');
  expect(headers['x-fapi-interaction-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(headers['x-fapi-auth-date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Math.abs(Date.parse(headers['x-fapi-auth-date'] ?? '') - startedMs)).toBeLessThan(30_000);
  expect([headers.platform, headers.uuid]).toEqual(['fincode', '200']);
  expect([headers.authorization, headers['x-idempotency-key'], headers['content-type']]).toEqual([undefined, undefined, undefined]);
});

test('a status that is not the documented word is refused, and said', async () => {
  const { code, stdout, stderr } = await lookUpRepayments(odd);
  expect([code, stdout]).toEqual([22, '']);
  expect(stderr).toContain('refused (HTTP 200: status is "success")');
});

test('every request has an interaction id of its own', async () => {
  const { requests } = await lookUpRepayments(customer, customer.replace('123e', '323e'));
  expect(new Set(requests.map(({ headers }) => headers['x-fapi-interaction-id'])).size).toBe(2);
});

test('without the IP address of the customer nothing is sent', async () => {
  const own = { home: await ownHome(), server, provider: 'finlend', profile: { customerIp: undefined } } as const;
  const { code, stdout, stderr, requests } = await lookUp(own, ['customer-repayments', customer]);
  expect([code, stdout, requests]).toEqual([20, '', []]);
  expect(stderr).toMatch(/^error: [^\n]*customerIp[^\n]*\nhint: [^\n]*LOANQ_FINLEND_CUSTOMER_IP[^\n]*\n$/);
});

test('e-mail and password log in by PUT, once, and the token is used', async () => {
  const credentials = { email: 'ops@example.com', password: 'canary-password-0002' };
  const own = { home: await ownHome(), server, provider: 'finlend', profile: { credentials } } as const;
  const first = await lookUp(own, ['customer-repayments', customer]);
  const second = await lookUp(own, ['customer-repayments', customer]);
  expect([first.code, second.code, first.stderr, second.stderr]).toEqual([0, 0, '', '']);
  const [login, ...lookups] = [...first.requests, ...second.requests];
  expect([login?.method, login?.target]).toEqual(['PUT', '/api/v6/services/securitymanagement/login']);
  expect(JSON.parse(login?.body.toString() ?? '')).toEqual({ email: 'ops@example.com', currentPassword: 'canary-password-0002' });
  expect([login?.headers.platform, login?.headers.uuid, login?.headers['content-type']]).toEqual(['fincode', '200', 'application/json']);
  expect(lookups.map(({ method, headers }) => [method, headers['x-auth-token']?.split('.').length])).toEqual([
    ['GET', 3],
    ['GET', 3],
  ]);
});

test('table, with the e-mail left out and nothing rounded', async () => {
  const { stdout } = await lookUpRepayments(customer);
  expect(stdout.split('\n')).toEqual([
    'Repayment  Customer       Amount  Due         Paid  Total balance  Loan product',
    'rep-0001   Ngozi Example  150.00  2024-02-15  true         1100.0  Salary advance',
    '',
  ]);
});

test('record, the e-mail masked unless asked for', async () => {
  const { stdout } = await lookUpRepayments(customer, '-o', 'record');
  expect(stdout.split('\n').map(line => line.split(/ {2,}/))).toEqual([
    ['Customer id', customer],
    ['Repayment', 'rep-0001'],
    ['Method', 'DIRECT_DEBIT'],
    ['Account product', 'Savings'],
    ['Customer', 'Ngozi Example'],
    ['E-mail', 'n••••@example.com'],
    ['Amount', '150.00'],
    ['Loan product', 'Salary advance'],
    ['Principal balance', '1000.10'],
    ['Total balance', '1100.0'],
    ['Paid', 'true'],
    ['Created', '2024-01-15'],
    ['Due', '2024-02-15'],
    ['Instalments', '12'],
    ['Loan account', 'acc-1'],
    ['Loan application', 'app-1'],
    ['Total payable', '1800.000'],
    [''],
  ]);
  expect((await lookUpRepayments(customer, '-o', 'record', '--show-personal')).stdout).toMatch(/^E-mail +ngozi@example\.com$/m);
});

test('json, ndjson and the request on demand', async () => {
  const json = await lookUpRepayments(customer, '--json');
  expect(json.stdout.replace(/\s+/g, ' ')).toBe(`[ ${record.replace(/\s+/g, ' ')} ] `);
  const line = record.replace(/\n\s*/g, '').replaceAll('": ', '":');
  expect((await lookUpRepayments(customer, '-o', 'ndjson')).stdout).toBe(`${line}\n`);
  const withRequest = await lookUpRepayments(customer, '-o', 'ndjson', '--with-request');
  expect(JSON.parse(withRequest.stdout)).toMatchObject({ id: 'rep-0001', _request: { 'customer-id': customer } });
});

test('csv, with the customer asked for in the first column', async () => {
  const { stdout } = await lookUpRepayments(customer, '--csv');
  expect(stdout.split('\r\n')).toEqual([
    'request.customer-id,id,loanRepaymentMethodEnum,accountProductName,customerName,email,repaymentAmount,loanProductName,principalBalance,totalBalance,loanAmountPaid,creationDate,paymentDueDate,installmentCount,accountId,loanApplicationId,totalPayable',
    `${customer},rep-0001,DIRECT_DEBIT,Savings,Ngozi Example,ngozi@example.com,150.00,Salary advance,1000.10,1100.0,true,2024-01-15,2024-02-15,12,acc-1,app-1,1800.000`,
    '',
  ]);
});

test('a v6 record with a status of its own is no refusal', async () => {
  const { code, stdout } = await lookUp(finlend, ['account-balance', customer, '-o', 'ndjson']);
  expect([code, stdout]).toEqual([0, '{"status":"ACTIVE","availableBalance":1.50}\n']);
});

test('the profile is asked for without the address of a customer', async () => {
  const own = { home: await ownHome(), server, provider: 'finlend', profile: { customerIp: undefined } } as const;
  const { code, stdout, requests } = await lookUp(own, ['profile', '-o', 'ndjson']);
  expect([code, stdout]).toEqual([0, '{"firstName":"Ngozi"}\n']);
  const names = Object.keys(requests[0]?.headers ?? {}).filter(name => name.startsWith('x-') || name === 'platform' || name === 'uuid');
  expect(names.sort()).toEqual(['platform', 'uuid', 'x-auth-token']);
});

test('pages of a ledger stand in the path, from 0; a short one ends it', async () => {
  const { code, stdout, requests } = await lookUp(finlend, ['ledger', customer, '--all', '-o', 'ndjson']);
  expect(code).toBe(0);
  expect(requests.map(({ target }) => target.split('/').slice(-2).join('/'))).toEqual(['0/10', '1/10', '2/10']);
  expect(stdout.trimEnd().split('\n').length).toBe(21);
});

test('a day as the start and end of repayments', async () => {
  const { requests } = await lookUp(finlend, [
    'repayments',
    '--start-date',
    '2024-01-15',
    '--end-date',
    '2024-01-28',
    '--status',
    'VERIFIED',
  ]);
  expect(decodeURIComponent(requests[0]?.target ?? '')).toBe(
    '/api/v6/services/admin/repayments/list?status=VERIFIED&startDate=2024-01-15T00:00:00Z&endDate=2024-01-28T23:59:59Z',
  );
});
