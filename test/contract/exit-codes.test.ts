// Every exit code that scripts may rely on: one line says what failed, at most one what to do, and a lookup that fails leaves stdout
// empty. The first row of a code is run by the built program, as scripts do; how a process ends does not depend on the others.
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/core/exit-codes.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { ownHome, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, secrets } from '../runner/profiles.ts';
import { type Ran, run, runShell, start } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';
const never = new Promise<undefined>(() => undefined);
const record = (of: string) => `{"id":"${of}","amount":13442.0}`;

/** What the server does, by the first part of the profile's path. */
const answers: Readonly<Record<string, (target: string) => Answer | undefined | Promise<undefined>>> = {
  ok: target => ({ body: record(target.split('/').at(-2) ?? '') }),
  'one-of-two': target => (target.includes(id) ? { body: record(id) } : { status: 404, body: '{"detail":"Not found."}' }),
  unauthorised: () => ({ status: 401, body: '{"detail":"no"}' }),
  missing: () => ({ status: 404, body: '{"detail":"Not found."}' }),
  refused: () => ({ status: 418, body: '{"detail":"teapot","code":"T1"}', headers: { 'x-request-id': 'req-77' } }),
  busy: () => ({ status: 503, body: '' }),
  cut: () => undefined,
  page: () => ({ body: '<html><body>maintenance</body></html>' }),
  truncated: () => ({ body: '{"id":"229fe24c', headers: { 'content-type': 'application/json' } }),
  nothing: () => ({ body: '' }),
  null: () => ({ body: 'null' }),
  list: () => ({ body: '[]' }),
  text: () => ({ body: '"x"' }),
  empty: () => ({ body: '{}' }),
  twice: () => ({ body: `{"id":"${id}","amount":1,"amount":2}` }),
  nan: () => ({ body: `{"id":"${id}","amount":NaN}` }),
  'no-amount': () => ({ body: `{"id":"${id}","amount":"a lot"}` }),
  latin1: () => ({ body: Buffer.from(`{"id":"${id}","remark":"Cr\xe9dito"}`, 'latin1') }),
  deep: () => ({ body: `{"id":"${id}","payouts":${'['.repeat(5000)}${']'.repeat(5000)}}` }),
  swapped: () => ({ body: record(other) }),
  elsewhere: () => ({ status: 302, headers: { location: `https://evil.example/?token=${secrets.crego}` } }),
  unchanged: () => ({ status: 304 }),
  slow: () => never,
};
const home = await sharedHome();
const server = await startServer(({ target }) => answers[target.split('/')[1] ?? '']?.(target));
const profiles = Object.fromEntries(
  Object.keys(answers).map(name => [name, Object.values(configFor('crego', `${server.origin}/${name}`)).map(entry => entry.test)[0]]),
);
await home.configure({ profiles });
const nowhere = await sharedHome();
const broken = await sharedHome();
await broken.configure('{ "profiles": ');

const documentedMembers = [
  'code',
  'exit',
  'message',
  'provider',
  'endpoint',
  'keys',
  'status',
  'providerCode',
  'requestId',
  'retryable',
  'hint',
  'drift',
  'driftMore',
];

/** What every failure looks like on stderr, in words. */
function expectOneError({ stderr }: Pick<Ran, 'stderr'>): void {
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter(line => line.startsWith('error: '))).toHaveLength(1);
  expect(lines.filter(line => line.startsWith('hint: ')).length).toBeLessThanOrEqual(1);
  expect(stderr).not.toMatch(/^\s+at |\bnode:internal|\.ts:\d|\.js:\d/m);
  for (const secret of Object.values(secrets)) expect(stderr).not.toContain(secret);
}

/** The last line of stderr with `--error-format json`. */
function expectErrorObject({ stderr }: Pick<Ran, 'stderr'>, exit: number): Record<string, unknown> {
  const { error, ...more } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
  expect(more).toEqual({});
  expect(Object.keys(error).filter(name => !documentedMembers.includes(name))).toEqual([]);
  expect(exitCodes[error.code as keyof typeof exitCodes]).toMatchObject({ exit, retryable: error.retryable });
  expect(error.exit).toBe(exit);
  return error;
}

