// A batch that Interlace delivers: read as the objects it holds, bare, in its own object, and in the envelope of a webhook.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

const repayment = (displayId: string, unpaid: string) =>
  `{"accountId":"2e3cbb16-a420-4080-9094-e19f45371fee","displayId":"${displayId}","type":"0","currency":"USD","cardNegative":"120.50",` +
  `"budgetNegative":"50.00","cardSettleAmount":"120.50","budgetSettleAmount":"50.00","cardUnpaidAmount":"${unpaid}",` +
  '"budgetUnpaidAmount":"0.00","repayTime":1711785600000}';
const batch =
  '{"batchNo":"BATCH_20260330163600","page":1,"size":100,"total":2,"lastPage":true,"fileUrl":"https://s3.example.com/export/batch_list.csv",' +
  `"list":[${repayment('2000001', '0.00')},${repayment('2000002', '7.10')}]}`;
const webhook = (resource: string) =>
  JSON.stringify({
    id: '32b0216b-66d9-498b-a4c1-000000000001',
    eventType: 'X.CREATED',
    apiVersion: 'v3',
    code: '000000',
    message: '',
    resource,
    createTime: '1756879969964',
  });

const decode = (endpoint: string, args: readonly string[], stdin: string) =>
  runInProcess(['interlace', endpoint, '--input', '-', ...args], { home, stdin });

test.each([
  ['a batch', batch],
  ['a batch in the envelope of answers', `{"code":"000000","message":"success","data":${batch}}`],
  ['a batch in the envelope of a webhook', webhook(batch)],
])('%s becomes the rows of what it holds', async (_, stdin) => {
  const said = await decode('account-repayment', ['--csv', '--strict', '--fields', 'displayId,cardUnpaidAmount,repayTime'], stdin);
  expect(said).toEqual({
    code: 0,
    stderr: '',
    stdout: 'displayId,cardUnpaidAmount,repayTime\r\n2000001,0.00,2024-03-30T08:00:00.000Z\r\n2000002,7.10,2024-03-30T08:00:00.000Z\r\n',
  });
});

test.each(['account-negative', 'account-negative-bill'])('a batch of another object is drift in %s, not a failure', async endpoint => {
  const said = await decode(endpoint, ['--csv', '--fields', 'displayId'], webhook(batch));
  expect([said.code, said.stdout]).toEqual([0, 'displayId\r\n2000001\r\n2000002\r\n']);
  expect(said.stderr).toContain('answers differ from the documented shape');
});

test('an empty batch is an empty list', async () => {
  const said = await decode('account-repayment', ['--json'], batch.replace(/"list":\[.*\]/, '"list":[]'));
  expect(said).toEqual({ code: 0, stderr: '', stdout: '[]\n' });
});

test('a batch by itself: one row, or one for each element with columns from the data', async () => {
  const whole = await decode('batch-hook', ['-o', 'table'], webhook(batch));
  expect(whole).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'Batch                 Page  Page size  Total  Last page  File\n' +
      'BATCH_20260330163600     1        100      2  true       https://s3.example.com/export/batch_list.csv\n',
  });
  const fields = 'batchNo,list.displayId,list.cardUnpaidAmount';
  const rows = await decode('batch-hook', ['--explode', 'list', '--csv', '--fields', fields], webhook(batch));
  expect(rows).toEqual({
    code: 0,
    stderr: '',
    stdout: `${fields}\r\nBATCH_20260330163600,2000001,0.00\r\nBATCH_20260330163600,2000002,7.10\r\n`,
  });
});
