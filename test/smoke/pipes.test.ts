// The built program between other programs: slow readers, readers that go away, closed and full outputs.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readSync, watch, writeSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcher } from '../runner/app.ts';
import { ownHome, sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { run, runShell, start } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const idAt = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const rowCount = 5_000;
const rows = Array.from({ length: rowCount }, (_, at) => `{"id":"${idAt(at)}","amount":${at}.10,"remaining_amount":"${'é'.repeat(80)}"}`);
// A page many times as large as a pipe, told in one answer; `remaining_amount` is no amount on purpose of the byte filter only.
const page = `{"count":${rowCount},"current_page":1,"page_size":${rowCount},"results":[${rows.map(row => row.replace('"remaining_amount"', '"note"')).join(',')}]}`;

const remark = 'r'.repeat(4_000);
const home = await sharedHome();
const server = await startServer(({ target }) =>
  target.startsWith('/v1/lms/settlements')
    ? { body: page }
    : { body: `{"id":"${target.split('/')[4]}","amount":1.0,"remark":"${remark}"}` },
);
await home.configure(configFor('crego', server.origin));
const id = idAt(7);

test('a reader that is slow gets every byte', async () => {
  const out = join(home.path, 'all.json');
  const whole = await run(['crego', 'settlements', '--json', '-q', '--out', out], { home });
  expect([whole.code, whole.stdout, whole.stderr]).toEqual([0, '', '']);
  const bytes = await readFile(out);
  expect(bytes.length).toBeGreaterThan(1_250_000);
  expect(JSON.parse(bytes.toString())).toHaveLength(rowCount);
  const slow = await runShell('set -o pipefail; loanq crego settlements --json -q | { sleep 1; sha256sum; }', { home });
  expect([slow.code, slow.stderr]).toEqual([0, '']);
  expect(slow.stdout.split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a reader that reads a little at a time gets every byte, too', async () => {
  const running = start(['crego', 'settlements', '--csv', '-q'], { home });
  // Node's reader takes at most 64 KiB at a time; pausing after each makes the writer wait for it again and again.
  running.child.stdout.on('data', () => {
    running.child.stdout.pause();
    setImmediate(() => running.child.stdout.resume());
  });
  const { code, stdout, stderr } = await running.ended;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\r\n')).toHaveLength(rowCount + 2);
  expect(stdout.endsWith('\r\n')).toBe(true);
});

describe('a reader that goes away', () => {
  test.each([
    ['a large answer', 'crego settlements --json -q'],
    ['a small answer', `crego record ${id} --json -q`],
    ['help', 'help options'],
    ['a list of codes', 'explain'],
  ])('is a quiet end of %s', async (_, args) => {
    const { code, stderr, stdout } = await runShell(`loanq ${args} | head -n 1; echo "\${PIPESTATUS[0]}"`, { home });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toMatch(/\n0\n$/);
  });

  test('before the first byte, likewise', async () => {
    const before = server.requests.length;
    const { stdout, stderr } = await runShell(`loanq crego record ${id} -q | true; echo "\${PIPESTATUS[0]}"`, { home });
    expect([stdout, stderr, server.requests.length - before]).toEqual(['0\n', '', 1]);
  });

  test('ends a batch with 141 and no word', async () => {
    const keys = await home.write('many.txt', Array.from({ length: 200 }, (_, at) => `${idAt(at)}\n`).join(''));
    const { stdout, stderr } = await runShell(
      `loanq crego record --ids-from '${keys}' --csv --fields id,remark --concurrency 8 | head -n 2; echo "\${PIPESTATUS[0]}"`,
      { home },
    );
    expect([stdout, stderr]).toEqual([`id,remark\r\n${idAt(0)},${remark}\r\n141\n`, '']);
  });

  test('of stderr does not end a lookup', async () => {
    const { code, stdout } = await runShell(`loanq crego record ${id} -v --csv --fields id 2> >(true)`, { home });
    expect([code, stdout]).toEqual([0, `id\r\n${id}\r\n`]);
  });
});

describe('a full device', () => {
  test.each([
    ['a table', `crego record ${id}`],
    ['JSON', `crego record ${id} --json`],
    ['more than fits a pipe', 'crego settlements --csv'],
    ['a saved answer', 'crego record --input -'],
    ['a dry run', `crego record ${id} --dry-run`],
    ['the raw answer', `crego record ${id} --raw`],
    ['a batch', `crego record ${id} ${idAt(8)} --csv`],
    ['endpoints', 'endpoints'],
    ['explain', 'explain'],
  ])('%s ends with 23', async (_, args) => {
    const { code, stderr } = await runShell(`loanq ${args} -q >/dev/full`, { home, stdin: `{"id":"${id}"}` });
    expect(code).toBe(23);
    expect(stderr.split('\n').filter(line => line.startsWith('error: '))).toHaveLength(1);
    expect(stderr).toMatch(/^error: [^\n]*standard output[^\n]*$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each(['--help', 'help options', 'crego record --help', '--version'])('%s ends with 23', async args => {
    const { code, stderr } = await runShell(`loanq ${args} >/dev/full`, { home });
    expect(code).toBe(23);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });
});

describe('closed from the start', () => {
  test('stdin', async () => {
    const { code, stdout, stderr } = await runShell(`loanq crego record ${id} --csv --fields id <&-`, { home });
    expect([code, stdout]).toEqual([0, `id\r\n${id}\r\n`]);
    expect(stderr).not.toMatch(/error/);
    const keys = await runShell('loanq crego record - --csv --fields id <&-', { home });
    expect([keys.code, keys.stderr]).toEqual([26, expect.stringMatching(/^error: [^\n]+\n/)]);
  });

  test('stdout: a batch refuses before it asks for anything', async () => {
    const before = server.requests.length;
    const { code, stderr } = await runShell(`loanq crego record ${id} ${idAt(8)} --csv >&-`, { home });
    expect([code, server.requests.length]).toEqual([23, before]);
    expect(stderr).toMatch(/^error: [^\n]*closed\n/);
  });

  test('stderr', async () => {
    const { code, stdout } = await runShell(`loanq crego record ${id} -v --csv --fields id 2>&-`, { home });
    expect([code, stdout]).toEqual([0, `id\r\n${id}\r\n`]);
    expect((await runShell('loanq crego record nonsense 2>&-', { home })).code).toBe(2);
  });

  test('everything', async () => {
    const before = server.requests.length;
    const { code } = await runShell(`loanq crego record ${id} <&- 2>&- >&-`, { home });
    // Node opens /dev/null in the place of streams that are not there.
    expect([code, server.requests.length - before]).toEqual([0, 1]);
  });
});

test('output to a file by the shell is complete, and appends where the shell says so', async () => {
  const own = await ownHome();
  await own.configure(configFor('crego', server.origin));
  const { code, stdout } = await runShell(
    `loanq crego record ${id} --csv --fields id,amount > a.csv; loanq crego record ${id} --csv --fields id,amount --no-header >> a.csv; cat a.csv`,
    { home: own },
  );
  expect([code, stdout]).toEqual([0, `id,amount\r\n${id},1.0\r\n${id},1.0\r\n`]);
});

test.runIf(hasPrograms({ jq: 'jq' }))('jq reads what comes out', async () => {
  const { code, stdout, stderr } = await runShell(`loanq crego record ${id} --json -q | jq -r '.[0].id'`, { home });
  expect([code, stdout, stderr]).toEqual([0, `${id}\n`, '']);
});

test('the version waits for room in a pipe that does not wait itself', async () => {
  const [fifo, met] = [join(home.path, 'full'), join(home.path, 'met')];
  execFileSync('mkfifo', [fifo]);
  const probe = join(home.path, 'full.cjs');
  await writeFile(
    probe,
    `const fs = require('node:fs'), real = fs.writeSync;
fs.writeSync = (fd, ...rest) => {
  try { return real(fd, ...rest); } catch (error) { fs.writeFileSync(${JSON.stringify(met)}, error.code); throw error; }
};`,
  );
  const descriptor = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  const watched = watch(home.path);
  try {
    expect(() => {
      for (;;) writeSync(descriptor, 'x'.repeat(4096));
    }).toThrow('EAGAIN');
    // Node itself would make the first three descriptors of its children wait.
    const env = { ...process.env, NODE: process.execPath, LAUNCHER: launcher(), NODE_OPTIONS: `--require ${probe}` };
    const line = 'exec "$NODE" "$LAUNCHER" --version >&3';
    const child = spawn('bash', ['-c', line], { stdio: ['ignore', 'ignore', 'inherit', descriptor], env });
    const ended = once(child, 'exit');
    while (!existsSync(met)) await once(watched, 'change');
    // Room is made only now: the line that had none is not lost.
    const buffer = Buffer.alloc(1024 * 1024);
    expect(buffer.toString('latin1', 0, readSync(descriptor, buffer))).toMatch(/^x+$/);
    expect([...(await ended), await readFile(met, 'utf8')]).toEqual([0, null, 'EAGAIN']);
    expect(buffer.toString('latin1', 0, readSync(descriptor, buffer))).toMatch(/^x*\d+\.\d+\.\d+\n$/);
  } finally {
    watched.close();
    closeSync(descriptor);
  }
});
