// `qitech wallet-entry` against a server written from the provider's pages, its signature verified with an independent library.
import { createHash, createPublicKey } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { sharedHome } from '../../runner/home.ts';
import { lookUp, lookUpBuilt } from '../../runner/lookup.ts';
import { qitechClientKey, qitechPublicKey } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

// The sample answer of the page.
const entry = `{
"wallet_entry_key": "8cb70dea-9fb0-4a68-9572-99a72849c8d6",
"wallet_entry_amount": 150.00,
"wallet_entry_settlement_key": "cc8fb19b-d1e4-4ce6-ad4c-61e0609a8f8d",
"wallet_entry_type": "revolving_credit",
"wallet_entry_status": "concluded",
"invoice_items": [
{
"invoice_item_key": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
"invoice_key": "f2cad6b4-2a68-9572-99a7-2849c8d6ecf8",
"wallet_entry_key": "8cb70dea-9fb0-4a68-9572-99a72849c8d6",
"payment_instrument_entry_key": null,
"installment_number": 1,
"invoice_description": "Crédito rotativo - Taxa de juros",
"amount": 150.00,
"used_limit": 150.00,
"invoice_item_status": "concluded",
"invoice_item_due_date": "2024-02-15",
"created_at": "2024-01-15T10:30:00Z"
}
],
"created_at": "2024-01-15T10:30:00Z"
}`;
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const key = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';
const path = `/wallet/${wallet}/wallet_entry/${key}`;

const home = await sharedHome();
/** Pages as the page prints them: their number and whether they are the last come as texts. */
const invoicesOf = (page: number): string =>
  JSON.stringify({
    wallet_key: wallet,
    page: `${page}`,
    last_page: page === 3 ? 'True' : 'False',
    invoices: [{ invoice_key: `${page}`, due_date: '2023-04-10', closing_date: '2023-04-02', status: 'opened', number_of_items: page }],
  });
const notEnabled = 'd9c3c1e2-5b0f-4a6e-9c39-3f7f5a6b1c20';
const server = await startServer(({ target, method }) => {
  if (target === path) return { body: entry };
  const url = new URL(target, 'http://x');
  if (url.pathname === '/notification/events') return { body: '{"data":[],"pagination":{"current_page":1,"rows_per_page":25}}' };
  if (url.pathname.startsWith('/card_invoice/')) return { body: invoicesOf(Number(url.searchParams.get('page') ?? 1)) };
  if (target.endsWith(notEnabled)) {
    const words = 'Please provide valid credentials as part of the request. (Documentation: https://qitech.com.br/documentation) Details: ';
    const description = `${words}Action not allowed for the given ClientIntegration. (Action: ${method} ${target})`;
    return { status: 401, body: JSON.stringify({ title: 'QI Unauthenticated', description, code: 'GDF000014' }) };
  }
  const description = `Wallet entry with key: ${target.split('/').at(-1)} was not found`;
  const translation = `Dívida da carteira com a chave: ${target.split('/').at(-1)} não foi encontrado`;
  return { status: 404, body: JSON.stringify({ title: 'Not Found', description, translation, code: 'CIN000078', extra_fields: {} }) };
});
const publicKey = createPublicKey(qitechPublicKey);
const qitech = { home, server, provider: 'qitech' } as const;
const lookUpEntry = (...args: readonly string[]) => lookUp(qitech, ['wallet-entry', wallet, ...args]);

test('the request is signed with ES512 over exactly what is sent', async () => {
  const startedMs = Date.now();
  const { requests, code, stderr } = await lookUpBuilt(qitech, ['wallet-entry', wallet, key]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(requests.map(({ method, target, body }) => [method, target, body.length])).toEqual([['GET', path, 0]]);
  const { authorization = '', 'api-client-key': clientKey } = requests[0]?.headers ?? {};
  expect(clientKey).toBe(qitechClientKey);
  const { payload } = await jwtVerify(authorization, publicKey);
  expect(decodeProtectedHeader(authorization)).toEqual({ typ: 'JWT', alg: 'ES512' });
  expect(payload).toEqual({
    // md5 of the empty payload `{}`
    payload_md5: '99914b932bd37a50b983c5e7c90ae93b',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/),
    method: 'GET',
    uri: path,
  });
  expect(createHash('md5').update('{}').digest('hex')).toBe(payload.payload_md5);
  expect(Math.abs(Date.parse(String(payload.timestamp)) - startedMs)).toBeLessThan(30_000);
  expect(Buffer.from(authorization.split('.')[2] ?? '', 'base64url')).toHaveLength(132);
});

test('the older scheme signs the five lines and names the client', async () => {
  const before = server.requests.length;
  await lookUp({ ...qitech, profile: { signing: 'legacy' } }, ['wallet-entry', wallet, key]);
  const { authorization = '', 'api-client-key': clientKey } = server.requests[before]?.headers ?? {};
  expect(authorization.startsWith(`QIT ${clientKey}:`)).toBe(true);
  const { payload } = await jwtVerify(authorization.slice(`QIT ${clientKey}:`.length), publicKey);
  expect(payload.sub).toBe(qitechClientKey);
  const [method, md5, type, date, endpoint] = String(payload.signature).split('\n');
  expect([method, md5, type, endpoint]).toEqual(['GET', '', '', path]);
  expect(date).toBe(new Date(date ?? '').toUTCString());
});

