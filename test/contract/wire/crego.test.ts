// `crego record` and `crego settlements` against a server written from the provider's pages.
import { expect, test } from 'vitest';
import { sharedHome } from '../../runner/home.ts';
import { lookUp, lookUpBuilt } from '../../runner/lookup.ts';
import { secrets } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

// The sample answer of the page, one line as the page prints it.
const record =
  '{"id":"229fe24c-d840-48dc-959a-e0ff1479df35","created_at":1733077724.629719,"updated_at":1739345496.9493103,"type":"repayment","ref_id":"REC0XAM2","index":1742,"received_amount":13442.0,"tds_amount":0.0,"amount":13442.0,"remaining_amount":0.0,"payment_mode":null,"pg_service_id":null,"utr":"test utr 1","settlement_utr":null,"settlement_order":"due_date_first","component_order":"PI-OI-NI-P","uploaded_by":null,"uploaded_by_id":null,"date":1662402524.802948,"settled_at":1662402524.71748,"revert_date":null,"revert_value_date":null,"revert_sent_to_gl":false,"bank_date":1662402524.717501,"remark":"","status":"processed","collection_bank":{"id":"324c4826-1729-4682-8770-f388b6e7e6b7","ifsc":"YESB0000104","tags":[],"company":"59ecf94e-054d-43ee-83db-b158ab9d7f67","account_no":"000000000000","created_at":1729663373.4807174,"updated_at":1729663373.4946673,"is_verified":false,"account_type":"current","name_at_bank":null,"account_holder_name":"Aerem Collection Account"},"back_date_found":false,"back_date_marked_on":null,"sent_to_gl":false,"settlement_sent_to_gl":false,"is_processed":false,"account":"1941d57d-8ce1-4581-aa5f-6c54e18130cf","topup":null,"transaction":null,"loans":[],"payouts":[]}';
const settlement =
  '{"id":"1df20a9d-4401-40aa-afcd-bb402a664d77","created_at":1738925013.9997077,"updated_at":1738925014.0000598,"date":1704479399.999999,"amount":26586.26,"outstanding_amount":0.0,"remaining_amount":36673.740000000005,"sent_to_gl":false,"due_amount":0.0,"dpd":0,"peak_dpd":0,"to_be_deleted":false,"account":"860bd919-1070-43b9-9099-699235217ac0","demand":"2ac95fc6-0868-4639-85aa-fcfa24daa4dc","record":"13ff2000-7edb-4d7c-8833-579e4766b477"}';
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';

