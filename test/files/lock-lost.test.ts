// A lock that somebody else has taken over: its former holder finds out, and touches nothing of theirs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readdir, readFile, rename, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LockedError } from '../../src/core/errors.ts';
import { acquireLock } from '../../src/files/lock.ts';
import { processes } from '../batch/processes.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';

/** What somebody else does between two calls of ours; set by a test. */
const between = vi.hoisted(() => ({ linked: async (_at: string): Promise<void> => {} }));
vi.mock('node:fs/promises', async importActual => {
  const actual = await importActual<typeof import('node:fs/promises')>();
  return {
    ...actual,
    link: async (from: string, to: string) => {
      await actual.link(from, to);
      await between.linked(to);
    },
  };
});

const root = await temporaryDirectory();
let count = 0;
let directory = '';
let path = '';
let output = '';
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  output = join(directory, 'out.csv');
  path = `${output}.lock`;
  await mkdir(directory);
});
afterEach(() => {
  vi.useRealTimers();
  between.linked = async () => {};
});

/** Another run takes the lock over, as it does when the holder has been silent. */
async function takeOver(): Promise<void> {
  const theirs = join(directory, 'theirs');
  await writeFile(theirs, `${JSON.stringify({ token: 'ffffffffffffffff', pid: 4711, host: 'pod-1' })}\n`);
  await rename(theirs, path);
}

const hint = 'nothing was replaced, and the files of that run were left alone';
const lossToOther = () => new LockedError(`lost the lock of ${output}: another run has taken it over (process 4711 on pod-1)`, { hint });

describe('a lock', () => {
  test('is held until it is taken over, and then left to its new holder', async () => {
    const lock = await acquireLock(path, processes);
    expect(await lock.stillHeld()).toBe(true);
    await lock.confirm();
    await takeOver();
    expect(await lock.stillHeld()).toBe(false);
    await expect(lock.confirm()).rejects.toEqual(lossToOther());
    const theirs = await readFile(path);
    await lock.release();
    expect(await readFile(path)).toEqual(theirs);
  });

  test('that was removed is lost, also when a file of the same text lies there', async () => {
    const lock = await acquireLock(path, processes);
    const text = await readFile(path);
    await unlink(path);
    await expect(lock.confirm()).rejects.toEqual(new LockedError(`lost the lock of ${output}: ${path} is gone`, { hint }));
    await writeFile(path, text);
    expect(await lock.stillHeld()).toBe(false);
    await lock.release();
    expect(await readdir(directory)).toEqual(['out.csv.lock']);
  });

  test('is written into no file that another user slips under its name', async () => {
    const mine = join(directory, 'private');
    await writeFile(mine, 'precious', { mode: 0o600 });
    for (const slip of [link, symlink]) {
      between.linked = async at => {
        between.linked = async () => {};
        await unlink(at);
        await slip(mine, at);
      };
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const lock = await acquireLock(path, processes);
      const lost = once(lock.lost, 'abort');
      vi.advanceTimersByTime(5_000);
      await lost;
      await lock.release();
      expect(await readFile(mine, 'utf8')).toBe('precious');
      await unlink(path);
      vi.useRealTimers();
    }
  });
});

describe('a beat', () => {
  test('shows every five seconds that the holder lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await acquireLock(path, processes);
    const text = await readFile(path, 'utf8');
    for (let beats = 0; beats < 2; beats += 1) {
      await utimes(path, 1, 1);
      vi.advanceTimersByTime(4_999);
      expect((await stat(path)).mtimeMs).toBe(1_000);
      vi.advanceTimersByTime(1);
      await vi.waitUntil(async () => (await stat(path)).mtimeMs > 1_000, { timeout: 30_000 });
    }
    expect(await readFile(path, 'utf8')).toBe(text);
    await lock.release();
    expect(lock.lost.aborted).toBe(false);
  });

  test('finds a lock that is lost, and says so once', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await acquireLock(path, processes);
    await takeOver();
    const lost = once(lock.lost, 'abort');
    vi.advanceTimersByTime(5_000);
    await lost;
    expect(lock.lost.reason).toEqual(lossToOther());
    await expect(lock.confirm()).rejects.toBe(lock.lost.reason);
    await lock.release();
  });
});

describe.runIf(process.platform === 'linux')('a process that was stopped', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  test('finds its lock lost when it goes on, by a run that could not look it up and waited a minute', async () => {
    const script = await bundleChild(new URL('./children/lock-child.ts', import.meta.url), directory);
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await answers.next();
    child.stdin.write(`${path}\n`);
    expect((await answers.next()).value).toBe('taken');
    child.kill('SIGSTOP');

    const elsewhere = { ...processes, proc: join(directory, 'no-proc'), host: 'pod-1' };
    await expect(acquireLock(path, elsewhere)).rejects.toThrow(LockedError);
    const aMinuteAgo = new Date(Date.now() - 61_000);
    await utimes(path, aMinuteAgo, aMinuteAgo);
    const lock = await acquireLock(path, elsewhere);
    expect(lock.fromSilent).toBe(true);

    child.kill('SIGCONT');
    expect((await answers.next()).value).toBe(
      `lost, 29: lost the lock of ${output}: another run has taken it over (process ${process.pid} on pod-1)`,
    );
    child.stdin.write('release\n');
    expect((await answers.next()).value).toBe('released');
    expect(await lock.stillHeld()).toBe(true);
    await lock.release();
  });
});
