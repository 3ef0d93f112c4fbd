// A batch that is ended from outside, whatever it happens to wait for: at once, with its rows whole and its keys accounted for.
import { constants, existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { run, runShell, start } from '../runner/run.ts';
import { csvOf, record, type Special, startCrego } from './crego.ts';
import { type OpenRun, startOpen } from './open-run.ts';
import { key, keyFile } from './storm.ts';

const home = await sharedHome();
const csv = ['--csv', '--fields', 'id,amount'];
const never: Promise<undefined> = new Promise(() => undefined);

/** Starts a server with this behaviour and points the configuration at it. */
async function crego(special?: Special) {
  const server = await startCrego(special);
  await home.configure(configFor('crego', server.origin));
  return server;
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends a run that waits for keys, and leaves what it delivered', async (signal, code) => {
    await crego();
    const running = startOpen(['crego', 'record', '-', ...csv], home);
    running.child.stdin.write(`${key(1)}\n`);
    await outputs(running, csvOf(key(1)));
    running.child.kill(signal);
    const { stderr, ...ended } = await running.ended;
    expect(ended).toEqual({ code, signal: null });
    expect(stderr).toMatch(
      new RegExp(`error: ended by ${signal}\\n1 key: 1 delivered, 0 missing, 0 failed in .* s \\(1 requests, 0 retries\\)\\n$`),
    );
  });

  const waits: readonly (readonly [string, readonly string[], Special])[] = [
    ['an answer', [], () => never],
    ['the next try', [], () => ({ status: 503, headers: { 'retry-after': '60' } })],
    ['its rate', ['--max-rate', '0.1'], () => undefined],
  ];

  it.each(waits)('ends a run that waits for %s', async (_, more, special) => {
    const server = await crego(special);
    await home.write('work/keys', keyFile(40));
    const running = start(['crego', 'record', '--ids-from', 'keys', ...csv, ...more], { home });
    await server.arrived(more.length > 0 ? 10 : 4);
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, signal: null });
  });

  it('ends a run whose reader has stopped reading', async () => {
    const large = (id: string) => ({ body: `{"id":"${id}","remark":"${'x'.repeat(200_000)}"}` });
    const server = await crego(large);
    const running = startOpen(['crego', 'record', '-', '-o', 'ndjson'], home);
    running.child.stdout.pause();
    running.child.stdin.write(keyFile(200));
    // Far enough for rows to have been written: a request goes out before the answer ahead of it is looked at.
    await server.arrived(20);
    running.child.kill('SIGTERM');
    const { code, signal } = await running.ended;
    expect(code ?? signal).toBe('SIGTERM');
  });
});

async function outputs(running: OpenRun, text: string): Promise<void> {
  for (let seen = ''; seen !== text; seen += await running.nextOutput()) expect(text.startsWith(seen)).toBe(true);
}