test('table', async () => {
  const { stdout } = await lookUpEntry(key);
  expect(stdout.split('\n')).toEqual([
    'Entry                                 Type              Status     Amount  Created',
    '8cb70dea-9fb0-4a68-9572-99a72849c8d6  revolving_credit  concluded  150.00  2024-01-15 10:30:00 +00:00',
    '',
  ]);
});

test('record: the wallet asked for, every field, and the items as a small table', async () => {
  const { stdout } = await lookUpEntry(key, '-o', 'record', '--lang', 'pt');
  expect(stdout).toMatch(/revolving_credit \(crédito rotativo/);
  const english = (await lookUpEntry(key, '-o', 'record')).stdout;
  expect(english.split('\n').map(line => line.trim().split(/ {2,}/))).toEqual([
    ['Wallet key', wallet],
    ['Entry', key],
    ['Amount', '150.00'],
    ['Settlement', 'cc8fb19b-d1e4-4ce6-ad4c-61e0609a8f8d'],
    ['Type', 'revolving_credit (credit made available to the customer)'],
    ['Status', 'concluded'],
    ['Invoice items', '1 item'],
    [
      'Item',
      'Invoice',
      'Wallet entry',
      'Instrument entry',
      'Instalment',
      'Description',
      'Amount',
      'Limit used',
      'Paid',
      'Status',
      'Due',
      'Created',
    ],
    [
      'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      'f2cad6b4-2a68-9572-99a7-2849c8d6ecf8',
      key,
      '1',
      'Crédito rotativo - Taxa de juros',
      '150.00',
      '150.00',
      'concluded',
      '2024-02-15',
      '2024-01-15 10:30:00 +00:00',
    ],
    ['Created', '2024-01-15 10:30:00 +00:00'],
    [''],
  ]);
});

test('json and ndjson', async () => {
  const line = entry.replaceAll('\n', '').replaceAll('": ', '":');
  expect((await lookUpEntry(key, '-o', 'ndjson')).stdout).toBe(`${line}\n`);
  const { stdout } = await lookUpEntry(key, '--json');
  expect(stdout.replace(/\n\s*/g, '').replaceAll('": ', '":')).toBe(`[${line}]`);
});

test('csv: the wallet first, the items as JSON or a row each', async () => {
  const items = entry
    .slice(entry.indexOf('[\n{'), entry.indexOf('],') + 1)
    .replaceAll('\n', '')
    .replaceAll('": ', '":');
  const { stdout } = await lookUpEntry(key, '--csv');
  expect(stdout.split('\r\n')).toEqual([
    'request.wallet_key,wallet_entry_key,wallet_entry_amount,wallet_entry_settlement_key,wallet_entry_type,wallet_entry_status,invoice_items,created_at',
    `${wallet},${key},150.00,cc8fb19b-d1e4-4ce6-ad4c-61e0609a8f8d,revolving_credit,concluded,"${items.replaceAll('"', '""')}",2024-01-15T10:30:00Z`,
    '',
  ]);
  const exploded = await lookUpEntry(
    key,
    '--csv',
    '--explode',
    'invoice_items',
    '--fields',
    'wallet_entry_key,invoice_items.amount,invoice_items.invoice_item_due_date',
  );
  expect(exploded.stdout.split('\r\n')).toEqual([
    'wallet_entry_key,invoice_items.amount,invoice_items.invoice_item_due_date',
    `${key},150.00,2024-02-15`,
    '',
  ]);
});

test('an unknown entry is named with the provider’s code and words', async () => {
  const unknown = '00000000-0000-4000-8000-000000000000';
  const { code, stdout, stderr } = await lookUpEntry(unknown);
  expect([code, stdout]).toEqual([21, '']);
  expect(
    stderr,
  ).toBe(`error: qitech wallet-entry ${wallet} ${unknown}: not found (HTTP 404 CIN000078: Wallet entry with key: ${unknown} was not found)
hint: unknown is the entry-key ${unknown}; the order is <wallet-key> <entry-keys...>; asked ${new URL(server.origin).host}, profile test
`);
});

test('an endpoint that is not enabled is named: the message is not cut before it', async () => {
  const { stdout, stderr, code } = await lookUpEntry(notEnabled);
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr).toContain(`(Action: GET /wallet/${wallet}/wallet_entry/${notEnabled})`);
  expect(stderr).toContain('ask QI Tech to enable this endpoint');
});

test('a day as the start and end of events is their first and last second, and the query is signed with the path', async () => {
  const days = ['--start-datetime', '2024-01-15', '--end-datetime', '2024-01-28', '--event-type', 'debt_disbursed'];
  const { requests, code } = await lookUp(qitech, ['events', ...days]);
  expect(code).toBe(0);
  const target = requests[0]?.target ?? '';
  expect(decodeURIComponent(target)).toBe(
    '/notification/events?event_type=debt_disbursed&start_datetime=2024-01-15T00:00:00Z&end_datetime=2024-01-28T23:59:59Z',
  );
  const { payload } = await jwtVerify(requests[0]?.headers.authorization ?? '', publicKey);
  expect(payload.uri).toBe(target);
});

test('invoices of the older product are read to the page that says "True"', async () => {
  const { stdout, requests, code } = await lookUp(qitech, ['postpaid-invoices', wallet, '--all', '--csv', '--fields', 'number_of_items']);
  expect([code, stdout]).toEqual([0, 'number_of_items\r\n1\r\n2\r\n3\r\n']);
  expect(requests.map(({ target }) => target.split('?')[1])).toEqual([
    'page=1&page_size=100',
    'page=2&page_size=100',
    'page=3&page_size=100',
  ]);
});
