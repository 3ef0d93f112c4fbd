// The curl lines of the providers' pages, with the host replaced, and the credential added where the line leaves it out.
import { test as anyTest, expect } from 'vitest';
import { hasPrograms } from '../runner/programs.ts';
import { signedHeaders } from './signer.ts';
import { at, curl, openSandbox } from './visit.ts';

const test = anyTest.runIf(hasPrograms({ curl: 'curl' }));
const sandbox = await openSandbox();

test('Ekuaibao: the line of the repayment record page, unchanged but for its host', async () => {
  const answer = await curl(
    '--location',
    '-g',
    '--request',
    'GET',
    `${at(sandbox.addresses, 'ekuaibao')}/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0`,
  );
  expect(members(answer)).toEqual([
    '"pipeline": 1',
    '"grayver": "9.31.0.0:A"',
    '"id": "ID_3HV7_Hq1zKw"',
    '"version": 1',
    '"active": true',
    '"createTime": 1654583439073',
    '"updateTime": 1654583439075',
    '"corporationId": "bwa3wajigF0WH0"',
    '"sourceCorporationId": null',
    '"dataCorporationId": null',
    '"ownerId": "bwa3wajigF0WH0:ID_3lokDfb1p5w"',
    '"repaymentType": "OBTAIN"',
    '"amount": 10.0',
    '"loanInfoId": "ID_3HV7_Hq1yKw"',
    '"totalProfitAndLoss": null',
    '"foreignAmount": null',
    '"chargeAgainstMark": false',
    '"attachments": []',
    '"formType": "requisition"',
    '"flowId": "ID_3BPNpAnjCGw"',
    '"title": "迭代测试-不传2"',
  ]);
});

test('FinLend: the line of the customer repayments page, unchanged but for its host', async () => {
  const answer = await curl(
    '--location',
    `${at(sandbox.addresses, 'finlend')}/api/v1/services/user/list-customer-repayments/123e4567-e89b-12d3-a456-426614174000`,
    '--header',
    'X-Auth-Token: YOUR_JWT_ACCESS_TOKEN',
    '--header',
    'x-fapi-auth-date: 2024-01-15T10:30:00Z',
    '--header',
    'x-fapi-customer-ip-address: 192.168.1.1',
    '--header',
    'x-fapi-interaction-id: interaction-12345',
  );
  const { status, data } = JSON.parse(answer);
  expect(status).toBe('SUCCESS');
  expect(data.length).toBeGreaterThan(1);
  expect(Object.keys(data[0])).toEqual([
    'id',
    'loanRepaymentMethodEnum',
    'accountProductName',
    'customerName',
    'email',
    'repaymentAmount',
    'loanProductName',
    'principalBalance',
    'totalBalance',
    'loanAmountPaid',
    'creationDate',
    'paymentDueDate',
    'installmentCount',
    'accountId',
    'loanApplicationId',
    'totalPayable',
  ]);
});

test('Crego: the line of the record page with its form fields and a token', async () => {
  const answer = await curl(
    '--location',
    '--request',
    'GET',
    `${at(sandbox.addresses, 'crego')}/v1/lms/records/4ebd506f-8727-4d16-863d-0442e1b75858/?expand=payouts`,
    '--form',
    'amount="100.2347"',
    '--form',
    'payout_to="borrower"',
    '--header',
    `Authorization: Bearer ${at(at(sandbox.credentials, 'crego'), 'token')}`,
  );
  // The document's own URL and answer name different ids: the answer carries the one asked for.
  expect(answer).toBe(
    '{"id":"4ebd506f-8727-4d16-863d-0442e1b75858","created_at":1733077724.629719,"updated_at":1739345496.9493103,"type":"repayment","ref_id":"REC0XAM2","index":1742,"received_amount":13442.0,"tds_amount":0.0,"amount":13442.0,"remaining_amount":0.0,"payment_mode":null,"pg_service_id":null,"utr":"test utr 1","settlement_utr":null,"settlement_order":"due_date_first","component_order":"PI-OI-NI-P","uploaded_by":null,"uploaded_by_id":null,"date":1662402524.802948,"settled_at":1662402524.71748,"revert_date":null,"revert_value_date":null,"revert_sent_to_gl":false,"bank_date":1662402524.717501,"remark":"","status":"processed","collection_bank":{"id":"324c4826-1729-4682-8770-f388b6e7e6b7","ifsc":"YESB0000104","tags":[],"company":"59ecf94e-054d-43ee-83db-b158ab9d7f67","account_no":"000000000000","created_at":1729663373.4807174,"updated_at":1729663373.4946673,"is_verified":false,"account_type":"current","name_at_bank":null,"account_holder_name":"Aerem Collection Account"},"back_date_found":false,"back_date_marked_on":null,"sent_to_gl":false,"settlement_sent_to_gl":false,"is_processed":false,"account":"1941d57d-8ce1-4581-aa5f-6c54e18130cf","topup":null,"transaction":null,"loans":[],"payouts":[]}',
  );
});

