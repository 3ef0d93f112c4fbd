// What lets a user look behind a lookup: --dry-run, --verbose and --raw. None of them may show a secret.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import { configFor, type ProviderWord, secrets } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { run } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
const hasCurl = hasPrograms({ curl: 'curl' });
let answer: Answer = {};
const server = await startServer(() => answer);
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';

const calls: Readonly<Record<ProviderWord, readonly string[]>> = {
  ekuaibao: ['repayment-records', 'ID_3HV7_Hq1zKw', 'ID_$x:y'],
  finlend: ['pending-repayments', id, '--page', '2'],
  crego: ['record', id, '--amount', "100.2347 it's", '--payout-to', 'borrower'],
  qitech: ['wallet-entry', wallet, id],
  interlace: ['account-repayment'],
};

describe.each(Object.entries(calls) as [ProviderWord, readonly string[]][])('--dry-run of %s', (provider, args) => {
  test('sends nothing, shows method, URL and headers, masks the credential', async () => {
    const { code, stdout, stderr, requests } = await lookUp({ home, server, provider }, [...args, '--dry-run']);
    expect({ code, stderr, requests }).toEqual({ code: 0, stderr: '', requests: [] });
    const [first = '', ...rest] = stdout.split('\n');
    expect(first).toMatch(new RegExp(`^GET ${server.origin.replaceAll('.', '\\.')}/`));
    expect(rest).toContain('accept: application/json');
    expect(stdout).toContain('[redacted]');
    for (const secret of Object.values(secrets)) expect(stdout).not.toContain(secret);
  });

  test.runIf(hasCurl)('its curl line sends the request that a lookup sends', async () => {
    answer = { status: 418 };
    const { requests: looked } = await lookUp({ home, server, provider }, [
      ...args.slice(0, provider === 'ekuaibao' ? 2 : undefined),
      '--retries',
      '0',
    ]);
    const { stdout } = await lookUp({ home, server, provider }, [...args.slice(0, provider === 'ekuaibao' ? 2 : undefined), '--dry-run']);
    const line = stdout.trimEnd().split('\n').at(-1) ?? '';
    const secret = provider === 'qitech' ? 'a.new.signature' : secrets[provider];
    const before = server.requests.length;
    await promisify(execFile)('bash', ['-c', `${line.replaceAll('[redacted]', secret)} --silent --noproxy '*'`]);
    const [sent] = server.requests.slice(before);
    const [real] = looked;
    expect([sent?.method, sent?.target]).toEqual([real?.method, real?.target]);
    // Differ by nature: the client's own name and connection, the boundary of a form, times, fresh ids and signatures.
    const volatile =
      /^(user-agent|connection|accept-encoding|content-type|content-length|transfer-encoding|authorization|x-fapi-auth-date|x-fapi-interaction-id|x-idempotency-key)$/;
    const steady = (headers: Readonly<Record<string, string>> = {}) =>
      Object.entries(headers)
        .filter(([name]) => !volatile.test(name))
        .sort();
    expect(steady(sent?.headers)).toEqual(steady(real?.headers));
    expect(Object.keys(real?.headers ?? {}).filter(name => name.startsWith('x-') && !(name in (sent?.headers ?? {})))).toEqual([]);
    expect(formParts(sent?.body)).toEqual(formParts(real?.body));
  });
});

/** Names and values of a multipart body, whatever its boundary. */
function formParts(body: Buffer | undefined): string[] {
  return [...(body?.toString() ?? '').matchAll(/name="([^"]*)"\r\n\r\n([^\r]*)\r\n/g)].map(([, name, value]) => `${name}=${value}`);
}

test.each<[string, ProviderWord, readonly string[]]>([
  ['a list with a limit', 'interlace', ['account-repayment', '--limit', '3']],
  ['every page of a list', 'finlend', ['pending-repayments', id, '--all']],
  ['keys that share a call', 'ekuaibao', ['repayment-records', 'ID_3HV7_Hq1zKw', 'ID_$x:y', 'ID_3HV7_Hq1zKw']],
])('--dry-run shows the request that a lookup sends first: %s', async (_, provider, args) => {
  answer = { status: 418 };
  const { requests } = await lookUp({ home, server, provider }, [...args, '--retries', '0']);
  const { stdout } = await lookUp({ home, server, provider }, [...args, '--dry-run']);
  const [shown = ''] = stdout.split('\n');
  expect(shown.replace('[redacted]', secrets.ekuaibao)).toBe(`GET ${server.origin}${requests[0]?.target}`);
});

test('--dry-run of a login sends no login either', async () => {
  const profile = { credentials: { email: 'ops@example.com', password: 'canary-password-0003' } };
  const { code, stdout, requests } = await lookUp({ home, server, provider: 'finlend', profile }, ['customer-repayments', id, '--dry-run']);
  expect([code, requests]).toEqual([0, []]);
  expect(stdout).toMatch(/^X-Auth-Token: \[redacted\]$/im);
  expect(stdout).not.toContain('canary');
});

