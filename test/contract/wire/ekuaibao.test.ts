// `ekuaibao repayment-records` against a server written from the provider's page: request byte for byte, answer field by field.
import { expect, test } from 'vitest';
import { ownHome, sharedHome } from '../../runner/home.ts';
import { lookUp, lookUpBuilt } from '../../runner/lookup.ts';
import { secrets } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

// The sample answer of the page, without its comments.
const record = `{
            "pipeline": 1,
            "grayver": "9.31.0.0:A",
            "id": "ID_3HV7_Hq1zKw",
            "version": 1,
            "active": true,
            "createTime": 1654583439073,
            "updateTime": 1654583439075,
            "corporationId": "bwa3wajigF0WH0",
            "sourceCorporationId": null,
            "dataCorporationId": null,
            "ownerId": "bwa3wajigF0WH0:ID_3lokDfb1p5w",
            "repaymentType": "OBTAIN",
            "amount": 10.0,
            "loanInfoId": "ID_3HV7_Hq1yKw",
            "totalProfitAndLoss": null,
            "foreignAmount": null,
            "chargeAgainstMark": false,
            "attachments": [],
            "formType": "requisition",
            "flowId": "ID_3BPNpAnjCGw",
            "title": "迭代测试-不传2"
        }`;
const path = '/api/openapi/v1/loan/repaymentRecord/';
const token = secrets.ekuaibao;

const home = await sharedHome();
const server = await startServer(({ method, target, body }) => {
  if (method === 'POST' && target === '/api/openapi/v1/auth/getAccessToken') {
    const { appKey, appSecurity } = JSON.parse(body.toString());
    if (appKey !== 'the-app-key' || appSecurity !== 'the-app-security') return { status: 403, body: '{"value":{"errorCode":403}}' };
    const value = {
      accessToken: token,
      refreshToken: 'refresh-canary-0001',
      expireTime: Date.now() + 7_200_000,
      corporationId: 'bwa3wajigF0WH0',
    };
    return { body: JSON.stringify({ value }) };
  }
  const url = new URL(target, 'http://localhost');
  if (url.searchParams.get('accessToken') !== token) return { status: 403, body: '{"errorCode":403,"errorMessage":"未授权"}' };
  const asked = url.pathname.slice(path.length + 1, -1).split(',');
  return { body: `{"items": [${asked.includes('ID_3HV7_Hq1zKw') ? record : ''}]}` };
});

const ekuaibao = { home, server, provider: 'ekuaibao' } as const;
const lookUpRecords = (...args: readonly string[]) => lookUp(ekuaibao, ['repayment-records', ...args]);

