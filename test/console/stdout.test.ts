import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStdout, stdoutIsClosed } from '../../src/console/stdout.ts';
import { DeadlineError, SignalError, WriteError } from '../../src/core/errors.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';
import { hasPrograms } from '../runner/programs.ts';

const { signal } = new AbortController();

/** A stream that keeps its blocks and finishes each only when told to. */
function gatedStream() {
  const blocks: string[] = [];
  const finish: Array<(error?: Error) => void> = [];
  const stream = new Writable({
    highWaterMark: 16,
    write(chunk: Buffer, _encoding, done) {
      blocks.push(chunk.toString());
      finish.push(done);
    },
  });
  return { stream, blocks, finish };
}

async function isSettled(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => true), setTimeout(20, false)]);
}

describe('a stream', () => {
  test('gets the writes of one turn as one block', async () => {
    const { stream, blocks, finish } = gatedStream();
    const sink = openStdout({ stdout: stream }, signal);
    for (const row of ['a\n', 'b\n', 'ç\n']) await sink.write(row);
    expect(sink.offset).toBe(7);
    const committed = sink.commit();
    await expect.poll(() => blocks).toEqual(['a\nb\nç\n']);
    expect(await isSettled(committed)).toBe(false);
    finish[0]?.();
    await committed;
  });

  test('gets small writes without a commit', async () => {
    const { stream, blocks } = gatedStream();
    await openStdout({ stdout: stream }, signal).write('row\n');
    await expect.poll(() => blocks).toEqual(['row\n']);
  });

  test('that is slow holds back the writer', async () => {
    const { stream, blocks, finish } = gatedStream();
    const sink = openStdout({ stdout: stream }, signal);
    await sink.write('x'.repeat(65_535));
    const next = sink.write('y');
    expect(await isSettled(next)).toBe(false);
    expect(blocks.map(block => block.length)).toEqual([65_536]);
    finish[0]?.();
    await next;
  });

  test('that takes nothing more is waited for until the signal, and gets what it then takes', async () => {
    const { stream, blocks, finish } = gatedStream();
    const end = new AbortController();
    const sink = openStdout({ stdout: stream }, end.signal);
    const next = sink.write('x'.repeat(65_536));
    await expect.poll(() => blocks.length).toBe(1);
    await sink.write('y');
    end.abort(new DeadlineError('over'));
    await expect(next).rejects.toEqual(new DeadlineError('over'));
    await expect(sink.commit()).rejects.toEqual(new DeadlineError('over'));
    finish[0]?.();
    await expect.poll(() => blocks.at(-1)).toBe('y');
  });

  test('that fails with a full disk is a WriteError, for every later call', async () => {
    const { stream, finish } = gatedStream();
    const sink = openStdout({ stdout: stream }, signal);
    await sink.write('row\n');
    await expect.poll(() => finish.length).toBe(1);
    finish[0]?.(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }));
    const failure = new WriteError('cannot write standard output: no space left on device');
    await expect(sink.commit()).rejects.toEqual(failure);
    await expect(sink.write('more')).rejects.toEqual(failure);
    await expect(sink.abandon()).resolves.toBeUndefined();
  });

  test('that is destroyed is a closed pipe', async () => {
    const { stream } = gatedStream();
    const sink = openStdout({ stdout: stream }, signal);
    stream.destroy();
    await sink.write('row\n');
    await expect(sink.commit()).rejects.toEqual(new SignalError('broken-pipe'));
  });
});

const directory = await temporaryDirectory();

describe('the real standard output', () => {
  let child = '';
  beforeAll(async () => {
    child = await bundleChild(new URL('./children/stdout-child.ts', import.meta.url), directory);
  });

  /** Runs a shell line in which "$child" is the child; returns its standard error. */
  async function shell(line: string): Promise<string> {
    const run = spawn('bash', ['-c', line], {
      env: { ...process.env, child: `${process.execPath} ${child}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stderr] = await Promise.all([text(run.stderr), text(run.stdout)]);
    return stderr;
  }

  test('a reader that starts late gets every byte', async () => {
    const run = spawn(process.execPath, [child, 'lines', '50000'], { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(run.stdout, 'readable');
    await setTimeout(200);
    const [stdout, stderr] = await Promise.all([text(run.stdout), text(run.stderr)]);
    expect(stdout.length).toBe(5_000_000);
    expect(stdout.endsWith(`${'49999'.padStart(99, '0')}\n`)).toBe(true);
    expect(stderr).toBe('committed 5000000');
  });

  test('a reader that leaves is a closed pipe', async () => {
    expect(await shell('$child lines 50000 | head -n 1 >/dev/null')).toBe('141: the reader closed the pipe');
  });

  test('a reader that takes everything and leaves is none', async () => {
    expect(await shell('$child lines 1 | head -n 1')).toBe('committed 100');
  });

  test.runIf(process.platform === 'linux')('a full device is a WriteError', async () => {
    expect(await shell('$child lines 5 >/dev/full')).toBe('23: cannot write standard output: no space left on device');
  });

  test.runIf(process.platform === 'linux')('a file that takes only a part of the last block is a WriteError', async () => {
    const file = join(directory, 'cut.txt');
    const stderr = await shell(`ulimit -f 8; $child lines 100 >${file}`);
    expect(stderr).toBe('23: cannot write standard output: the file would be larger than allowed');
    expect((await stat(file)).size).toBe(8_192);
  });

  test.runIf(process.platform === 'linux')('a pipe that is full gets the rest when its reader takes it', async () => {
    const sums = join(directory, 'sums.txt');
    expect(
      await shell(`$child lines 50000 | sha256sum >${sums}; seq 0 49999 | awk '{ printf "%099d\\n", $1 }' | sha256sum >>${sums}`),
    ).toBe('committed 5000000');
    const [written, wanted] = (await readFile(sums, 'utf8')).split('\n');
    expect(written).toBe(wanted);
  });

  test.runIf(process.getuid?.() === 0 && hasPrograms({ setpriv: 'util-linux' }))(
    'a pipe of another user is written all the same',
    async () => {
      const file = join(directory, 'other.txt');
      expect(
        await shell(
          `setpriv --reuid 65534 --regid 65534 --clear-groups ${process.execPath} --input-type=module - lines 2 <${child} | cat >${file}`,
        ),
      ).toBe('committed 200');
      expect((await stat(file)).size).toBe(200);
    },
  );

  test('nothing takes everything', async () => {
    expect(await shell('$child lines 3 >/dev/null')).toBe('committed 300');
  });

  test('a file that is appended to keeps what it had', async () => {
    const file = join(directory, 'log.txt');
    expect(await shell(`echo before >${file}; $child lines 1 >>${file}`)).toBe('committed 100');
    expect(await readFile(file, 'utf8')).toBe(`before\n${'0'.repeat(99)}\n`);
  });

  test.runIf(process.platform === 'linux')('is known to be closed only when it is', async () => {
    expect(await shell('$child is-closed >&-')).toBe('true');
    expect(await shell('$child is-closed >/dev/null')).toBe('false');
    expect(await shell('$child is-closed | cat')).toBe('false');
    expect(await shell(`$child is-closed >${join(directory, 'out')}`)).toBe('false');
  });

  test('is not known to be closed on other systems', async () => {
    expect(await stdoutIsClosed('darwin')).toBe(false);
  });
});