test('--dry-run needs a key that is there to show', async () => {
  const ids = await home.write('ids.txt', `${id}\n`);
  const { code, stdout, stderr, requests } = await lookUp({ home, server, provider: 'crego' }, ['record', '--ids-from', ids, '--dry-run']);
  expect([code, stdout, requests]).toEqual([2, '', []]);
  expect(stderr).toMatch(/^error: crego record: --dry-run shows one request/);
});

test('--verbose tells of each request and answer on stderr, and changes nothing on stdout', async () => {
  answer = { body: `{"items":[{"id":"ID_1","amount":10.0,"title":"${secrets.ekuaibao}"}]}` };
  const quiet = await lookUp({ home, server, provider: 'ekuaibao' }, ['repayment-records', 'ID_1', '--csv', '--fields', 'id,amount']);
  const { stdout, stderr } = await lookUp({ home, server, provider: 'ekuaibao' }, [
    'repayment-records',
    'ID_1',
    '--csv',
    '--fields',
    'id,amount',
    '-v',
  ]);
  expect(stdout).toBe(quiet.stdout);
  const [sent, got] = stderr.split('\n');
  expect(sent).toBe(`> GET ${server.origin}/api/openapi/v1/loan/repaymentRecord/[ID_1]?accessToken=[redacted] (accept: application/json)`);
  expect(got).toMatch(/^< HTTP 200, \d+ bytes, application\/json, \d+ ms$/);
});

test('--verbose tells of retries', async () => {
  answer = { status: 503 };
  const { code, stderr, requests } = await lookUp({ home, server, provider: 'crego' }, ['record', id, '-v', '--retries', '1']);
  expect([code, requests.length]).toEqual([25, 2]);
  expect(stderr.split('\n').filter(line => line.startsWith('> GET '))).toHaveLength(2);
  expect(stderr.split('\n').filter(line => line.startsWith('< HTTP 503'))).toHaveLength(2);
});

test('--quiet leaves the error and nothing else', async () => {
  answer = { body: '{"id":"229fe24c-d840-48dc-959a-e0ff1479df35","brandNew":1}' };
  const found = await lookUp({ home, server, provider: 'crego' }, ['record', id, '-q', '--csv']);
  expect([found.code, found.stderr]).toEqual([0, '']);
  answer = { status: 404, body: '{"detail":"Not found."}' };
  const missing = await lookUp({ home, server, provider: 'crego' }, ['record', id, '-q']);
  expect([missing.code, missing.stderr]).toEqual([
    21,
    `error: crego record ${id}: not found (HTTP 404: Not found.)\nhint: asked ${new URL(server.origin).host}, profile test; in every system: loanq lookup ${id}\n`,
  ]);
});

describe('--raw', () => {
  test('is the body byte for byte', async () => {
    const body = Buffer.from('{ "id" : "229fe24c-d840-48dc-959a-e0ff1479df35",\r\n\t"amount": 1e2, "x": "\\u0041\u202e" }\n\n');
    answer = { body };
    await home.configure(configFor('crego', server.origin));
    const { code, bytes } = await run(['crego', 'record', id, '--raw'], { home });
    expect([code, bytes.equals(body)]).toEqual([0, true]);
  });

  test('only a loaded secret is masked in it', async () => {
    answer = { body: `{"id":"${id}","utr":"${secrets.crego}"}` };
    const { stdout } = await lookUp({ home, server, provider: 'crego' }, ['record', id, '--raw']);
    expect(stdout).not.toContain(secrets.crego);
    expect(stdout.startsWith(`{"id":"${id}","utr":"`)).toBe(true);
  });

  test('a refusal is a refusal', async () => {
    answer = { status: 404, body: '{"detail":"Not found."}' };
    expect(await lookUp({ home, server, provider: 'crego' }, ['record', id, '--raw'])).toMatchObject({ code: 21, stdout: '' });
  });

  test.each([
    ['several keys', ['record', id, wallet]],
    ['a format', ['record', id, '--json']],
    ['fields', ['record', id, '--fields', 'id']],
    ['an order', ['settlements', '--sort', 'amount']],
    ['all pages', ['settlements', '--all']],
    ['a limit', ['settlements', '--limit', '3']],
    ['masks', ['record', id, '--mask']],
    ['keys', ['record', id, '--with-request']],
  ])('knows no %s', async (_, args) => {
    const { code, stdout, requests } = await lookUp({ home, server, provider: 'crego' }, [...args, '--raw']);
    expect([code, stdout, requests]).toEqual([2, '', []]);
  });
});

test('people that a refusal names are hidden, in words and as an object', async () => {
  answer = { status: 400, body: '{"message":"ana.silva@example.com (CPF 123.456.789-09) has no record","code":"E9"}' };
  const words = await lookUp({ home, server, provider: 'crego' }, ['record', id, '-v']);
  expect(words.stderr.trimEnd().split('\n').at(-1)).toBe(
    `error: crego record ${id}: refused (HTTP 400 E9: a••••@example.com (CPF ••••09) has no record)`,
  );
  const json = await lookUp({ home, server, provider: 'crego' }, ['record', id, '--error-format', 'json']);
  expect(JSON.parse(json.stderr).error.message).toBe('refused (HTTP 400 E9: a••••@example.com (CPF ••••09) has no record)');
});