describe('a wait for another program ends with the run', () => {
  const large = (id: string) => ({ body: `{"id":"${id}","remark":"${'x'.repeat(600_000)}"}` });

  /** A run whose reader has stopped reading. */
  function startUnread(args: readonly string[]) {
    const running = startOpen(['crego', 'record', ...args], home);
    onTestFinished(() => void running.child.kill('SIGKILL'));
    running.child.stdout.pause();
    return running;
  }

  it.each([
    ['rows', ['-', '-o', 'ndjson']],
    ['a table at the end', ['-', '-o', 'table', '--fields', 'id,remark']],
    ['sorted rows', ['-', '-o', 'ndjson', '--sort', 'id']],
    ['one record', [key(1), '-o', 'json']],
    ['a body', [key(1), '--raw']],
  ])('for the reader of %s: --deadline is 28, a signal is a signal', async (_, args) => {
    const server = await crego(large);
    const late = startUnread([...args, '--deadline', '2']);
    late.child.stdin.end(keyFile(10));
    const { code, stderr } = await late.ended;
    expect(code).toBe(28);
    expect(stderr).toContain('error: crego record: the deadline of 2 s has passed\n');
    const before = server.asked.length;
    const interrupted = startUnread(args);
    interrupted.child.stdin.end(keyFile(10));
    await server.arrived(before + (args[0] === '-' ? 10 : 1));
    interrupted.child.kill('SIGTERM');
    const ended = await interrupted.ended;
    expect(String(ended.code ?? ended.signal)).toMatch(/^(143|SIGTERM)$/);
  });

  const hasFifos = hasPrograms({ mkfifo: 'coreutils' });

  it.runIf(hasFifos)('for the reader of the errors', async () => {
    const server = await crego(() => ({ status: 404, body: '{}' }));
    await makeFifo('unread');
    await home.write('work/keys', keyFile(2000));
    const unread = await open(join(home.cwd, 'unread'), constants.O_RDONLY | constants.O_NONBLOCK);
    onTestFinished(() => unread.close());
    const args = ['crego', 'record', '--ids-from', 'keys', ...csv, '--errors', 'unread'];
    expect(await run([...args, '--deadline', '2'], { home })).toMatchObject({ code: 28 });
    const before = server.asked.length;
    const running = start(args, { home });
    // The pipe is full by now: of 64 keys ahead, one has been taken.
    await server.arrived(before + 65);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 143 });
  });

  it.runIf(hasFifos)('for keys from a FIFO that nobody writes', async () => {
    await crego();
    await makeFifo('silent');
    const args = ['crego', 'record', '--ids-from', 'silent', ...csv];
    expect(await run([...args, '--deadline', '0.5'], { home })).toMatchObject({ code: 28 });
    const running = start(args, { home });
    await readerOf('silent');
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 143 });
  });

  it.runIf(hasFifos)('for the rest of the keys, also when another thing ended it', async () => {
    await crego(() => ({ status: 401, body: '{}' }));
    await makeFifo('open');
    const running = start(['crego', 'record', '--ids-from', 'open', ...csv], { home });
    const writer = await open(join(home.cwd, 'open'), 'w');
    await writer.write(`${key(1)}\n`);
    expect(await running.ended).toMatchObject({ code: 4 });
    await writer.close();
  });

  it.runIf(hasFifos)('for a saved answer from a FIFO that nobody writes', async () => {
    await makeFifo('answer');
    const args = ['crego', 'record', '--input', 'answer', ...csv];
    expect(await run([...args, '--deadline', '0.5'], { home })).toMatchObject({ code: 28 });
    const running = start(args, { home });
    await readerOf('answer');
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130 });
  });

  it.runIf(hasFifos)('for an export that is a FIFO nobody writes: it is none', async () => {
    const server = await crego();
    await makeFifo('export');
    const refused = { code: 26, stdout: '', stderr: expect.stringContaining('export is no file: an export is read twice') };
    expect(await run(['diff', 'export', 'export'], { home })).toMatchObject(refused);
    const books = ['--out', 'against.csv', '--errors', 'against-errors', '--against', 'export'];
    expect(await run(['crego', 'record', key(1), key(2), ...csv, ...books], { home })).toMatchObject(refused);
    expect(server.asked).toEqual([]);
  });

  it.runIf(hasFifos)('for a summary from a FIFO that nobody writes', async () => {
    await makeFifo('night');
    const running = start(['drift', 'night'], { home });
    await readerOf('night');
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130 });
  });
});

async function makeFifo(name: string): Promise<void> {
  await rm(join(home.cwd, name), { force: true });
  expect((await runShell(`mkfifo ${name}`, { home })).code).toBe(0);
}

/** Resolves when a FIFO has a reader: only then does opening it for writing come back. */
async function readerOf(name: string): Promise<void> {
  const opened = await open(join(home.cwd, name), 'w');
  // Closing it would be the end of the input, so it stays open until the test is done.
  onTestFinished(() => opened.close());
}

