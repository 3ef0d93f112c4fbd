// `loanq api`: what is asked for, what is refused before anything is sent, and what becomes of answers that nobody has described.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ownHome, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';

let answer: (target: string) => Answer = () => ({ body: '{}' });
const server = await startServer(({ target }) => answer(target));
const home = await sharedHome();
const profiles = {
  c: { provider: 'crego', baseUrl: `${server.origin}/pre`, credentials: { token: 'canary-000417' } },
  i: { provider: 'interlace', baseUrl: server.origin, credentials: { accessToken: 'canary-000418' } },
  f: { provider: 'finlend', baseUrl: server.origin, customerIp: '203.0.113.7', credentials: { token: 'canary-000419' } },
  e: { provider: 'ekuaibao', baseUrl: server.origin, credentials: { accessToken: 'canary-000420' } },
  q: { provider: 'qitech', baseUrl: server.origin, credentials: { clientKey: 'x', privateKey: 'canary-000421' } },
};
await home.configure({ profiles });
const asked = async (args: readonly string[], at = home) => {
  const before = server.requests.length;
  const said = await runInProcess(['api', ...args], { home: at });
  return { ...said, requests: server.requests.slice(before) };
};
const targets = (requests: readonly { method: string; target: string }[]) => requests.map(({ method, target }) => `${method} ${target}`);

beforeEach(() => {
  answer = () => ({ body: '{"results":[{"id":"L-1","amount":10.0,"borrower":{"phone":"+49 30 1234567"}},{"id":"L-2","amount":2}]}' });
});

