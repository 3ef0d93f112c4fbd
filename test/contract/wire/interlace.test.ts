// The Interlace objects against a server written from the provider's pages: the two calls for a token, a configured path, and
// the object in the envelope that other lists of this API have.
import { describe, expect, test } from 'vitest';
import { ownHome, sharedHome } from '../../runner/home.ts';
import { lookUp, lookUpBuilt } from '../../runner/lookup.ts';
import { secrets } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

// The objects of the page.
const objects = {
  'account-repayment': `{
    "accountId": "2e3cbb16-a420-4080-9094-e19f45371fee",
    "displayId": "2000001",
    "type": "0",
    "currency": "USD",
    "cardNegative": "120.50",
    "budgetNegative": "50.00",
    "cardSettleAmount": "120.50",
    "budgetSettleAmount": "50.00",
    "cardUnpaidAmount": "0.00",
    "budgetUnpaidAmount": "0.00",
    "repayTime": 1711785600000
}`,
  'account-negative': `{
    "accountId": "2e3cbb16-a420-4080-9094-e19f45371fee",
    "accountName": "示例测试账户",
    "accountEn": "Example Test Account",
    "displayId": "2000001",
    "type": 0,
    "cardNegative": "120.50",
    "budgetNegative": "50.00",
    "currency": "USD",
    "statTime": "1711785600000"
}`,
  'account-negative-bill': `{
    "accountId": "2e3cbb16-a420-4080-9094-e19f45371fee",
    "displayId": "2000001",
    "createTime": "1711785600000",
    "total": "5",
    "negativeUrl": "https://s3.example.com/bills/negative_bill_2000001.csv"
}`,
  'batch-hook': `{
    "batchNo": "BATCH_20260330163600",
    "page": 1,
    "size": 100,
    "total": 500,
    "lastPage": false,
    "fileUrl": "https://s3.example.com/export/batch_list.csv",
    "list": []
}`,
} as const;
type ObjectName = keyof typeof objects;

const path = (name: ObjectName) => `/open-api/v3/my own/${name}`.replace(' ', '-');
const paths = Object.fromEntries(Object.keys(objects).map(name => [name, path(name as ObjectName)]));
const credentials = { clientId: 'client-0001' };

const home = await sharedHome();
const server = await startServer(({ method, target, headers, body }) => {
  if (method === 'GET' && target === '/open-api/v3/oauth/authorize?clientId=client-0001') {
    return { body: '{ "code": "000000", "message": "success", "data": { "timestamp": 1757994757, "code": "one-time-code-0001" } }' };
  }
  if (method === 'POST' && target === '/open-api/v3/oauth/access-token') {
    const { clientId, code } = JSON.parse(body.toString());
    if (clientId !== 'client-0001' || code !== 'one-time-code-0001') return { status: 400, body: '{"code":"000001","message":"no"}' };
    const data = { accessToken: secrets.interlace, refreshToken: 'refresh-canary-0003', expiresIn: 86400, timestamp: 1757994757 };
    return { body: JSON.stringify({ code: '000000', message: 'success', data }) };
  }
  if (headers['x-access-token'] !== secrets.interlace) return { status: 401, body: '{"code":"401","message":"Unauthorized"}' };
  const name = Object.keys(objects).find(name => target.split('?')[0] === path(name as ObjectName)) as ObjectName | undefined;
  if (name === undefined) return { status: 404, body: '{"code":"404","message":"no route"}' };
  const data = name === 'batch-hook' ? objects[name] : `{ "list": [${objects[name]}], "total": "1" }`;
  return { body: `{ "code": "000000", "message": "success", "data": ${data} }` };
});
const lookUpObject = (name: ObjectName, ...args: readonly string[]) =>
  lookUp({ home, server, provider: 'interlace', profile: { paths, credentials } }, [name, ...args]);

