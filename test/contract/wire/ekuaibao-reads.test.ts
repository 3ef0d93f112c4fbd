// What goes over the wire where Ekuaibao is read by more than ids in a path: pages whose count is lost, keys in a query or a body,
// a POST that reads, a cursor of milliseconds.
import { expect, test } from 'vitest';
import { sharedHome } from '../../runner/home.ts';
import { runInProcess } from '../../runner/in-process.ts';
import { type Received, startServer } from '../../runner/server.ts';

const token = 'canary-token-ekuaibao-0001';
let respond: (url: URL, request: Received) => string = () => '{}';
const server = await startServer(request => ({ body: respond(new URL(request.target, 'http://x'), request) }));
const home = await sharedHome();
await home.configure({ profiles: { e: { provider: 'ekuaibao', baseUrl: server.origin, credentials: { accessToken: token } } } });

async function loanq(args: readonly string[], answer: typeof respond, stdin?: string) {
  respond = answer;
  const before = server.requests.length;
  const said = await runInProcess(['ekuaibao', ...args], { home, ...(stdin !== undefined && { stdin }) });
  const asked = server.requests.slice(before).map(({ target, method, body }) => ({
    call: `${method} ${target.replace(`accessToken=${token}`, '').replace('?&', '?')}`,
    body: body.toString(),
  }));
  return { ...said, asked };
}

const form = (number: number) => `{"id":"ID_${number}","formType":"loan","state":"paid","form":{"code":"J${number}","u_custom":1}}`;
const formsFrom = (start: number, count: number) =>
  Array.from({ length: Math.max(0, Math.min(count, 250 - start)) }, (_, at) => form(start + at)).join();

test('forms: all of them, though the count of every page but the first is 0', async () => {
  const { stdout, code, asked } = await loanq(['forms', '--all', '--csv', '--fields', 'id', '--max-rate', '1000', '-q'], url => {
    const start = Number(url.searchParams.get('start'));
    return `{"count":${start === 0 ? 250 : 0},"items":[${formsFrom(start, Number(url.searchParams.get('count')))}]}`;
  });
  expect([code, stdout.split('\r\n').length - 2]).toEqual([0, 250]);
  expect(asked.map(({ call }) => call.replace('GET /api/openapi/v1.1/docs/getApplyList?', ''))).toEqual([
    'type=loan&start=0&count=100',
    'type=loan&start=100&count=100',
    'type=loan&start=200&count=100',
  ]);
});

test('forms: a field that a tenant has made is no drift, and passes in JSON', async () => {
  const { stdout, stderr } = await loanq(['forms', '--json'], () => `{"count":1,"items":[${form(1)}]}`);
  expect(stdout).toContain('"u_custom": 1');
  expect(stderr).not.toContain('u_custom');
});

test('staff: a hundred keys share a call, the others have one of their own, and neither is named where people are', async () => {
  const phones = Array.from({ length: 130 }, (_, at) => `${18_600_000_000 + at}`);
  const staff = (phone: string) => `{"id":"C:S${phone}","name":"N","cellphone":"${phone}"}`;
  const { stdout, stderr, code, asked } = await loanq(
    ['staff', '-', '--type', 'CELLPHONE', '--csv', '--fields', 'id', '--max-rate', '1000', '--concurrency', '1'],
    (_, { body }) => `{"items":[${JSON.parse(body.toString()).conditionIds.slice(1).map(staff).join()}]}`,
    phones.join('\n'),
  );
  expect([code, stdout.split('\r\n').length - 2]).toEqual([24, 128]);
  expect(asked.map(({ call }) => call)).toEqual(Array(2).fill('POST /api/openapi/v1/staffs/getStaffIds?'));
  expect(asked.map(({ body }) => JSON.parse(body).conditionIds.length)).toEqual([100, 30]);
  expect(asked[0]?.body.slice(0, 68)).toBe('{"type":"CELLPHONE","conditionIds":["18600000000","18600000001","186');
  expect(stderr).not.toMatch(/186\d{8}/);
});

test('staff: an e-mail address is answered in small letters', async () => {
  const { stdout, code } = await loanq(
    ['staff', 'Ann.Lee@Example.com', '--type', 'MAIL', '--csv', '--fields', 'id'],
    () => '{"items":[{"id":"C:S1","email":"ann.lee@example.com"}]}',
  );
  expect([code, stdout]).toEqual([0, 'id\r\nC:S1\r\n']);
});

test('staff: an answer for somebody else is refused', async () => {
  const { stdout, code } = await loanq(['staff', 'C:S1', '--json'], () => '{"items":[{"id":"C:S2"}]}');
  expect([code, stdout]).toEqual([27, '']);
});

test('form-by-code: another form than the one asked for is refused, though its number stands inside of it', async () => {
  const { stdout, code } = await loanq(['form-by-code', 'J2', '--json'], () => `{"value":${form(1)}}`);
  expect([code, stdout]).toEqual([27, '']);
});

test('requisitions: a POST with all of it in the query, and no body', async () => {
  const { code, asked } = await loanq(['requisitions', 'C:S1', '--state', 'PROCESS', '--json'], () => '{"count":0,"items":[]}');
  expect([code, asked]).toEqual([
    0,
    [{ call: 'POST /api/openapi/v1/requisition/getData?staffId=C:S1&state=PROCESS&start=0&count=100', body: '' }],
  ]);
});

test('repayments: from a day on, page after page behind the highest index', async () => {
  const row = (index: number) => `{"index":${index},"docData":{"id":"R${index}","amount":7}}`;
  const { stdout, asked } = await loanq(
    ['repayments', '--index', '2019-06-20', '--tz', 'Asia/Shanghai', '--all', '--count', '2', '--csv', '--fields', 'docData.id', '-q'],
    url => {
      const after = Number(url.searchParams.get('index'));
      const all = [1560960000001, 1560960000005, 1560960000003].filter(index => index > after);
      return `{"count":9,"items":[${all.slice(0, 2).map(row).join()}]}`;
    },
  );
  expect(asked.map(({ call }) => /index=\d+/.exec(call)?.[0])).toEqual(['index=1560960000000', 'index=1560960000005']);
  expect(stdout).toBe('docData.id\r\nR1560960000001\r\nR1560960000005\r\n');
});

test('message-failures: whole days of a zone, in milliseconds', async () => {
  const { code, asked } = await loanq(
    ['message-failures', '--start-date', '2026-11-01', '--end-date', '2026-11-02', '--tz', 'Asia/Shanghai', '--json'],
    () => '{"items":[]}',
  );
  expect([code, asked[0]?.call]).toEqual([
    0,
    'GET /api/openapi/v1/outboundMessageLogs?messageType=repayment&startDate=1793462400000&endDate=1793635199999',
  ]);
});
