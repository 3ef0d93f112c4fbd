import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LockedError, UsageError, WriteError } from '../../src/core/errors.ts';
import { acquireLock } from '../../src/files/lock.ts';
import { processes } from '../batch/processes.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';

const root = await temporaryDirectory();
let child = '';
let count = 0;
let directory = '';
let path = '';
let children: ChildProcess[] = [];
beforeAll(async () => {
  child = await bundleChild(new URL('./children/lock-child.ts', import.meta.url), root);
});
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  path = join(directory, 'out.csv.lock');
  await mkdir(directory);
});
afterEach(() => {
  for (const run of children) run.kill('SIGKILL');
  children = [];
});

interface Runner {
  readonly run: ChildProcess;
  /** Sends one line and returns the answer. */
  ask(line: string): Promise<string>;
  kill(): Promise<void>;
}

async function startRunner(): Promise<Runner> {
  const run = spawn(process.execPath, [child], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(run);
  const answers = createInterface({ input: run.stdout })[Symbol.asyncIterator]();
  await answers.next();
  const ask = async (line: string) => {
    run.stdin.write(`${line}\n`);
    return String((await answers.next()).value);
  };
  const kill = async () => {
    run.kill('SIGKILL');
    await once(run, 'exit');
  };
  return { run, ask, kill };
}

/** A lock file as a holder would leave it. */
async function leaveLock(holder: object, at = path): Promise<void> {
  await writeFile(at, `${JSON.stringify({ token: '0123456789abcdef', pid: process.pid, host: hostname(), ...holder })}\n`);
}

async function ownLock(): Promise<Record<string, unknown>> {
  const lock = await acquireLock(path, processes);
  const holder: Record<string, unknown> = JSON.parse(await readFile(path, 'utf8'));
  await lock.release();
  return holder;
}

test('a free lock is taken and released without a trace', async () => {
  const lock = await acquireLock(path, processes);
  expect(await readdir(directory)).toEqual(['out.csv.lock']);
  await lock.release();
  expect(await readdir(directory)).toEqual([]);
  const again = await acquireLock(path, processes);
  await again.release();
});

test('a lock of this very process is held', async () => {
  const lock = await acquireLock(path, processes);
  const failure = new LockedError(`another run writes ${join(directory, 'out.csv')} (process ${process.pid})`);
  await expect(acquireLock(path, processes)).rejects.toEqual(failure);
  await lock.release();
});

test('release leaves the lock of somebody else', async () => {
  const lock = await acquireLock(path, processes);
  await leaveLock({});
  await lock.release();
  expect(await readdir(directory)).toEqual(['out.csv.lock']);
});

test('a directory that is missing is a WriteError', async () => {
  const missing = join(directory, 'missing', 'out.csv.lock');
  await expect(acquireLock(missing, processes)).rejects.toMatchObject({
    message: `cannot write ${missing}: the directory does not exist`,
    facts: { hint: `make it first: mkdir -p ${dirname(missing)}` },
  });
});

test.each([
  ['nothing', async () => {}],
  ['a lock', (target: string) => leaveLock({ pid: 2 ** 22 + 1 }, target)],
  ['a private file', (target: string) => writeFile(target, 'precious')],
])('a link to %s in its place is left alone, and not waited for', async (_what, write) => {
  const target = join(root, `elsewhere-${count}`);
  await write(target);
  const before = await readFile(target, 'utf8').catch(() => undefined);
  await symlink(target, path);
  await expect(acquireLock(path, processes)).rejects.toEqual(
    new WriteError(`cannot lock the output: ${path} is there and is not a lock`, { hint: `move ${path} away` }),
  );
  expect(await readdir(directory)).toEqual(['out.csv.lock']);
  expect(await readFile(target, 'utf8').catch(() => undefined)).toBe(before);
});

test('a long file in its place is not read', async () => {
  await writeFile(path, '');
  await truncate(path, 2 ** 40);
  await expect(acquireLock(path, processes)).rejects.toThrow('is there and is not a lock');
});

describe.runIf(process.getuid?.() === 0)('the lock of another user', () => {
  const hint = (output: string) => ({ hint: `remove it if no run of theirs writes ${output}` });

  test('that lives is held, and that is dead is not taken over', async () => {
    const holder = await ownLock();
    await leaveLock({ ...holder, token: 'aaaaaaaaaaaaaaaa' });
    await chown(path, 65_534, 65_534);
    await expect(acquireLock(path, processes, 0)).rejects.toThrow(LockedError);
    await leaveLock({ ...holder, token: 'aaaaaaaaaaaaaaaa', pid: 2 ** 22 + 1 });
    await expect(acquireLock(path, processes, 0)).rejects.toEqual(
      new UsageError(`cannot take over ${path}: it belongs to another user`, hint(join(directory, 'out.csv'))),
    );
    expect(await readdir(directory)).toEqual(['out.csv.lock']);
  });

  test('is one that others can write, too', async () => {
    await leaveLock({ ...(await ownLock()), token: 'aaaaaaaaaaaaaaaa', pid: 2 ** 22 + 1 });
    await chmod(path, 0o666);
    await expect(acquireLock(path, processes, 0)).rejects.toEqual(
      new UsageError(`cannot take over ${path}: other users can write it`, hint(join(directory, 'out.csv'))),
    );
  });
});

describe('what killed runs left beside a lock', () => {
  const dead = 2 ** 22 + 1;
  const left = (token: string, ending: string, holder: object) => leaveLock({ ...holder, token }, `${path}.${token}${ending}`);

  test('goes with the next run', async () => {
    const holder = await ownLock();
    await left('aaaaaaaaaaaaaaaa', '.new', { ...holder, pid: dead });
    await left('bbbbbbbbbbbbbbbb', '', { ...holder, pid: dead });
    await writeFile(`${path}.cccccccccccccccc.new`, '');
    const earlier = new Date(Date.now() - 60_000);
    await utimes(`${path}.cccccccccccccccc.new`, earlier, earlier);
    const lock = await acquireLock(path, processes, process.getuid?.());
    expect(await readdir(directory)).toEqual(['out.csv.lock']);
    await lock.release();
  });

  test('stays where its run may live, or it is none of ours', async () => {
    const holder = await ownLock();
    await left('aaaaaaaaaaaaaaaa', '.new', holder);
    await left('bbbbbbbbbbbbbbbb', '.new', { ...holder, boot: 'other', pid: dead });
    await writeFile(`${path}.cccccccccccccccc.new`, 'precious');
    await writeFile(`${path}.old`, `${JSON.stringify({ ...holder, pid: dead })}\n`);
    await leaveLock({ ...holder, pid: dead }, join(directory, 'other.csv.lock.dddddddddddddddd.new'));
    const before = await readdir(directory);
    const lock = await acquireLock(path, processes, process.getuid?.());
    await lock.release();
    expect(await readdir(directory)).toEqual(before);
  });

  test.runIf(process.getuid?.() === 0)('stays where it is another user’s', async () => {
    const theirs = `${path}.aaaaaaaaaaaaaaaa.new`;
    await left('aaaaaaaaaaaaaaaa', '.new', { ...(await ownLock()), pid: dead });
    await chown(theirs, 65_534, 65_534);
    await (await acquireLock(path, processes, 0)).release();
    expect(await readdir(directory)).toEqual(['out.csv.lock.aaaaaaaaaaaaaaaa.new']);
  });
});

test.runIf(process.platform === 'linux')('a pipe or a directory in its place is left alone and not waited for', async () => {
  execFileSync('mkfifo', [path]);
  await expect(acquireLock(path, processes)).rejects.toThrow(`cannot lock the output: ${path} is there and is not a lock`);
  await rm(path);
  await mkdir(path);
  await expect(acquireLock(path, processes)).rejects.toThrow(`cannot lock the output: ${path} is there and is not a lock`);
  expect(await readdir(directory)).toEqual(['out.csv.lock']);
});

test('a file of somebody else is left alone', async () => {
  await writeFile(path, '# yarn lockfile v1\n');
  await expect(acquireLock(path, processes)).rejects.toThrow(`cannot lock the output: ${path} is there and is not a lock`);
  expect(await readFile(path, 'utf8')).toBe('# yarn lockfile v1\n');
  expect(await readdir(directory)).toEqual(['out.csv.lock']);
});

test.each(['', '\0\0\0'])('a lock that a power cut left as "%s" is taken over, one that is being written is not', async text => {
  await writeFile(path, text);
  await expect(acquireLock(path, processes)).rejects.toThrow(LockedError);
  const earlier = new Date(Date.now() - 60_000);
  await utimes(path, earlier, earlier);
  await (await acquireLock(path, processes)).release();
  expect(await readdir(directory)).toEqual([]);
});

describe('the lock of a process', () => {
  test('that lives is held, and free when it is released', async () => {
    const runner = await startRunner();
    expect(await runner.ask(path)).toBe('taken');
    const failure = new LockedError(`another run writes ${join(directory, 'out.csv')} (process ${runner.run.pid})`);
    await expect(acquireLock(path, processes)).rejects.toEqual(failure);
    expect(await runner.ask('release')).toBe('released');
    await (await acquireLock(path, processes)).release();
  });

  test('that is killed is taken over at once', async () => {
    const runner = await startRunner();
    expect(await runner.ask(path)).toBe('taken');
    await runner.kill();
    const lock = await acquireLock(path, processes);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
  });

  test('that is stopped is held', async () => {
    const runner = await startRunner();
    expect(await runner.ask(path)).toBe('taken');
    runner.run.kill('SIGSTOP');
    await expect(acquireLock(path, processes)).rejects.toThrow(LockedError);
  });

  test.runIf(process.platform === 'linux')('whose id was given to another is taken over', async () => {
    await leaveLock({ ...(await ownLock()), token: 'aaaaaaaaaaaaaaaa', start: '1' });
    await (await acquireLock(path, processes)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  test('that died while it took over another is taken over with it', async () => {
    const dead = await startRunner();
    await dead.ask(path);
    await dead.kill();
    const { pid: _pid, ...mine } = await ownLockOf(path);
    await leaveLock({ ...mine, token: 'bbbbbbbbbbbbbbbb', pid: dead.run.pid }, `${path}.${mine.token}`);
    await leaveLock({ ...mine, token: 'cccccccccccccccc', pid: dead.run.pid }, `${path}.bbbbbbbbbbbbbbbb`);
    await (await acquireLock(path, processes)).release();
    expect(await readdir(directory)).toEqual([]);
  });
});

async function ownLockOf(at: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(at, 'utf8'));
}

describe('a race for the lock of a dead process', () => {
  test('has one winner among eight processes', async () => {
    const runners = await Promise.all(Array.from({ length: 8 }, startRunner));
    const holder = await ownLock();
    for (let round = 0; round < 15; round += 1) {
      const target = join(directory, `${round}.lock`);
      await leaveLock({ ...holder, pid: 2 ** 22 + 1 }, target);
      const answers = await Promise.all(runners.map(runner => runner.ask(target)));
      expect(answers.filter(answer => answer === 'taken')).toHaveLength(1);
      expect(answers.filter(answer => answer.startsWith('29: another run writes '))).toHaveLength(7);
      await Promise.all(runners.map(runner => runner.ask('release')));
    }
    expect(await readdir(directory)).toEqual([]);
  });

  test('has one winner among many attempts in one process', async () => {
    const holder = await ownLock();
    for (let round = 0; round < 60; round += 1) {
      await leaveLock({ ...holder, pid: 2 ** 22 + 1 });
      const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => acquireLock(path, processes)));
      const locks = attempts.flatMap(attempt => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      const failures = attempts.flatMap(attempt => (attempt.status === 'rejected' ? [attempt.reason] : []));
      expect(locks).toHaveLength(1);
      for (const failure of failures) expect(failure).toBeInstanceOf(LockedError);
      await locks[0]?.release();
    }
    expect(await readdir(directory)).toEqual([]);
  });
});
