// Whose process ids a lock can be judged by: a /proc made by hand stands for other machines, containers and systems.
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LockedError } from '../../src/core/errors.ts';
import { acquireLock, type Processes } from '../../src/files/lock.ts';
import { temporaryDirectory } from '../runner/bundle.ts';

const root = await temporaryDirectory();
let count = 0;
let directory = '';
let path = '';
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  path = join(directory, 'out.csv.lock');
  await mkdir(directory, { recursive: true });
});

interface World {
  readonly host?: string;
  readonly boot?: string;
  readonly space?: string;
  readonly time?: string;
  readonly pid?: number;
  /** What /proc calls the process that looks; its own id unless another world's /proc is mounted. */
  readonly self?: number;
  /** Start by process id; without it the system hides processes. */
  readonly running?: Readonly<Record<number, string>>;
  readonly alive?: readonly number[];
}

const here: World = { host: 'pod-0', boot: 'boot-a', space: 'pid:[1]', time: 'time:[1]', pid: 7, running: { 7: '700' } };

let worlds = 0;

/** A process in a world of its own, as the lock sees it. */
async function processIn(world: World): Promise<Processes> {
  const { host = 'pod-0', boot, space, time, pid = 7, self = pid, running = {} } = world;
  worlds += 1;
  const proc = join(root, `proc-${worlds}`);
  await mkdir(join(proc, 'sys/kernel/random'), { recursive: true });
  if (boot !== undefined) await writeFile(join(proc, 'sys/kernel/random/boot_id'), `${boot}\n`);
  if (space !== undefined) {
    await mkdir(join(proc, String(self), 'ns'), { recursive: true });
    await symlink(space, join(proc, String(self), 'ns/pid'));
    if (time !== undefined) await symlink(time, join(proc, String(self), 'ns/time'));
    await symlink(String(self), join(proc, 'self'));
  }
  for (const [id, start] of Object.entries(running)) {
    await mkdir(join(proc, id), { recursive: true });
    await writeFile(
      join(proc, id, 'stat'),
      `${id} (loan q) ${start.startsWith('Z') ? 'Z' : 'S'} ${'0 '.repeat(18)}${start.replace('Z', '')} 0`,
    );
  }
  const alive = world.alive ?? Object.keys(running).map(Number);
  return { pid, host, proc, isAlive: id => alive.includes(id) };
}

/** A lock as a run in that world leaves it when it is killed. */
async function leaveLock(world: World): Promise<void> {
  const lock = await acquireLock(path, await processIn(world));
  const text = await readFile(path);
  await lock.release();
  await writeFile(path, text);
}

async function beatAgo(ms: number): Promise<void> {
  const at = new Date(Date.now() - ms);
  await utimes(path, at, at);
}

/** What becomes of the lock when a process in that world wants it. */
async function outcome(world: World): Promise<'held' | 'taken' | 'taken from a silent one'> {
  try {
    const lock = await acquireLock(path, await processIn(world));
    const { fromSilent } = lock;
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
    return fromSilent ? 'taken from a silent one' : 'taken';
  } catch (error) {
    expect(error).toBeInstanceOf(LockedError);
    return 'held';
  }
}

describe('a process of this start of the machine and this container', () => {
  test.each<readonly [string, World, string]>([
    ['runs', { ...here, pid: 8, running: { 7: '700', 8: '800' } }, 'held'],
    ['is gone', { ...here, pid: 8, running: { 8: '800' } }, 'taken'],
    ['is a zombie', { ...here, pid: 8, running: { 7: 'Z700', 8: '800' } }, 'taken'],
    ['had an id that is another’s now', { ...here, pid: 8, running: { 7: '790', 8: '800' } }, 'taken'],
    ['had the id that is ours now', { ...here, pid: 7, running: { 7: '790' } }, 'taken'],
  ])('that %s', async (_what, world, expected) => {
    await leaveLock(here);
    await beatAgo(1_000_000);
    expect(await outcome(world)).toBe(expected);
  });
});

describe('a process that cannot be looked up is alive until it has been silent for a minute', () => {
  test.each<readonly [string, World, World]>([
    ['a pod of the same name on another machine', here, { ...here, boot: 'boot-b' }],
    ['the machine before it was started again', here, { ...here, boot: 'boot-b', pid: 9, running: { 9: '9' } }],
    ['another container', here, { ...here, space: 'pid:[2]' }],
    ['a container with another clock', here, { ...here, time: 'time:[2]', running: { 7: '900' } }],
    ['a world whose /proc is another’s', { ...here, self: 4711 }, { ...here, self: 4712 }],
    ['another machine without /proc', { host: 'mac-1' }, { host: 'mac-2' }],
    ['a machine with /proc, seen from one without', here, { host: 'pod-0' }],
    ['a hidden process', here, { ...here, pid: 8, running: { 8: '800' }, alive: [7, 8] }],
    ['a system without /proc, where the id is somebody’s', { pid: 7 }, { pid: 8, alive: [7, 8] }],
    ['a system without /proc, where the id is ours', { pid: 7 }, { pid: 7, alive: [7] }],
  ])('%s', async (_where, holder, world) => {
    await leaveLock(holder);
    expect(await outcome(world)).toBe('held');
    await beatAgo(30_000);
    expect(await outcome(world)).toBe('held');
    await beatAgo(61_000);
    expect(await outcome(world)).toBe('taken from a silent one');
  });
});

test('without /proc, a process of this machine that is gone is taken over at once', async () => {
  await leaveLock({ pid: 7 });
  expect(await outcome({ pid: 8, alive: [8] })).toBe('taken');
});

describe('a beat in the future, which a clock that was set back leaves', () => {
  test.each([
    [30_000, 'held'],
    [120_000, 'taken from a silent one'],
    [10 * 365 * 86_400_000, 'taken from a silent one'],
  ] as const)('by %d ms', async (ms, expected) => {
    await leaveLock(here);
    await beatAgo(-ms);
    expect(await outcome({ ...here, boot: 'boot-b' })).toBe(expected);
  });

  test('of a process that runs here says nothing', async () => {
    await leaveLock(here);
    await beatAgo(-10 * 365 * 86_400_000);
    expect(await outcome({ ...here, pid: 8, running: { 7: '700', 8: '800' } })).toBe('held');
  });
});

test('the process is named as far as the reader can look it up', async () => {
  await leaveLock(here);
  const output = join(directory, 'out.csv');
  const from = async (world: World) => acquireLock(path, await processIn(world));
  await expect(from({ ...here, pid: 8, running: { 7: '700' } })).rejects.toEqual(
    new LockedError(`another run writes ${output} (process 7)`),
  );
  await expect(from({ ...here, boot: 'boot-b' })).rejects.toEqual(
    new LockedError(`another run writes ${output} (process 7 on pod-0)`, {
      hint: `if that run has ended, wait a minute: ${path} is then taken over`,
    }),
  );
});