const lookups: readonly (readonly [exit: number, about: string, args: readonly string[], home?: typeof home])[] = [
  [2, 'an option that does not exist', ['crego', 'record', id, '--frobnicate']],
  [2, 'a command that does not exist', ['cregoo', 'record', id]],
  [2, 'a missing key', ['crego', 'record']],
  [2, 'a missing value', ['crego', 'record', id, '--out']],
  [2, 'a malformed key', ['crego', 'record', '../admin']],
  [2, 'a key too many', ['qitech', 'wallet-entry', id]],
  [2, 'two formats', ['crego', 'record', id, '--json', '-o', 'csv']],
  [2, 'a number out of bounds', ['crego', 'record', id, '--max-rate', '0']],
  [2, 'a number that is none', ['crego', 'record', id, '--timeout', '1e99']],
  [2, 'an option given twice', ['crego', 'record', id, '--tz', 'UTC', '--tz', 'Asia/Shanghai']],
  [2, 'a zone that does not exist', ['crego', 'record', id, '--tz', 'Mars/Olympus', '-p', 'ok']],
  [2, 'a field that does not exist', ['crego', 'record', id, '--fields', 'nope', '-p', 'ok']],
  [2, 'a reference in the place of an id', ['crego', 'record', 'REC0XAM2', '-p', 'ok']],
  [2, 'a secret on the command line', ['crego', 'record', id, '--token', 'abcdefgh']],
  [2, 'a help topic that does not exist', ['help', 'nonsense']],
  [4, 'a rejected credential', ['crego', 'record', id, '-p', 'unauthorised']],
  [20, 'no configuration at all', ['crego', 'record', id], nowhere],
  [20, 'a broken configuration', ['crego', 'record', id], broken],
  [20, 'a profile that does not exist', ['crego', 'record', id, '-p', 'nope']],
  [20, 'a profile of another provider', ['finlend', 'customer-repayments', id, '-p', 'ok']],
  [20, 'several profiles and no word which', ['crego', 'record', id]],
  [21, 'an unknown key', ['crego', 'record', id, '-p', 'missing']],
  [21, 'a code nobody explains', ['explain', 'NO-SUCH-CODE']],
  [22, 'another refusal', ['crego', 'record', id, '-p', 'refused']],
  [23, 'a directory that does not exist', ['crego', 'record', id, '-p', 'ok', '--out', 'no/such/dir/x.csv']],
  [25, 'a busy provider', ['crego', 'record', id, '-p', 'busy', '--retries', '0']],
  [25, 'a provider that takes too long', ['crego', 'record', id, '-p', 'slow', '--retries', '0', '--timeout', '0.2']],
  [26, 'a key file that is not there', ['crego', 'record', '--ids-from', 'missing.txt', '-p', 'ok']],
  [26, 'a saved answer that is not there', ['crego', 'record', '--input', 'no-such-file.json']],
  [27, 'a page of markup', ['crego', 'record', id, '-p', 'page']],
  [27, 'half an answer', ['crego', 'record', id, '-p', 'truncated', '--retries', '0']],
  [27, 'an empty answer', ['crego', 'record', id, '-p', 'nothing']],
  [27, 'null', ['crego', 'record', id, '-p', 'null']],
  [27, 'a list for an object', ['crego', 'record', id, '-p', 'list']],
  [27, 'text for an object', ['crego', 'record', id, '-p', 'text']],
  [27, 'an object of nothing', ['crego', 'record', id, '-p', 'empty']],
  [27, 'a key twice', ['crego', 'record', id, '-p', 'twice']],
  [27, 'NaN', ['crego', 'record', id, '-p', 'nan']],
  [27, 'an amount that is none', ['crego', 'record', id, '-p', 'no-amount']],
  [27, 'bytes that are not UTF-8', ['crego', 'record', id, '-p', 'latin1']],
  [27, 'a bottomless answer', ['crego', 'record', id, '-p', 'deep']],
  [27, 'the record of another key', ['crego', 'record', id, '-p', 'swapped']],
  [27, 'a status that makes no sense', ['crego', 'record', id, '-p', 'unchanged']],
  [28, 'a deadline', ['crego', 'record', id, '-p', 'slow', '--deadline', '0.3']],
  [60, 'a redirect', ['crego', 'record', id, '-p', 'elsewhere']],
];

const nothingSent = [2, 20, 23, 26];

describe.each([...new Set(lookups.map(([exit]) => exit))])('exit code %i', exit => {
  const rows = lookups.filter(row => row[0] === exit).map(([, about, args, own], at) => ({ about, args, own, isBuilt: at === 0 }));
  test.each(rows)('$about', async ({ args, own = home, isBuilt }) => {
    const before = server.requests.length;
    const program = isBuilt ? run : runInProcess;
    const words = await program(args, { home: own });
    expect({ code: words.code, stdout: words.stdout }).toEqual({ code: exit, stdout: '' });
    expectOneError(words);
    const json = await program([...args, '--error-format', 'json'], { home: own });
    expect({ code: json.code, stdout: json.stdout }).toEqual({ code: exit, stdout: '' });
    expectErrorObject(json, exit);
    expect(json.stderr).not.toContain('error: ');
    if (nothingSent.includes(exit)) expect(server.requests.length).toBe(before);
  });
});

test('0: a lookup, and an empty list', async () => {
  const found = await run(['crego', 'record', id, '-p', 'ok', '--fields', 'id,amount', '--csv'], { home });
  expect([found.code, found.stdout]).toEqual([0, `id,amount\r\n${id},13442.0\r\n`]);
  const empty = await runInProcess(['crego', 'settlements', '--input', '-', '--json'], {
    home,
    stdin: '{"count":0,"current_page":1,"page_size":15,"results":[]}',
  });
  expect([empty.code, empty.stdout]).toEqual([0, '[]\n']);
});