const home = await sharedHome();
const server = await startServer(({ target, headers }) => {
  if (headers.authorization !== `Bearer ${secrets.crego}`)
    return { status: 401, body: '{"detail":"Authentication credentials were not provided."}' };
  if (target.startsWith('/v1/lms/settlements/')) return { body: `{"count":1,"current_page":1,"page_size":15,"results":[${settlement}]}` };
  const asked = target.match(/^\/v1\/lms\/records\/([^/]+)\//)?.[1];
  return asked?.toLowerCase() === id ? { body: record } : { status: 404, body: '{"detail":"Not found."}' };
});
const crego = { home, server, provider: 'crego' } as const;
const lookUpCrego = (...args: readonly string[]) => lookUp(crego, args);

test('the request is the documented one: closing slash, expand, bearer token, no body', async () => {
  const { requests, code, stderr } = await lookUpBuilt(crego, ['record', id]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(requests.map(({ method, target, body }) => [method, target, body.length])).toEqual([
    ['GET', `/v1/lms/records/${id}/?expand=payouts`, 0],
  ]);
  expect(requests[0]?.headers.authorization).toBe('Bearer canary-crego-5f0cBearer');
  expect(requests[0]?.headers['content-type']).toBeUndefined();
  expect(requests[0]?.headers['content-length']).toBeUndefined();
});

test('the form fields of the page are a multipart body of the GET, only when given', async () => {
  const { requests, code, stderr } = await lookUpCrego('record', id, '--amount', '100.2347', '--payout-to', 'borrower');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [request] = requests;
  expect([request?.method, request?.target]).toEqual(['GET', `/v1/lms/records/${id}/?expand=payouts`]);
  const boundary = request?.headers['content-type']?.match(/^multipart\/form-data; boundary="?([^";]+)"?$/)?.[1] ?? '';
  expect(boundary).not.toBe('');
  const parts = request?.body
    .toString()
    .split(`--${boundary}`)
    .map(part => part.replaceAll('\r\n', '\n').trim());
  expect(parts).toEqual([
    '',
    'Content-Disposition: form-data; name="amount"\n\n100.2347',
    'Content-Disposition: form-data; name="payout_to"\n\nborrower',
    '--',
  ]);
});

test('choices of the page are checked before anything is sent', async () => {
  const { requests, code, stdout, stderr } = await lookUpCrego('record', id, '--payout-to', 'me');
  expect([code, stdout, requests]).toEqual([2, '', []]);
  expect(stderr).toMatch(/custom_bank, anchor, borrower/);
});

test('a ref_id is no id: said before anything is sent', async () => {
  const { requests, code, stdout, stderr } = await lookUpCrego('record', 'REC0XAM2');
  expect([code, stdout, requests]).toEqual([2, '', []]);
  expect(stderr).toMatch(/^error: [^\n]*REC0XAM2 looks like a ref_id; Crego reads records by UUID\n/);
});

test('ids are compared without case', async () => {
  const { code, requests, stdout } = await lookUpCrego('record', id.toUpperCase(), '--fields', 'id', '--csv');
  expect(requests[0]?.target).toBe(`/v1/lms/records/${id.toUpperCase()}/?expand=payouts`);
  expect([code, stdout]).toEqual([0, `id\r\n${id}\r\n`]);
});

test('an unknown id', async () => {
  const { code, stdout, stderr } = await lookUpCrego('record', '00000000-0000-4000-8000-000000000000');
  expect([code, stdout]).toEqual([21, '']);
  expect(stderr).toBe(`error: crego record 00000000-0000-4000-8000-000000000000: not found (HTTP 404: Not found.)
hint: asked ${new URL(server.origin).host}, profile test; in every system: loanq lookup 00000000-0000-4000-8000-000000000000
`);
});

test('table', async () => {
  const { stdout } = await lookUpCrego('record', id);
  expect(stdout.split('\n')).toEqual([
    'Record                                Reference  Type       Status      Amount  Remaining  Date',
    '229fe24c-d840-48dc-959a-e0ff1479df35  REC0XAM2   repayment  processed  13442.0        0.0  2022-09-05 18:28:44.802948 +00:00',
    '',
  ]);
});

test('record: every field, the account number masked', async () => {
  const { stdout } = await lookUpCrego('record', id, '-o', 'record');
  expect(stdout.split('\n').map(line => line.trim().split(/ {2,}/))).toEqual([
    ['Record', '229fe24c-d840-48dc-959a-e0ff1479df35'],
    ['Created', '2024-12-01 18:28:44.629719 +00:00'],
    ['Updated', '2025-02-12 07:31:36.9493103 +00:00'],
    ['Type', 'repayment'],
    ['Reference', 'REC0XAM2'],
    ['Index', '1742'],
    ['Received', '13442.0'],
    ['TDS', '0.0'],
    ['Amount', '13442.0'],
    ['Remaining', '0.0'],
    ['Payment mode', '—'],
    ['Payment gateway service', '—'],
    ['UTR', 'test utr 1'],
    ['Settlement UTR', '—'],
    ['Settlement order', 'due_date_first (earliest due date first)'],
    ['Component order', 'PI-OI-NI-P'],
    ['Uploaded by', '—'],
    ['Uploader', '—'],
    ['Date', '2022-09-05 18:28:44.802948 +00:00'],
    ['Settled', '2022-09-05 18:28:44.71748 +00:00'],
    ['Reverted', '—'],
    ['Revert value date', '—'],
    ['Revert sent to GL', 'false'],
    ['Bank date', '2022-09-05 18:28:44.717501 +00:00'],
    ['Remark'],
    ['Status', 'processed'],
    ['Collection bank'],
    ['Bank account', '324c4826-1729-4682-8770-f388b6e7e6b7'],
    ['IFSC', 'YESB0000104'],
    ['Tags', '0 items'],
    ['Company', '59ecf94e-054d-43ee-83db-b158ab9d7f67'],
    ['Account number', '••••0000'],
    ['Created', '2024-10-23 06:02:53.4807174 +00:00'],
    ['Updated', '2024-10-23 06:02:53.4946673 +00:00'],
    ['Verified', 'false'],
    ['Account type', 'current (current account)'],
    ['Name at bank', '—'],
    ['Account holder', 'Aerem Collection Account'],
    ['Back-dated', 'false'],
    ['Back-dating marked', '—'],
    ['Sent to GL', 'false'],
    ['Settlement sent to GL', 'false'],
    ['Processed', 'false'],
    ['Account', '1941d57d-8ce1-4581-aa5f-6c54e18130cf'],
    ['Top-up', '—'],
    ['Transaction', '—'],
    ['Loans', '0 items'],
    ['Payouts', '0 items'],
    [''],
  ]);
});

test('json and ndjson are the page’s text, number for number', async () => {
  expect((await lookUpCrego('record', id, '-o', 'ndjson')).stdout).toBe(`${record}\n`);
  const { stdout } = await lookUpCrego('record', id, '--json');
  expect(stdout.replace(/\n\s*/g, '').replaceAll('": ', '":')).toBe(`[${record}]`);
});

test('csv', async () => {
  const { stdout } = await lookUpCrego('record', id, '--csv');
  expect(stdout.split('\r\n')).toEqual([
    'id,created_at,updated_at,type,ref_id,index,received_amount,tds_amount,amount,remaining_amount,payment_mode,pg_service_id,utr,settlement_utr,settlement_order,component_order,uploaded_by,uploaded_by_id,date,settled_at,revert_date,revert_value_date,revert_sent_to_gl,bank_date,remark,status,collection_bank.id,collection_bank.ifsc,collection_bank.tags,collection_bank.company,collection_bank.account_no,collection_bank.created_at,collection_bank.updated_at,collection_bank.is_verified,collection_bank.account_type,collection_bank.name_at_bank,collection_bank.account_holder_name,back_date_found,back_date_marked_on,sent_to_gl,settlement_sent_to_gl,is_processed,account,topup,transaction,loans,payouts',
    '229fe24c-d840-48dc-959a-e0ff1479df35,2024-12-01T18:28:44.629719Z,2025-02-12T07:31:36.9493103Z,repayment,REC0XAM2,1742,13442.0,0.0,13442.0,0.0,,,test utr 1,,due_date_first,PI-OI-NI-P,,,2022-09-05T18:28:44.802948Z,2022-09-05T18:28:44.71748Z,,,false,2022-09-05T18:28:44.717501Z,,processed,324c4826-1729-4682-8770-f388b6e7e6b7,YESB0000104,[],59ecf94e-054d-43ee-83db-b158ab9d7f67,000000000000,2024-10-23T06:02:53.4807174Z,2024-10-23T06:02:53.4946673Z,false,current,,Aerem Collection Account,false,,false,false,false,1941d57d-8ce1-4581-aa5f-6c54e18130cf,,,[],[]',
    '',
  ]);
});

test('settlements: filters are query parameters, and no paging word is made up for the first page', async () => {
  const bare = await lookUpCrego('settlements');
  const filtered = await lookUpCrego(
    'settlements',
    '--demand',
    '2ac95fc6-0868-4639-85aa-fcfa24daa4dc',
    '--loan',
    'a loan&b=c',
    '--expand',
    'record',
  );
  expect([...bare.requests, ...filtered.requests].map(({ method, target, body }) => [method, target, body.length])).toEqual([
    ['GET', '/v1/lms/settlements/', 0],
    ['GET', '/v1/lms/settlements/?demand=2ac95fc6-0868-4639-85aa-fcfa24daa4dc&expand=record&loan=a%20loan%26b%3Dc', 0],
  ]);
  expect(bare.stdout.split('\n')).toEqual([
    'Settlement                            Date                                 Amount           Remaining  DPD  Demand                                Record',
    '1df20a9d-4401-40aa-afcd-bb402a664d77  2024-01-05 18:29:59.999999 +00:00  26586.26  36673.740000000005    0  2ac95fc6-0868-4639-85aa-fcfa24daa4dc  13ff2000-7edb-4d7c-8833-579e4766b477',
    '',
  ]);
  expect((await lookUpCrego('settlements', '-o', 'ndjson')).stdout).toBe(`${settlement}\n`);
});