describe('a path below the base URL of the profile', () => {
  test('is asked for with its credentials, by GET, byte for byte', async () => {
    const { code, stdout, requests } = await asked([
      '/v1/lms/loans/',
      '-p',
      'c',
      '--query',
      'status=a b&c',
      '--query',
      'empty=',
      '-o',
      'ndjson',
    ]);
    expect([code, stdout]).toEqual([0, '{"id":"L-1","amount":10.0,"borrower":{"phone":"+49 30 1234567"}}\n{"id":"L-2","amount":2}\n']);
    expect(targets(requests)).toEqual(['GET /pre/v1/lms/loans/?status=a%20b%26c&empty=']);
    expect(requests[0]?.headers.authorization).toBe('Bearer canary-000417');
    expect(requests[0]?.body.length).toBe(0);
  });

  test('table and record take their columns from the data, personal values masked; csv wants to be told which', async () => {
    expect((await asked(['crego', '/v1/x'])).stdout).toBe('id   amount  borrower.phone\nL-1    10.0  ••••67\nL-2       2\n');
    expect((await asked(['/v1/x', '-p', 'c', '--csv', '--fields', 'id,amount'])).stdout).toBe('id,amount\r\nL-1,10.0\r\nL-2,2\r\n');
    const none = await asked(['/v1/x', '-p', 'c', '--csv']);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('the first answer has id, amount, borrower.phone\n');
  });

  test('the provider is that of the profile, of LOANQ_PROFILE, or named', async () => {
    const several = await asked(['/v1/x']);
    expect([several.code, several.stderr, several.requests]).toEqual([
      2,
      'error: api needs a profile (-p) or a provider\nhint: name the provider before the path: ekuaibao, finlend, crego, qitech, interlace\n',
      [],
    ]);
    const named = await runInProcess(['api', '/v1/x', '-q'], { home, env: { LOANQ_PROFILE: 'c' } });
    expect(named.code).toBe(0);
    expect((await asked(['/v1/x', '-p', 'nope'])).code).toBe(20);
    expect((await asked(['interlace', '/v1/x', '-p', 'c'])).code).toBe(20);
    expect((await asked(['nowhere', '/v1/x'])).code).toBe(2);
    expect((await asked(['crego'])).stderr).toContain('missing path');
    const own = await ownHome();
    await own.configure({ profiles: { only: profiles.c } });
    expect((await asked(['/v1/x', '-q'], own)).code).toBe(0);
  });

  test('rows: where the answer usually has them, where --rows says, or the whole of it', async () => {
    const rows = async (body: string, ...more: readonly string[]) => {
      answer = () => ({ body });
      return (await asked(['/open-api/v3/x', '-p', 'i', '-o', 'ndjson', '-q', ...more])).stdout;
    };
    expect(await rows('[{"a":1},{"a":2}]')).toBe('{"a":1}\n{"a":2}\n');
    expect(await rows('{"code":"000000","data":[{"a":1}]}')).toBe('{"a":1}\n');
    expect(await rows('{"code":"000000","data":{"list":[{"a":1}],"total":"1"}}')).toBe('{"a":1}\n');
    expect(await rows('{"code":"000000","data":{"a":1}}')).toBe('{"a":1}\n');
    expect(await rows('{"a":1,"nested":{"rows":[{"b":1}]}}', '--rows', 'nested.rows')).toBe('{"b":1}\n');
    expect(await rows('{"items":[{"b":1}],"a":1}', '--rows', '.')).toBe('{"items":[{"b":1}],"a":1}\n');
    expect(await rows('{"a":1}', '--rows', 'nope')).toBe('');
  });

  test('--raw is the body as it came, JSON or not', async () => {
    answer = () => ({ body: 'id;amount\n1;2\n', headers: { 'content-type': 'text/csv' } });
    expect((await asked(['/v1/x', '-p', 'c', '--raw'])).stdout).toBe('id;amount\n1;2\n');
    expect((await asked(['/v1/x', '-p', 'c'])).code).toBe(27);
    answer = () => ({ status: 404, body: '{"detail":"no such loan"}' });
    expect((await asked(['/v1/x', '-p', 'c', '--raw'])).code).toBe(21);
  });

  test('--dry-run shows the request and sends none; the audit trail names the path', async () => {
    const dry = await asked(['/v1/x', '-p', 'c', '--query', 'a=b', '--dry-run']);
    expect([dry.code, dry.requests]).toEqual([0, []]);
    expect(dry.stdout).toContain(`GET ${server.origin}/pre/v1/x?a=b\n`);
    expect(dry.stdout).toContain('Authorization: [redacted]');
    const own = await ownHome();
    const audit = join(own.path, 'audit.jsonl');
    await own.configure({ audit, profiles });
    await asked(['/v1/x', '-p', 'c', '--query', 'a=b'], own);
    expect(JSON.parse(await readFile(audit, 'utf8'))).toMatchObject({
      profile: 'c',
      provider: 'crego',
      endpoint: 'api /v1/x',
      keys: { a: 'b' },
      outcome: 'delivered',
    });
  });

  test('carries what most calls of the provider carry', async () => {
    answer = () => ({ body: '{"data":[]}' });
    const { requests } = await asked(['/api/v1/x', '-p', 'f', '-q']);
    expect(requests[0]?.headers).toMatchObject({ platform: 'fincode', 'x-fapi-customer-ip-address': '203.0.113.7' });
    expect(requests[0]?.headers['x-idempotency-key']).toMatch(/^[\da-f]{8}-/);
    const said = await asked([
      'finlend',
      '/api/v1/services/user/manage-loans/123e4567-e89b-12d3-a456-426614174000',
      '--sandbox',
      '-o',
      'ndjson',
    ]);
    expect([said.code, said.stdout.split('\n').length]).toEqual([0, 2]);
  });

  test('errors name the path, and exit codes are those of every call', async () => {
    answer = () => ({ status: 400, body: '{"loan":["Is not known."]}' });
    const { code, stderr } = await asked(['/v1/x', '-p', 'c']);
    expect([code, stderr]).toEqual([22, 'error: crego api /v1/x: refused (HTTP 400: loan: Is not known.)\n']);
    answer = () => ({ body: '{"code":"010021","message":"no balance"}' });
    expect((await asked(['/open-api/v3/x', '-p', 'i'])).code).toBe(22);
    answer = () => ({ body: '{"id":"A-1","status":"ACTIVE"}' });
    expect((await asked(['/api/v6/x', '-p', 'f', '-o', 'ndjson'])).stdout).toBe('{"id":"A-1","status":"ACTIVE"}\n');
  });
});

