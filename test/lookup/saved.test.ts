// --input: what people save of a provider's answers, in every form in which they save it.
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { run, start } from '../runner/run.ts';

const home = await sharedHome();
const loanq = (args: string, stdin?: string) => runInProcess(args.split(' '), { home, ...(stdin !== undefined && { stdin }) });

const repayment = (id: string, amount: string, more = '') =>
  `{"id":"${id}","repaymentType":"MANUAL","amount":${amount},"updateTime":1654583439075,"ownerId":"c:s","title":"t","loanInfoId":"l","flowId":"f","formType":"loan","foreignAmount":null,"chargeAgainstMark":false,"attachments":[],"createTime":1654583439073,"corporationId":"c","active":true,"version":1,"pipeline":1,"grayver":"9","sourceCorporationId":null,"dataCorporationId":null,"totalProfitAndLoss":null${more}}`;
const [one, two, three] = [repayment('ID_1', '10.0'), repayment('ID_2', '-5.00'), repayment('ID_3', '9007199254740993.10')];
const records = 'ekuaibao repayment-records --csv --fields id,amount --input -';
const rows = (...lines: readonly string[]) => ['id,amount', ...lines, ''].join('\r\n');
const all = rows('ID_1,10.0', 'ID_2,-5.00', 'ID_3,9007199254740993.10');

test.each([
  ['the documented envelope', `{"items":[${one},${two},${three}]}`],
  ['an array', `[${one},${two},${three}]`],
  ['an array over many lines', `[\n  ${one},\n  ${two},\n  ${three}\n]\n`],
  ['NDJSON', `${one}\n${two}\n${three}\n`],
  ['NDJSON without a last line end', `${one}\n${two}\n${three}`],
  ['NDJSON with CRLF, blank lines and a byte order mark', `\ufeff${one}\r\n\r\n${two}\r\n   \r\n${three}\r\n`],
  ['NDJSON of envelopes', `{"items":[${one}]}\n{"items":[${two},${three}]}\n`],
  ['a byte order mark before a document', `\ufeff{"items":[${one},${two},${three}]}`],
  ['what loanq itself wrote as JSON', `[\n  ${one},\n  ${two},\n  ${three}\n]\n`],
])('%s', async (_, stdin) => {
  const { code, stdout, stderr } = await loanq(records, stdin);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: all, stderr: '' });
});

test.each([
  ['one object', one],
  ['one object over many lines', one.replaceAll(',"', ',\n"')],
])('%s', async (_, stdin) => {
  expect(await loanq(records, stdin)).toEqual({ code: 0, stdout: rows('ID_1,10.0'), stderr: '' });
});

test('a file, without any configuration, and with a broken one', async () => {
  const file = await home.write('saved answer.json', `{"items":[${one}]}`);
  await home.configure('{ "profiles": ');
  const args = ['ekuaibao', 'repayment-records', '--input', file, '--csv', '--fields', 'id,amount'];
  expect(await runInProcess(args, { home })).toEqual({ code: 0, stdout: rows('ID_1,10.0'), stderr: '' });
});