test('a token is obtained by code and exchange, then the configured path is read; the token is kept for the next run', async () => {
  const first = await lookUpBuilt({ home, server, provider: 'interlace', profile: { paths, credentials } }, ['account-repayment']);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(first.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
    'GET /open-api/v3/oauth/authorize?clientId=client-0001',
    'POST /open-api/v3/oauth/access-token',
    'GET /open-api/v3/my-own/account-repayment',
  ]);
  const [authorize, exchange, read] = first.requests;
  expect([authorize?.body.length, authorize?.headers['x-access-token']]).toEqual([0, undefined]);
  expect(exchange?.headers['content-type']).toBe('application/json');
  expect(JSON.parse(exchange?.body.toString() ?? '')).toEqual({ clientId: 'client-0001', code: 'one-time-code-0001' });
  expect([read?.headers['x-access-token'], read?.headers.accept, read?.body.length]).toEqual([secrets.interlace, 'application/json', 0]);
  const second = await lookUpObject('account-repayment');
  expect(second.requests.map(({ target }) => target)).toEqual(['/open-api/v3/my-own/account-repayment']);
});

test('a client secret goes into the exchange only when the profile has one', async () => {
  const own = { home: await ownHome(), server, provider: 'interlace' } as const;
  const profile = { paths, credentials: { clientId: 'client-0001', clientSecret: 'canary-client-secret-1' } };
  const { requests } = await lookUp({ ...own, profile }, ['account-repayment']);
  expect(JSON.parse(requests[1]?.body.toString() ?? '')).toEqual({
    clientId: 'client-0001',
    clientSecret: 'canary-client-secret-1',
    code: 'one-time-code-0001',
  });
});

test('without a configured path nothing is sent, and the hint says where one comes from', async () => {
  const { requests, code, stdout, stderr } = await lookUp({ home, server, provider: 'interlace', profile: { paths: {}, credentials } }, [
    'account-repayment',
  ]);
  expect([code, stdout, requests]).toEqual([20, '', []]);
  expect(stderr).toMatch(/^error: [^\n]*no path for account-repayment\nhint: [^\n]*--input\n$/);
});

describe.each(Object.keys(objects) as ObjectName[])('%s', name => {
  test('json and ndjson hold the object of the page', async () => {
    const line = objects[name].replace(/\n\s*/g, '').replaceAll('": ', '":');
    expect((await lookUpObject(name, '-o', 'ndjson')).stdout).toBe(`${line}\n`);
    const { stdout } = await lookUpObject(name, '--json');
    expect(stdout.replace(/\n\s*/g, '').replaceAll('": ', '":')).toBe(`[${line}]`);
  });
});

const shown: Readonly<Record<ObjectName, { table: readonly string[]; record: readonly string[][]; csv: readonly string[] }>> = {
  'account-repayment': {
    table: [
      'Display id  Currency  Card settled  Budget settled  Card unpaid  Budget unpaid  Repayment time',
      '2000001     USD             120.50           50.00         0.00           0.00  2024-03-30 08:00:00.000 +00:00',
    ],
    record: [
      ['Account', '2e3cbb16-a420-4080-9094-e19f45371fee'],
      ['Display id', '2000001'],
      ['Account type', '0 (Api Client)'],
      ['Currency', 'USD'],
      ['Card negative', '120.50'],
      ['Budget negative', '50.00'],
      ['Card settled', '120.50'],
      ['Budget settled', '50.00'],
      ['Card unpaid', '0.00'],
      ['Budget unpaid', '0.00'],
      ['Repayment time', '2024-03-30 08:00:00.000 +00:00'],
    ],
    csv: [
      'accountId,displayId,type,currency,cardNegative,budgetNegative,cardSettleAmount,budgetSettleAmount,cardUnpaidAmount,budgetUnpaidAmount,repayTime',
      '2e3cbb16-a420-4080-9094-e19f45371fee,2000001,0,USD,120.50,50.00,120.50,50.00,0.00,0.00,2024-03-30T08:00:00.000Z',
    ],
  },
  'account-negative': {
    table: [
      'Display id  Account name  Account type  Card negative  Budget negative  Currency  As of',
      '2000001     示例测试账户  0                    120.50            50.00  USD       2024-03-30 08:00:00.000 +00:00',
    ],
    record: [
      ['Account', '2e3cbb16-a420-4080-9094-e19f45371fee'],
      ['Account name', '示例测试账户'],
      ['Account name (English)', 'Example Test Account'],
      ['Display id', '2000001'],
      ['Account type', '0 (Api Client)'],
      ['Card negative', '120.50'],
      ['Budget negative', '50.00'],
      ['Currency', 'USD'],
      ['As of', '2024-03-30 08:00:00.000 +00:00'],
    ],
    csv: [
      'accountId,accountName,accountEn,displayId,type,cardNegative,budgetNegative,currency,statTime',
      '2e3cbb16-a420-4080-9094-e19f45371fee,示例测试账户,Example Test Account,2000001,0,120.50,50.00,USD,2024-03-30T08:00:00.000Z',
    ],
  },
  'account-negative-bill': {
    table: [
      'Account                               Display id  Created                         Bills  Bill file',
      '2e3cbb16-a420-4080-9094-e19f45371fee  2000001     2024-03-30 08:00:00.000 +00:00      5  https://s3.example.com/bills/negative_bill_2000001.csv',
    ],
    record: [
      ['Account', '2e3cbb16-a420-4080-9094-e19f45371fee'],
      ['Display id', '2000001'],
      ['Created', '2024-03-30 08:00:00.000 +00:00'],
      ['Bills', '5'],
      ['Bill file', 'https://s3.example.com/bills/negative_bill_2000001.csv'],
    ],
    csv: [
      'accountId,displayId,createTime,total,negativeUrl',
      '2e3cbb16-a420-4080-9094-e19f45371fee,2000001,2024-03-30T08:00:00.000Z,5,https://s3.example.com/bills/negative_bill_2000001.csv',
    ],
  },
  'batch-hook': {
    table: [
      'Batch                 Page  Page size  Total  Last page  File',
      'BATCH_20260330163600     1        100    500  false      https://s3.example.com/export/batch_list.csv',
    ],
    record: [
      ['Batch', 'BATCH_20260330163600'],
      ['Page', '1'],
      ['Page size', '100'],
      ['Total', '500'],
      ['Last page', 'false'],
      ['File', 'https://s3.example.com/export/batch_list.csv'],
      ['Records', '0 items'],
    ],
    csv: [
      'batchNo,page,size,total,lastPage,fileUrl,list',
      'BATCH_20260330163600,1,100,500,false,https://s3.example.com/export/batch_list.csv,[]',
    ],
  },
};