test('the request is the documented curl line: literal brackets, the token in the query, no further credential', async () => {
  const { requests, code, stderr } = await lookUpBuilt(ekuaibao, ['repayment-records', 'ID_3HV7_Hq1zKw']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(requests.map(({ method, target, body }) => [method, target, body.length])).toEqual([
    ['GET', '/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]?accessToken=ID_canary3JxnLl1078M:bwa3wajigF0WH0', 0],
  ]);
  expect(requests[0]?.headerNames.map(name => name.toLowerCase()).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  expect(requests[0]?.headers.accept).toBe('application/json');
  expect(requests[0]?.headers['user-agent']).toMatch(/^loanq\/\d+\.\d+\.\d+$/);
});

test('several ids share a call, comma between them, and an unknown one is named', async () => {
  const { requests, code, stdout, stderr } = await lookUpRecords('ID_3HV7_Hq1zKw', 'I8I00zKIbl2WX4', '--json');
  expect(requests.map(({ target }) => target)).toEqual([
    '/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw,I8I00zKIbl2WX4]?accessToken=ID_canary3JxnLl1078M:bwa3wajigF0WH0',
  ]);
  expect(code).toBe(24);
  expect(JSON.parse(stdout)).toHaveLength(1);
  expect(stderr).toMatch(/I8I00zKIbl2WX4/);
  expect(stderr).toMatch(/^2 keys: 1 delivered, 1 missing, 0 failed in /m);
});

test('appKey and appSecurity go into the body of the token call, and the token into the lookup', async () => {
  const own = { home: await ownHome(), server, provider: 'ekuaibao' } as const;
  const credentials = { appKey: 'the-app-key', appSecurity: 'the-app-security' };
  const { code, stderr, requests } = await lookUp({ ...own, profile: { credentials } }, ['repayment-records', 'ID_3HV7_Hq1zKw']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [login, lookup] = requests;
  expect([login?.method, login?.target, login?.headers['content-type']]).toEqual([
    'POST',
    '/api/openapi/v1/auth/getAccessToken',
    'application/json',
  ]);
  expect(JSON.parse(login?.body.toString() ?? '')).toEqual(credentials);
  expect(lookup?.target).toBe(`/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]?accessToken=${token}`);
});

test('table', async () => {
  const { stdout } = await lookUpRecords('ID_3HV7_Hq1zKw');
  expect(stdout.split('\n')).toEqual([
    'Record          Type    Amount  Repaid                          Loan',
    'ID_3HV7_Hq1zKw  OBTAIN    10.0  2022-06-07 06:30:39.075 +00:00  迭代测试-不传2',
    '',
  ]);
});

test('record', async () => {
  const { stdout } = await lookUpRecords('ID_3HV7_Hq1zKw', '-o', 'record');
  expect(stdout.split('\n').map(line => line.split(/ {2,}/))).toEqual([
    ['Record', 'ID_3HV7_Hq1zKw'],
    ['Type', 'OBTAIN (loan obtained)'],
    ['Amount', '10.0'],
    ['Repaid', '2022-06-07 06:30:39.075 +00:00'],
    ['Borrower', 'bwa3wajigF0WH0:ID_3lokDfb1p5w'],
    ['Loan', '迭代测试-不传2'],
    ['Loan package', 'ID_3HV7_Hq1yKw'],
    ['Form', 'ID_3BPNpAnjCGw'],
    ['Form type', 'requisition'],
    ['Foreign amount', '—'],
    ['Reversed', 'false'],
    ['Attachments', '0 items'],
    ['Created', '2022-06-07 06:30:39.073 +00:00'],
    ['Corporation', 'bwa3wajigF0WH0'],
    ['Active', 'true'],
    ['Version', '1'],
    ['Pipeline', '1'],
    ['Release', '9.31.0.0:A'],
    ['Source corporation', '—'],
    ['Data corporation', '—'],
    ['Total profit and loss', '—'],
    [''],
  ]);
});

test('record with Chinese words', async () => {
  const { stdout } = await lookUpRecords('ID_3HV7_Hq1zKw', '-o', 'record', '--lang', 'zh');
  expect(stdout).toMatch(/OBTAIN \(获得借款\)/);
});

test('json and ndjson', async () => {
  const json = await lookUpRecords('ID_3HV7_Hq1zKw', '--json');
  expect(json.stdout.replace(/\s+/g, ' ')).toBe(`[ ${record.replace(/\s+/g, ' ')} ] `);
  const ndjson = await lookUpRecords('ID_3HV7_Hq1zKw', '-o', 'ndjson');
  expect(ndjson.stdout).toBe(`${record.replace(/\n\s*/g, '').replaceAll('": ', '":')}\n`);
});

test('csv', async () => {
  const { stdout } = await lookUpRecords('ID_3HV7_Hq1zKw', '--csv');
  expect(stdout.split('\r\n')).toEqual([
    'id,repaymentType,amount,updateTime,ownerId,title,loanInfoId,flowId,formType,foreignAmount,chargeAgainstMark,attachments,createTime,corporationId,active,version,pipeline,grayver,sourceCorporationId,dataCorporationId,totalProfitAndLoss',
    'ID_3HV7_Hq1zKw,OBTAIN,10.0,2022-06-07T06:30:39.075Z,bwa3wajigF0WH0:ID_3lokDfb1p5w,迭代测试-不传2,ID_3HV7_Hq1yKw,ID_3BPNpAnjCGw,requisition,,false,[],2022-06-07T06:30:39.073Z,bwa3wajigF0WH0,true,1,1,9.31.0.0:A,,,',
    '',
  ]);
});

test('an id the provider does not know is no row and no crash', async () => {
  const { code, stdout, stderr } = await lookUpRecords('I8I00zKIbl2WX4');
  expect([code, stdout]).toEqual([21, '']);
  expect(stderr).toBe(`error: ekuaibao repayment-records I8I00zKIbl2WX4: not found: Ekuaibao (合思) has no record of it
hint: asked ${new URL(server.origin).host}, profile test; in every system: loanq lookup I8I00zKIbl2WX4
`);
});