test('an empty list is no failure', async () => {
  expect(await loanq(records, '{"items":[]}')).toEqual({ code: 0, stdout: 'id,amount\r\n', stderr: '' });
  expect(await loanq('ekuaibao repayment-records --json --input -', '[]')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
});

describe('webhooks', () => {
  const event = (resource: string) =>
    JSON.stringify({
      id: 'e-1',
      eventType: 'X.CREATED',
      apiVersion: 'v3',
      code: '000000',
      message: 'success',
      resource,
      createTime: '1711785600000',
    });
  const hook =
    '{"batchNo":"BATCH_1","page":1,"size":100,"total":2,"lastPage":true,"fileUrl":"https://s3.example.com/x.csv","list":[{"a":1.10},{"a":2.0}]}';

  test('a resource that is JSON text is unwrapped, its numbers as they stand', async () => {
    const { code, stdout, stderr } = await loanq('interlace batch-hook --input - -o ndjson', event(hook));
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${hook}\n`, stderr: '' });
  });

  test('several events, one a line', async () => {
    const { stdout } = await loanq(
      'interlace batch-hook --input - --csv --fields batchNo',
      `${event(hook)}\n${event(hook.replace('BATCH_1', 'BATCH_2'))}\n`,
    );
    expect(stdout).toBe('batchNo\r\nBATCH_1\r\nBATCH_2\r\n');
  });

  test('--explode makes a row of each element', async () => {
    const { code, stdout } = await loanq('interlace batch-hook --input - --csv --explode list --fields batchNo,list', event(hook));
    expect([code, stdout]).toEqual([0, 'batchNo,list\r\nBATCH_1,"{""a"":1.10}"\r\nBATCH_1,"{""a"":2.0}"\r\n']);
  });

  test('--explode opens one level: elements that are lists stay lists', async () => {
    const nested = hook.replace(/"list":.*/, '"list":[[1,2],[3]]}');
    for (const [format, out] of [
      ['--csv', 'batchNo,list\r\nBATCH_1,"[1,2]"\r\nBATCH_1,[3]\r\n'],
      ['-o ndjson', '{"batchNo":"BATCH_1","list":[1,2]}\n{"batchNo":"BATCH_1","list":[3]}\n'],
    ]) {
      const { code, stdout } = await loanq(`interlace batch-hook --input - ${format} --explode list --fields batchNo,list`, event(nested));
      expect([code, stdout]).toEqual([0, out]);
    }
  });

  test('a resource that is no JSON is said', async () => {
    const { code, stdout, stderr } = await loanq('interlace batch-hook --input -', event('{"batchNo":'));
    expect([code, stdout]).toEqual([27, '']);
    expect(stderr).toMatch(/^error: interlace batch-hook: [^\n]*not JSON\n$/);
  });
});

describe('keys select', () => {
  const three = `[${one},${two}]`;

  test('one of several', async () => {
    expect(await loanq(`${records} ID_2`, three)).toEqual({ code: 0, stdout: rows('ID_2,-5.00'), stderr: '' });
  });

  test('none of them', async () => {
    const { code, stdout, stderr } = await loanq(`${records} ID_9`, three);
    expect([code, stdout, stderr]).toEqual([21, '', 'error: ekuaibao repayment-records ID_9: not found in standard input\n']);
  });

  test('some of them: what is there is delivered, what is not is named', async () => {
    const { code, stdout, stderr } = await loanq(`${records} ID_2 ID_9 ID_8`, three);
    expect([code, stdout]).toEqual([24, rows('ID_2,-5.00')]);
    expect(stderr).toBe('error: ekuaibao repayment-records ID_9 ID_8: not in the saved answer\n');
  });

  test('by the grammar of the endpoint', async () => {
    expect(await loanq(`${records} ../x`, three)).toMatchObject({ code: 2, stdout: '' });
    expect(await loanq('crego settlements X --input -', '[]')).toMatchObject({ code: 2, stdout: '' });
  });

  test('a key that the records do not repeat stands in the rows', async () => {
    const customer = '123e4567-e89b-12d3-a456-426614174000';
    const saved = '{"status":"SUCCESS","data":[{"id":"r-1","repaymentAmount":1.50}]}';
    const args = 'finlend customer-repayments --input - --csv --fields request.customer-id,id,repaymentAmount';
    expect((await loanq(`${args} ${customer}`, saved)).stdout).toBe(`request.customer-id,id,repaymentAmount\r\n${customer},r-1,1.50\r\n`);
    expect((await loanq(args, saved)).stdout).toBe('request.customer-id,id,repaymentAmount\r\n,r-1,1.50\r\n');
    expect(await loanq(`${args} ${customer} ${customer}`, saved)).toMatchObject({ code: 2, stdout: '' });
    const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
    const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';
    const { stdout } = await loanq(
      `qitech wallet-entry ${wallet} ${entry} --input - --csv --fields request.wallet_key,wallet_entry_amount`,
      `{"wallet_entry_key":"${entry.toUpperCase()}","wallet_entry_amount":150.00}`,
    );
    expect(stdout).toBe(`request.wallet_key,wallet_entry_amount\r\n${wallet},150.00\r\n`);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a file that is not there', 'no-such.json', 'cannot read no-such.json: there is no such file'],
    ['a directory', '.', 'cannot read .: it is a directory'],
  ])('%s', async (_, file, message) => {
    const { code, stdout, stderr } = await loanq(`crego record --input ${file}`);
    expect([code, stdout, stderr]).toEqual([26, '', `error: crego record: ${message}\n`]);
  });

  test.each([
    ['nothing', '', /standard input is empty/],
    ['blanks', ' \n \n', /standard input is empty/],
    ['no JSON', 'hello', /not JSON/],
    ['half of it', '{"items":[{"id":', /not JSON/],
    ['a page', '<html></html>', /not JSON/],
    ['a number', '7', /documented shape/],
    ['an array of something else', '[1,2]', /no object/],
    ['an envelope of something else', '{"rows":[]}', /documented shape/],
    ['a key twice', '{"items":[{"id":"a","id":"b"}]}', /twice/],
    ['an amount that is none', `[${repayment('ID_1', '"ten"')}]`, /amount is not an amount/],
    ['a record without its id', '{"items":[{"amount":1}]}', /no id/],
  ])('%s', async (_, stdin, message) => {
    const { code, stdout, stderr } = await loanq('ekuaibao repayment-records --input -', stdin);
    expect([code, stdout]).toEqual([27, '']);
    expect(stderr).toMatch(/^error: ekuaibao repayment-records: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  test('a broken line of NDJSON is named by its number; rows before it are whole', async () => {
    const { code, stdout, stderr } = await loanq(records, `${one}\n${two}\n{"id":\n${three}\n`);
    expect([code, stderr]).toEqual([27, 'error: ekuaibao repayment-records: line 3 of standard input: the answer is not JSON\n']);
    expect(all.startsWith(stdout)).toBe(true);
  });

  test('bytes that are not UTF-8', async () => {
    const { code, stdout, stderr } = await run(['ekuaibao', 'repayment-records', '--input', '-'], {
      stdin: Buffer.from('{"items":[{"id":"\xff"}]}', 'latin1'),
    });
    expect([code, stdout]).toEqual([27, '']);
    expect(stderr).toMatch(/not UTF-8/);
  });
});

describe('a saved refusal ends as the refusal did', () => {
  test.each([
    ['ekuaibao loan', '{"errorCode":403,"errorMessage":"未授权"}', 4, 'credential rejected (403: 未授权)'],
    [
      'ekuaibao loan',
      '{"errorCode":400,"errorMessage":"根据借款包Id:ID_1, 获取不到对应的借款包,请核查"}',
      21,
      'not found (400: 根据借款包Id:ID_1, 获取不到对应的借款包,请核查)',
    ],
    ['qitech wallet-entry', '{"title":"x","code":"CIN000078","description":"gone"}', 21, 'not found (CIN000078: gone)'],
    ['interlace account-negative', '{"code":"902","message":"not enabled"}', 22, 'refused (902: not enabled)'],
    ['finlend customer-repayments', '{"status":"FAILED","message":"no"}', 22, 'refused (no)'],
  ])('%s %s', async (call, stdin, exit, message) => {
    const { code, stdout, stderr } = await loanq(`${call} --input -`, stdin);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr.split('\n')[0]).toBe(`error: ${call}: ${message}`);
  });
});

describe('presentation', () => {
  const list = `[${one},${two},${three}]`;
  const ids = (stdout: string) =>
    stdout
      .split('\r\n')
      .slice(1, -1)
      .map(line => line.split(',')[0]);

  test('--sort orders exactly, beyond what a double holds', async () => {
    expect(ids((await loanq(`${records} --sort amount`, list)).stdout)).toEqual(['ID_2', 'ID_1', 'ID_3']);
    expect(ids((await loanq(`${records} --sort amount:desc`, list)).stdout)).toEqual(['ID_3', 'ID_1', 'ID_2']);
    expect(await loanq(`${records} --sort nope`, list)).toMatchObject({ code: 2, stdout: '' });
  });

  test('--limit cuts, --fields chooses and orders', async () => {
    expect(ids((await loanq(`${records} --limit 2`, list)).stdout)).toEqual(['ID_1', 'ID_2']);
    const { stdout } = await loanq('ekuaibao repayment-records --input - -o ndjson --fields amount,id --limit 1', list);
    expect(stdout).toBe('{"amount":10.0,"id":"ID_1"}\n');
  });

  test('fields the document does not know are kept in JSON, said once, and refused with --strict', async () => {
    const odd = repayment('ID_1', '1.0', ',"brandNew":{"deep":1e2}');
    const kept = await loanq('ekuaibao repayment-records --input - -o ndjson', odd);
    expect([kept.code, kept.stdout]).toEqual([0, `${odd}\n`]);
    expect(kept.stderr).toBe('warning: ekuaibao repayment-records: answers differ from the documented shape: unknown brandNew\n');
    expect(await loanq('ekuaibao repayment-records --input - --strict', odd)).toMatchObject({ code: 27, stdout: '' });
    expect((await loanq('ekuaibao repayment-records --input - -q', odd)).stderr).toBe('');
  });

  test.each(['--raw', '--dry-run', '--ids-from keys.txt', '--sandbox'])('%s makes no sense with it', async option => {
    expect(await loanq(`crego record --input - ${option}`, '{}')).toMatchObject({ code: 2, stdout: '' });
  });
});

test('NDJSON streams: the first rows leave before the last line is there', async () => {
  const args = ['ekuaibao', 'repayment-records', '--input', '-', '-o', 'ndjson'];
  const running = start(args, { home, stdin: `${one}\n`.repeat(2000), keepStdinOpen: true });
  await once(running.child.stdout, 'data');
  running.child.stdin.end(`${two}\n`);
  const { code, stdout } = await running.ended;
  expect([code, stdout]).toEqual([0, `${`${one}\n`.repeat(2000)}${two}\n`]);
});