describe('pages', () => {
  const rows = (count: number, from: number) => Array.from({ length: count }, (_, at) => ({ id: from + at }));

  test('--all reads with the parameters that the provider uses elsewhere', async () => {
    answer = target => {
      const page = Number(new URL(target, 'http://x').searchParams.get('page') ?? 1);
      return { body: JSON.stringify({ count: 37, current_page: page, page_size: 15, results: rows(page === 3 ? 7 : 15, page * 100) }) };
    };
    const { stdout, requests } = await asked(['/v1/x', '-p', 'c', '--all', '-o', 'ndjson']);
    expect([stdout.trimEnd().split('\n').length, targets(requests)]).toEqual([
      37,
      ['GET /pre/v1/x', 'GET /pre/v1/x?page=2', 'GET /pre/v1/x?page=3'],
    ]);
    const first = await asked(['/v1/x', '-p', 'c', '-o', 'ndjson']);
    expect(first.stderr).toBe('15 of 37 api /v1/x · all: --all\n');
  });

  test('by offset; none is made up for a call that asks for one answer', async () => {
    answer = target => ({
      body: JSON.stringify({ items: rows(target.includes('start=100') ? 3 : 100, target.includes('start=100') ? 100 : 0), count: 103 }),
    });
    const { stdout, requests } = await asked(['/api/openapi/v1/x', '-p', 'e', '--all', '-o', 'ndjson']);
    expect([stdout.trimEnd().split('\n').length, requests.length]).toEqual([103, 2]);
    const one = await asked(['/api/openapi/v1/x', '-p', 'e', '-o', 'ndjson']);
    expect(targets(one.requests)).toEqual(['GET /api/openapi/v1/x?accessToken=canary-000420']);
    const limited = await asked(['/api/openapi/v1/x', '-p', 'e', '--limit', '5', '-o', 'ndjson', '-q']);
    expect(limited.stdout.trimEnd().split('\n').length).toBe(5);
  });

  test('are not guessed where nothing is known', async () => {
    const { code, stderr, requests } = await asked(['/x', '-p', 'q', '--all']);
    expect([code, requests]).toEqual([2, []]);
    expect(stderr).toContain('it is not known how qitech cuts lists into pages');
  });
});