describe('other ends', () => {
  it('--deadline ends a run that waits for keys, with 28', async () => {
    await crego();
    const running = startOpen(['crego', 'record', '-', ...csv, '--deadline', '0.5'], home);
    expect((await running.ended).code).toBe(28);
  });

  it('--deadline ends a run whose keys are all malformed and never end', async () => {
    await crego();
    const ran = await runShell(`yes malformed | loanq crego record - ${csv.join(' ')} --deadline 0.5; echo "Z=\${PIPESTATUS[1]}"`, {
      home,
    });
    expect(ran.stdout).toBe('Z=28\n');
  });

  it('twenty temporary failures in a row end the run with 25 although another key has no answer yet', async () => {
    const server = await crego(id => (Number.parseInt(id.slice(-4), 16) < 20 ? { status: 503 } : never));
    await home.write('work/keys', keyFile(400));
    const args = ['crego', 'record', '--ids-from', 'keys', ...csv, '--out', 'o.csv', '--retries', '0', '--concurrency', '30'];
    const ran = await run([...args, '--errors', 'errors'], { home });
    expect(ran).toMatchObject({ code: 25, stdout: '' });
    expect(ran.stderr).toContain('hint: the same call with --resume goes on from here');
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(/^20 keys: 0 delivered, 0 missing, 20 failed/);
    expect((await readFile(join(home.cwd, 'errors'), 'utf8')).trimEnd().split('\n').length).toBe(20);
    expect(server.asked.length).toBeLessThanOrEqual(50);
    expect(existsSync(join(home.cwd, 'o.csv'))).toBe(false);
  });

  it('a full disk ends it with 23, wherever the rows go', async () => {
    const keys = 400;
    await crego();
    await home.write('work/many', keyFile(keys));
    const ran = await runShell(`loanq crego record --ids-from many ${csv.join(' ')} >/dev/full; echo "Z=$?"`, { home });
    expect(ran.stdout).toBe('Z=23\n');
    expect(ran.stderr).toContain('cannot write standard output: no space left on device');
    // The limit of a file's size stands for a disk that fills up half-way.
    const limited = await runShell(
      `trap '' XFSZ; ulimit -f 4; loanq crego record --ids-from many ${csv.join(' ')} --out full.csv; echo "Z=$?"; ls full.csv*`,
      { home },
    );
    expect(limited.stdout).toBe('Z=23\nfull.csv.journal\nfull.csv.partial\n');
    const resumed = await run(['crego', 'record', '--ids-from', 'many', ...csv, '--out', 'full.csv', '--resume'], { home });
    expect(resumed.code).toBe(0);
    expect(await readFile(join(home.cwd, 'full.csv'), 'utf8')).toBe(csvOf(...Array.from({ length: keys }, (_, n) => key(n))));
  });

  it('a full disk leaves a summary that counts what is on it', async () => {
    const keys = 400;
    const server = await crego();
    await home.write('work/many', keyFile(keys));
    const full = (more: string) =>
      runShell(`trap '' XFSZ; ulimit -f 4; loanq crego record --ids-from many --fields id,amount ${more} --summary s; echo "Z=$?"`, {
        home,
      });
    const delivered = async () => JSON.parse(await readFile(join(home.cwd, 's'), 'utf8')).delivered;
    // A table is written at the end, so that nothing of it is of use.
    expect((await full('-o table --out full.txt')).stdout).toBe('Z=23\n');
    expect(await delivered()).toBe(0);
    expect((await full('--csv --out half.csv')).stdout).toBe('Z=23\n');
    const onDisk = await delivered();
    expect(onDisk).toBeGreaterThan(0);
    const asked = server.asked.length;
    expect(await run(['crego', 'record', '--ids-from', 'many', ...csv, '--out', 'half.csv', '--resume'], { home })).toMatchObject({
      code: 0,
    });
    expect(server.asked.length - asked).toBe(keys - onDisk);
  });

  it('a second run on the same output ends with 29 before it sends anything; the lock of a killed one is free', async () => {
    const server = await crego((_, nth) => (nth === 1 ? never : undefined));
    await home.write('work/two', keyFile(2));
    const args = ['crego', 'record', '--ids-from', 'two', ...csv, '--out', 'locked.csv'];
    const first = start(args, { home });
    await server.arrived(2);
    const second = await run(args, { home });
    expect(second).toMatchObject({ code: 29, stdout: '' });
    expect(second.stderr).toBe(`error: crego record: another run writes locked.csv (process ${first.child.pid})\n`);
    expect(server.asked.length).toBe(2);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await run([...args, '--resume'], { home })).toMatchObject({ code: 0 });
    expect(await readFile(join(home.cwd, 'locked.csv'), 'utf8')).toBe(csvOf(key(0), key(1)));
  });

  it('rows of a run over a pipe stay in .partial', async () => {
    await crego(id => (id === key(2) ? { status: 302, headers: { location: '/x' } } : { body: record(id) }));
    const ran = await run(['crego', 'record', '-', ...csv, '--out', 'piped.csv', '--concurrency', '1'], { home, stdin: keyFile(5) });
    expect(ran.code).toBe(60);
    expect(ran.stderr).toContain('hint: redirects are never followed');
    expect(await readFile(join(home.cwd, 'piped.csv.partial'), 'utf8')).toBe(csvOf(key(0), key(1)));
  });

  it('few open files narrow the run instead of failing keys', async () => {
    await crego();
    await home.write('work/some', keyFile(300));
    const call = `loanq crego record --ids-from some ${csv.join(' ')} --concurrency 64`;
    const ran = await runShell(`ulimit -n 64; ${call} --out narrow.csv; echo "Z=$?"`, { home });
    expect(ran.stdout).toBe('Z=0\n');
    expect(ran.stderr).toContain('warning: the limit of open files (ulimit -n) leaves room for 32 requests at a time');
  });
});
