// Where the program runs must not matter: a broken configuration stops only what needs one, and no variable of the environment is missed.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { run, start } from '../runner/run.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const record = `{"id":"${id}","amount":13442.0}`;

/** Commands that need no configuration: arguments, and what stdout must show. */
const independent: readonly (readonly [args: string, shows: RegExp])[] = [
  ['--help', /^Usage: loanq/],
  ['help', /^Usage: loanq/],
  ['help output', /^Output\n/],
  ['help exit-codes', /^Exit codes\n/],
  ['help environment', /LOANQ_CREGO_TOKEN/],
  ['help profiles', /^Profiles\n/],
  ['help batch', /^Batch\n/],
  ['help options', /--max-rate/],
  ['crego --help', /record <ids\.\.\.>/],
  ['crego record --help', /^Usage: loanq crego record <ids\.\.\.>/],
  ['--version', /^\d+\.\d+\.\d+\n$/],
  ['-V', /^\d+\.\d+\.\d+\n$/],
  ['config --help', /path, init, list, check/],
  ['config path', /config\.json\n$/],
  ['endpoints', /GET {5}\/v1\/lms\/records\/\{id\}\//],
  ['endpoints --json', /"path": "\/v1\/lms\/records\/\{id\}\/"/],
  ['explain WRITEOFF', /\nWRITEOFF {2}repayment by write-off {2}ekuaibao /],
  ['explain 24', /\n24 {4}/],
  [`crego record ${id} --sandbox`, /REC0XAM2/],
  ['crego record --input -', new RegExp(id)],
];

describe('with a configuration that cannot be read', () => {
  test('what needs none works', async () => {
    const home = await ownHome();
    await home.configure('{ "profiles": ');
    const ran = await Promise.all(independent.map(([args]) => run(args.split(' '), { home, stdin: record })));
    for (const [at, [args, shows]] of independent.entries()) {
      expect({ args, code: ran[at]?.code }).toEqual({ args, code: 0 });
      expect(ran[at]?.stdout).toMatch(shows);
    }
  });

  test.each(['{ "profiles": ', '{"profiles":{"a":{"provider":"nobody"}}}', '\0\xff', ''])('what needs one says so: %j', async text => {
    const home = await ownHome();
    await home.configure(text);
    for (const args of ['config list', 'config check', 'auth status', `crego record ${id}`]) {
      const { code, stdout, stderr } = await runInProcess(args.split(' '), { home });
      expect({ args, code, stdout }).toEqual({ args, code: 20, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
    }
  });

  test('the sandbox serves, and ends with the signal that ended it', async () => {
    const home = await ownHome();
    await home.configure('{ "profiles": ');
    for (const [signal, exit] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const serving = start(['sandbox'], { home });
      await serving.saidOnStderr('Ctrl-C ends the sandbox');
      serving.child.kill(signal);
      const { code, stdout } = await serving.ended;
      expect(code).toBe(exit);
      expect(Object.keys(JSON.parse(stdout).defaults)).toEqual(['ekuaibao', 'finlend', 'crego', 'qitech', 'interlace']);
    }
  });
});

test('what the sandbox prints is a configuration that works', async () => {
  const home = await ownHome();
  const serving = start(['sandbox'], { home });
  await serving.saidOnStderr('Ctrl-C ends the sandbox');
  await home.configure(await serving.saidOnStdout('\n}\n'));
  const { code, stdout, stderr } = await run(['crego', 'record', id, '--csv', '--fields', 'id,amount'], { home });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `id,amount\r\n${id},13442.0\r\n`, stderr: '' });
  serving.child.kill('SIGTERM');
  await serving.ended;
});

test('the sandbox answers late, fails and takes its ports as it is told', async () => {
  const home = await ownHome();
  const lookUp = ['crego', 'record', id, '--csv', '--fields', 'id', '--retries', '0', '--timeout', '0.5'];
  const told = async (...options: string[]) => {
    const serving = start(['sandbox', ...options], { home });
    await serving.saidOnStderr('Ctrl-C ends the sandbox');
    const text = await serving.saidOnStdout('\n}\n');
    await home.configure(text);
    const { code, stderr } = await run(lookUp, { home });
    serving.child.kill('SIGTERM');
    await serving.ended;
    return { code, stderr, ports: [...text.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port)) };
  };
  const late = await told('--latency', '60000');
  expect([late.code, late.stderr]).toEqual([25, expect.stringContaining('0.5 s')]);
  expect((await told('--fault-rate', '1')).code).not.toBe(0);
  const from = await freePorts(5);
  const { code, ports } = await told('--port', `${from}`);
  expect([code, [...new Set(ports)].sort()]).toEqual([0, [0, 1, 2, 3, 4].map(at => from + at)]);
});

/** The first of so many free ports in a row. */
async function freePorts(count: number): Promise<number> {
  for (let first = 20_000; ; first += 97) {
    const servers = Array.from({ length: count }, (_, at) => createServer().listen(first + at, '127.0.0.1'));
    const isFree = await Promise.all(servers.map(server => once(server, 'listening').then(Boolean, () => false)));
    for (const server of servers) server.close();
    if (isFree.every(Boolean)) return first;
  }
}

test.each([
  ['without HOME', { HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined }],
  ['with a HOME that does not exist', { HOME: '/nonexistent', XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined }],
  ['with relative XDG directories', { XDG_CONFIG_HOME: 'here', XDG_STATE_HOME: 'there' }],
  ['with a bare environment', { PATH: undefined, LANG: undefined, TZ: undefined, TERM: undefined, SHELL: undefined }],
  ['in a C locale', { LANG: 'C', LC_ALL: 'POSIX' }],
])('%s', async (_, env) => {
  const { code, stdout, stderr } = await run(['crego', 'record', id, '--sandbox', '--csv', '--fields', 'id'], { env });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `id\r\n${id}\r\n`, stderr: '' });
});

test('alone and without a terminal it shows what there is, as a message', async () => {
  for (const options of [{}, { env: { CI: '1' } }]) {
    const { code, stdout, stderr } = await run([], options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: loanq/);
  }
});