describe('refused, and nothing is sent', () => {
  test.each([
    'https://evil/x',
    'http:evil',
    '//evil/x',
    '/../x',
    '/..',
    '/a/..//x',
    '/a/./x',
    '/a//x',
    '\\x',
    '/\\evil/x',
    '/a\\..\\x',
    '/%2e%2e/x',
    '/a/%2E/x',
    '/a%2fx',
    '/a%5cx',
    '/a%252e%252e/x',
    '/a%00x',
    '/a%0d%0aHost:evil',
    '/a\r\nHost: evil',
    '/a\nx',
    '/a\tx',
    '/a\u0000x',
    '/a x',
    '/a#x',
    '/a?x=1',
    '/a%3fx',
    '/a%zz',
    '/{id}',
    '/ä',
    '/..;/x',
    '/a/..;v=1/..;/x',
    '/a/.;/x',
    '/a/..%3b/x',
    '/a/;/x',
    '/a%ff',
    '@evil/x',
    `/${'x'.repeat(2000)}`,
    'x',
    '',
  ])('%j', async path => {
    for (const words of [
      [path, '-p', 'c'],
      ['crego', path],
    ]) {
      const { code, stdout, requests } = await asked(words);
      expect([code, stdout, requests]).toEqual([2, '', []]);
    }
  });

  test.each([
    ['c', '/v1/accounts/A-1/refresh_limit/', 'it triggers work'],
    ['c', '/v1/topups/T-1/Re-Run-Checks', 'it triggers work'],
    ['c', '/v1/topups/T-1/re%72un_checks/', 'it triggers work'],
    ['c', '/v1/loans/export-cashback/', 'it starts an export'],
    ['f', '/api/v1/services/user/verify-bank-account/044/0123456789', 'it asks a bank'],
    ['f', '/api/v6/services/securitymanagement/login', 'it is a step of a login'],
    ['i', '/open-api/v3/cards/C-1', 'it shows the data of a card'],
    ['i', '/open-api/v3/c%61rds/C-1/', 'it shows the data of a card'],
    ['i', '/open-api/v3/oauth/authorize', 'it is a step of a login'],
    // Parameters of a segment, which many servers drop.
    ['i', '/open-api/v3/oauth/authorize;v=1', 'it is a step of a login'],
    ['i', '/open-api/v3/oauth;a/authorize%3Bb', 'it is a step of a login'],
    ['i', '/open-api/v3/cards;a/C-1', 'it shows the data of a card'],
    ['f', '/api/v1/services/user/verify-bank-account;a/044/0123456789', 'it asks a bank'],
    // A base URL may hold the beginning of a path.
    ['i', '/v3/oauth/authorize/', 'it is a step of a login'],
    ['i', '/cards/C-1', 'it shows the data of a card'],
  ])('%s: %s', async (profile, path, why) => {
    const { code, stderr, requests } = await asked([path, '-p', profile]);
    expect([code, requests]).toEqual([2, []]);
    expect(stderr).toContain(`is never asked for: ${why}`.replace('it triggers work', 'by its name it triggers work'));
  });

  test('what lies beside such paths is asked for', async () => {
    answer = () => ({ body: '{"data":[]}' });
    for (const path of [
      '/open-api/v3/cards/wallets',
      '/open-api/v3/cards/transaction-list',
      '/open-api/v3/cards/C-1/card-summary',
      '/open-api/v3/cards',
    ]) {
      expect((await asked([path, '-p', 'i', '-q'])).requests.length).toBe(1);
    }
    expect((await asked(['/api/openapi/v1/loan/[a,b];v=1/$x:y/', '-p', 'e', '-q'])).requests.length).toBe(1);
  });

  test('another method, a body, a credential, a parameter that is none', async () => {
    for (const words of [
      ['POST', '/v1/x', '-p', 'c'],
      ['/v1/x', '-p', 'c', '-X', 'POST'],
      ['/v1/x', '-p', 'c', '--method', 'POST'],
      ['/v1/x', '-p', 'c', '--request', 'DELETE'],
      ['/v1/x', '-p', 'c', '--data', '{}'],
      ['/v1/x', '-p', 'c', '--json={}'],
      ['POST /v1/x', '-p', 'c'],
      ['/v1/x', '-p', 'e', '--query', 'accessToken=mine'],
      ['/v1/x', '-p', 'c', '--query', 'a'],
      ['/v1/x', '-p', 'c', '--query', '=b'],
      ['/v1/x', '-p', 'c', '--query', 'a=b\r\nc'],
      ['/v1/x', '-p', 'c', '--query', 'a=1', '--query', 'a=2'],
      ['/v1/x', '-p', 'c', '--ids-from', 'x'],
      ['/v1/x', '/v1/y', '/v1/z', '-p', 'c'],
    ]) {
      const { code, stdout, requests } = await asked(words);
      expect([words, code, stdout, requests]).toEqual([words, 2, '', []]);
    }
  });
});

test('the sandbox answers its own paths; help warns of GETs that are none', async () => {
  const { code, stdout } = await asked([
    'crego',
    '/v1/lms/settlements/',
    '--sandbox',
    '--limit',
    '2',
    '--csv',
    '--fields',
    'id,amount',
    '--no-header',
    '-q',
  ]);
  expect([code, stdout.split('\r\n').length]).toEqual([0, 3]);
  expect((await asked(['/v1/x', '--sandbox'])).code).toBe(2);
  const help = (await asked(['--help'])).stdout;
  expect(help).toContain('Usage: loanq api [options] [provider] [path]');
  expect(help).toContain('at Crego some trigger work');
});

test('a secret that a provider takes for the name of a member is hidden whole, also where names are cut', async () => {
  const own = await ownHome();
  const token = `canary-${'0123456789'.repeat(9)}`;
  await own.configure({ profiles: { c: { ...profiles.c, credentials: { token } } } });
  answer = () => ({ body: JSON.stringify([{ id: 'a', [token]: 1 }]) });
  const { code, stderr } = await asked(['/x', '--csv'], own);
  expect(code).toBe(2);
  expect(stderr).toBe(
    'error: crego api /x: -o csv wants --fields: no page prints the fields of api /x; the first answer has id, [redacted]\n' +
      'hint: name the columns with --fields a,b,c, or take -o ndjson, which has them all\n',
  );
});