test('QI Tech: the wallet entry page, signed by an independent signer', async () => {
  const target = '/wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/wallet_entry/8cb70dea-9fb0-4a68-9572-99a72849c8d6';
  const answer = await curl(
    `${at(sandbox.addresses, 'qitech')}${target}`,
    ...(await signedHeaders(at(sandbox.credentials, 'qitech'), target)).curl,
  );
  expect(members(answer)).toEqual([
    '"wallet_entry_key": "8cb70dea-9fb0-4a68-9572-99a72849c8d6"',
    '"wallet_entry_amount": 150.00',
    '"wallet_entry_settlement_key": "cc8fb19b-d1e4-4ce6-ad4c-61e0609a8f8d"',
    '"wallet_entry_type": "revolving_credit"',
    '"wallet_entry_status": "concluded"',
    '"invoice_item_key": "a1b2c3d4-e5f6-7890-abcd-ef1234567890"',
    '"invoice_key": "f2cad6b4-2a68-9572-99a7-2849c8d6ecf8"',
    '"wallet_entry_key": "8cb70dea-9fb0-4a68-9572-99a72849c8d6"',
    '"payment_instrument_entry_key": null',
    '"installment_number": 1',
    '"invoice_description": "Crédito rotativo - Taxa de juros"',
    '"amount": 150.00',
    '"used_limit": 150.00',
    '"invoice_item_status": "concluded"',
    '"invoice_item_due_date": "2024-02-15"',
    '"created_at": "2024-01-15T10:30:00Z"',
    '"created_at": "2024-01-15T10:30:00Z"',
  ]);
});

test('Interlace: the documented object is the first of its list, inside the envelope', async () => {
  const path = at(at(sandbox.paths, 'interlace'), 'account-repayment');
  expect(path).toBe('/open-api/v3/sandbox/account-repayment');
  const token = at(at(sandbox.credentials, 'interlace'), 'accessToken');
  const answer = await curl(`${at(sandbox.addresses, 'interlace')}${path}?limit=1`, '--header', `x-access-token: ${token}`);
  expect(answer).toBe(
    '{"code":"000000","message":"success","data":{"list":[{"accountId":"2e3cbb16-a420-4080-9094-e19f45371fee","displayId":"2000001","type":"0","currency":"USD","cardNegative":"120.50","budgetNegative":"50.00","cardSettleAmount":"120.50","budgetSettleAmount":"50.00","cardUnpaidAmount":"0.00","budgetUnpaidAmount":"0.00","repayTime":1711785600000}],"total":"241"}}',
  );
});

test('Interlace: a batch hook is the documented object', async () => {
  const token = at(at(sandbox.credentials, 'interlace'), 'accessToken');
  const address = at(sandbox.addresses, 'interlace');
  const answer = JSON.parse(await curl(`${address}/open-api/v3/sandbox/batch-hook`, '--header', `x-access-token: ${token}`));
  expect(answer).toEqual({
    code: '000000',
    message: 'success',
    data: {
      batchNo: 'BATCH_20260330163600',
      page: 1,
      size: 100,
      total: 500,
      lastPage: false,
      fileUrl: 'https://s3.example.com/export/batch_list.csv',
      list: [],
    },
  });
});

test('no documented call was hit in an undeclared way', () => {
  expect(sandbox.requests.length).toBeGreaterThan(0);
  expect(sandbox.requests.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
});

/** The members of pretty-printed JSON whose values are no containers, as they stand in the text. */
function members(text: string): string[] {
  return [...text.matchAll(/"\w+": (?:"[^"]*"|[\d.]+|true|false|null|\[\])/g)].map(([member]) => member);
}