test('0 becomes 21 where a row is wanted', async () => {
  const args = ['crego', 'settlements', '--input', '-', '--fail-empty'];
  const { code, stderr } = await runInProcess(args, { home, stdin: '{"count":0,"current_page":1,"page_size":15,"results":[]}' });
  expect(code).toBe(21);
  expectOneError({ stderr });
});

test('1: a bug shows neither its own text nor its stack, unless asked to', async () => {
  const load = () => Promise.reject(new TypeError(`cannot read ${secrets.crego}`));
  const providers: ProviderTable = { crego: { title: 'Crego', load } };
  const said = await runInProcess(['crego', 'record', id], { home, providers });
  expect([said.code, said.stdout]).toEqual([1, '']);
  expect(said.stderr).toBe('error: a bug in loanq\nhint: run again with LOANQ_DEBUG=1 and report the stack trace\n');
  const debug = await runInProcess(['crego', 'record', id], { home, providers, env: { LOANQ_DEBUG: '1' } });
  expect(debug.stderr).toMatch(/^TypeError: cannot read/m);
});

test('22 names what the provider said, and how it can find the call', async () => {
  const { stderr } = await runInProcess(['crego', 'record', id, '-p', 'refused'], { home });
  expect(stderr).toBe(`error: crego record ${id}: refused (HTTP 418 T1: teapot) [request req-77]\n`);
  const json = await runInProcess(['crego', 'record', id, '-p', 'refused', '--error-format', 'json'], { home });
  expect(expectErrorObject(json, 22)).toEqual({
    code: 'refused',
    exit: 22,
    message: 'refused (HTTP 418 T1: teapot)',
    provider: 'crego',
    endpoint: 'record',
    keys: [id],
    status: 418,
    providerCode: 'T1',
    requestId: 'req-77',
    retryable: false,
  });
});

test('23: a full disk', async () => {
  const { code, stderr } = await runShell(`loanq crego record ${id} -p ok >/dev/full`, { home });
  expect(code).toBe(23);
  expectOneError({ stderr });
});

test('24: some keys delivered, some not; the counts add up', async () => {
  const args = ['crego', 'record', id, other, '-p', 'one-of-two', '--csv', '--fields', 'id'];
  const words = await run(args, { home });
  expect([words.code, words.stdout]).toEqual([24, `id\r\n${id}\r\n`]);
  expect(words.stderr).toMatch(/^2 keys: 1 delivered, 1 missing, 0 failed in \d+\.\d s \(2 requests, 0 retries\)$/m);
  const json = await runInProcess([...args, '--error-format', 'json'], { home });
  expectErrorObject(json, 24);
});

test('25: nothing listens there', async () => {
  const gone = await startServer(() => ({}));
  await gone.close();
  const own = await ownHome();
  await own.configure(configFor('crego', gone.origin));
  const ran = await runInProcess(['crego', 'record', id, '--retries', '0'], { home: own });
  expect([ran.code, ran.stdout]).toEqual([25, '']);
  expectOneError(ran);
});

test('29: another run writes the same output', async () => {
  const out = join(home.path, 'same.csv');
  const args = ['crego', 'record', id, other, '-p', 'slow', '--csv', '--out', out];
  const seen = server.requests.length;
  const first = start(args, { home });
  await server.arrived(seen + 1);
  const second = await run(args, { home });
  expect([second.code, second.stdout]).toEqual([29, '']);
  expectOneError(second);
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(143);
});

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a lookup with %i, and nothing on stdout', async (signal, exit) => {
  const seen = server.requests.length;
  const running = start(['crego', 'record', id, '-p', 'slow'], { home });
  await server.arrived(seen + 1);
  running.child.kill(signal);
  const ran = await running.ended;
  expect([ran.code ?? ran.signal, ran.stdout]).toEqual([exit, '']);
  expectOneError(ran);
});

test('141: the reader of a batch goes away', async () => {
  const keys = Array.from({ length: 3000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}\n`).join('');
  const running = start(['crego', 'record', '-', '-p', 'ok', '--json', '--concurrency', '32'], { home, stdin: keys });
  await once(running.child.stdout, 'data');
  running.child.stdout.destroy();
  const ran = await running.ended;
  expect([ran.code, ran.stderr]).toEqual([141, '']);
});

test('every code has a place in this file', () => {
  const elsewhere = [0, 1, 23, 24, 29, 129, 130, 141, 143];
  const produced = new Set([...lookups.map(([exit]) => exit), ...elsewhere]);
  expect([...produced].sort((a, b) => a - b)).toEqual(
    Object.values(exitCodes)
      .map(({ exit }) => exit)
      .sort((a, b) => a - b),
  );
});