test.each(Object.entries(shown))('%s as table, record and csv', async (name, { table, record, csv }) => {
  const out = async (format: string) => (await lookUpObject(name as ObjectName, '-o', format)).stdout;
  expect((await out('table')).split('\n')).toEqual([...table, '']);
  expect((await out('record')).split('\n').map(line => line.split(/ {2,}/))).toEqual([...record, ['']]);
  expect((await out('csv')).split('\r\n')).toEqual([...csv, '']);
});

test('parameters written after a configured path go with every call, and paging words beside them', async () => {
  const { code, stderr, requests } = await lookUp(
    {
      home: await ownHome(),
      server,
      provider: 'interlace',
      profile: {
        paths: {
          'account-repayment': `${path('account-repayment')}?accountId=2e3cbb16-a420-4080-9094-e19f45371fee&status=A%20B&status=C&limit=50`,
        },
        credentials,
      },
    },
    ['account-repayment', '--limit', '5'],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(requests.at(-1)?.target).toBe(
    '/open-api/v3/my-own/account-repayment?accountId=2e3cbb16-a420-4080-9094-e19f45371fee&status=A%20B&status=C&limit=5',
  );
});

test.each<[ObjectName]>([['account-repayment'], ['batch-hook']])(
  '%s: the envelope is not documented, so a bare array is read too',
  async name => {
    const bare = await startServer(() => ({ body: `[${objects[name]}]` }));
    const profile = { paths, credentials: { accessToken: secrets.interlace } };
    const { code, stderr, stdout } = await lookUp({ home: await ownHome(), server: bare, provider: 'interlace', profile }, [
      name,
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([JSON.parse(objects[name])]);
  },
);

test('a 403 says that the IP allow list may be why', async () => {
  const refusing = await startServer(() => ({ status: 403, body: '{"code":"403","message":"Forbidden","data":null}' }));
  const profile = { credentials: { accessToken: secrets.interlace } };
  const { code, stderr } = await lookUp({ home: await ownHome(), server: refusing, provider: 'interlace', profile }, ['wallets']);
  expect(code).toBe(4);
  expect(stderr.split('\n')[1]).toBe(
    'hint: production answers listed addresses alone: have the IP allow list checked for the address of this machine; if it is on it, the token is wrong; put a new one where it is read: the config file itself',
  );
});
