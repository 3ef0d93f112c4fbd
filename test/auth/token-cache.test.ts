// The cache file: private, encrypted, believed only when it is ours and whole, and never a reason to fail.
import { chmod, lchown, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import { TokenCache } from '../../src/auth/token-cache.ts';
import type { RequestPlan } from '../../src/core/request.ts';
import { inEnglish } from '../../src/core/say.ts';
import { acquireLock } from '../../src/files/lock.ts';
import { getPlan, type Loopback, startLoopback } from './loopback.ts';
import { answerEkuaibao, callOnce, ekuaibaoLike, HandClock, inDirectory, isAlive, paths, type Staging, stage, TokenDesk } from './stage.ts';

const credentials = { appKey: 'canary-app-key', appSecurity: 'canary-app-security' };
const asRoot = process.getuid?.() === 0;

let desk: TokenDesk;
let server: Loopback;
let home: string;
let dir: string;

beforeEach(async () => {
  desk = new TokenDesk();
  server = await startLoopback(answerEkuaibao(desk, credentials.appSecurity));
  home = await mkdtemp(join(tmpdir(), 'loanq-cache-'));
  dir = join(home, 'state', 'loanq');
});
afterEach(async () => {
  await server.close();
  await chmod(home, 0o700);
  await rm(home, { recursive: true, force: true });
});

const plan = (): RequestPlan => getPlan(server.url, '/data');
/** An authenticator as a new run of the program has it. */
const run = (more: Partial<Staging> = {}): Authenticator =>
  stage({ provider: ekuaibaoLike, url: server.url, credentials, tokens: inDirectory(dir), ...more });
const cacheFile = async (): Promise<string> => join(dir, (await readdir(dir)).find(name => name.endsWith('.json')) ?? 'no cache file');

describe('between runs', () => {
  test('a token is used again, its life known', async () => {
    await callOnce(run(), plan());
    const second = run();
    expect((await callOnce(second, plan())).status).toBe(200);
    expect(server.count('/login')).toBe(1);
    expect(await run().describe()).toMatchObject({ cached: true, expiresAt: expect.any(Date) });
  });

  test('a revoked token costs one login and succeeds', async () => {
    await callOnce(run(), plan());
    desk.good.clear();
    expect((await callOnce(run(), plan())).status).toBe(200);
    expect((await callOnce(run(), plan())).status).toBe(200);
    expect(server.count('/login')).toBe(2);
  });

  test('an expired token is replaced by a login', async () => {
    await callOnce(run(), plan());
    const clock = new HandClock();
    clock.pass(desk.lifeMs + 1);
    await run({ clock }).authenticate(plan());
    expect(paths(server)).toEqual(['/login', '/data', '/login']);
  });

  test('a token rejected here but replaced by another run is taken over without a login', async () => {
    const [mine, other] = [run(), run()];
    await callOnce(mine, plan());
    desk.good.clear();
    await callOnce(other, plan());
    await callOnce(mine, plan());
    expect(server.count('/login')).toBe(2);
  });

  test.each<[string, Partial<Staging>]>([
    ['profile', { profile: 'another' }],
    ['credential', { credentials: { ...credentials, appKey: 'another' } }],
  ])('another %s has another token', async (_, more) => {
    await callOnce(run(), plan());
    await run(more).authenticate(plan());
    expect(server.count('/login')).toBe(2);
  });

  test('logout leaves nothing behind', async () => {
    await callOnce(run(), plan());
    expect(await run().logout()).toBe('forgotten');
    expect(await readdir(dir)).toEqual([]);
  });

  test('memory only leaves nothing behind', async () => {
    await callOnce(run({ tokens: 'memory' }), plan());
    await expect(readdir(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the file', () => {
  test('is private, as is its directory, and nothing else stays there', async () => {
    await callOnce(run(), plan());
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(await cacheFile())).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual([expect.stringMatching(/^token-[0-9a-f]{32}\.json$/)]);
  });

  test('shows neither token nor credential, in its name or its text', async () => {
    await callOnce(run({ profile: 'canary-profile' }), plan());
    const file = await cacheFile();
    const text = await readFile(file, 'utf8');
    const all = `${file}\n${text}\n${Buffer.from(JSON.parse(text).sealed, 'base64').toString('latin1')}`;
    for (const secret of ['canary', [...desk.good][0] ?? '', 'refresh-of-login-1']) expect(all).not.toContain(secret);
  });

  const damaged: [string, (file: string) => Promise<unknown>][] = [
    ['empty', file => writeFile(file, '')],
    ['not JSON', file => writeFile(file, '{"version":1,"sealed":')],
    ['of another shape', file => writeFile(file, '[]')],
    ['of another version', file => writeFile(file, '{"version":2,"sealed":"AAAA"}')],
    ['not sealed', file => writeFile(file, '{"version":1,"sealed":"AAAA"}')],
    [
      'changed by one bit',
      async file => {
        const sealed = Buffer.from(JSON.parse(await readFile(file, 'utf8')).sealed, 'base64');
        sealed[20] = (sealed[20] ?? 0) ^ 1;
        await writeFile(file, JSON.stringify({ version: 1, sealed: sealed.toString('base64') }));
      },
    ],
    ['larger than any token', async file => writeFile(file, `${await readFile(file, 'utf8')}${' '.repeat(70_000)}`)],
    ['readable by others', file => chmod(file, 0o644)],
    ['writable by the group', file => chmod(file, 0o620)],
    [
      'a link to another file',
      async file => {
        await link(file, `${file}.real`);
        await rm(file);
        await symlink(`${file}.real`, file);
      },
    ],
  ];
  test.each(damaged)('%s is not believed and is replaced', async (_, damage) => {
    await callOnce(run(), plan());
    const file = await cacheFile();
    await damage(file);
    expect((await callOnce(run(), plan())).status).toBe(200);
    expect((await callOnce(run(), plan())).status).toBe(200);
    expect(server.count('/login')).toBe(2);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test.runIf(asRoot)('of another user is not believed', async () => {
    await callOnce(run(), plan());
    const tokens = { stateDir: dir, uid: 12_345, processes: { pid: process.pid, isAlive } };
    const authenticator = run({ tokens });
    await authenticator.authenticate(plan());
    expect(server.count('/login')).toBe(2);
    expect((await authenticator.warnings()).map(inEnglish)).toEqual([
      `tokens are kept in memory only: the state directory ${dir} cannot be used (another user owns it)`,
    ]);
  });

  test('an open state directory is closed', async () => {
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o755);
    await run().authenticate(plan());
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });
});

describe('a state directory that is a link', () => {
  test.each([
    [0o700, []],
    [0o755, ['others can read it']],
  ] as const)('to one of mode %o leaves that as it is', async (mode, why) => {
    const real = join(home, 'documents');
    await mkdir(real);
    await chmod(real, mode);
    await mkdir(dirname(dir), { mode: 0o700, recursive: true });
    await symlink(real, dir);
    const authenticator = run();
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect((await authenticator.warnings()).map(inEnglish)).toEqual(
      why.map(reason => `tokens are kept in memory only: the state directory ${dir} cannot be used (${reason})`),
    );
    expect((await stat(real)).mode & 0o777).toBe(mode);
    expect(await readdir(real)).toHaveLength(why.length === 0 ? 1 : 0);
  });

  test.runIf(asRoot)('of another user is not followed, also on the way', async () => {
    const real = join(home, 'documents');
    await mkdir(real, { mode: 0o700 });
    const shared = dirname(dir);
    await mkdir(shared, { recursive: true });
    await chmod(shared, 0o1777);
    await symlink(real, dir);
    await lchown(dir, 65_534, 65_534);
    for (const stateDir of [dir, join(dir, 'loanq')]) {
      const authenticator = run({ tokens: { stateDir, uid: 0, processes: { pid: process.pid, isAlive } } });
      await authenticator.authenticate(plan());
      expect((await authenticator.warnings()).map(inEnglish)).toEqual([
        `tokens are kept in memory only: the state directory ${stateDir} cannot be used (it lies behind a link of another user)`,
      ]);
    }
    expect(await readdir(real)).toEqual([]);
  });
});

test('an open state directory that others can replace is not closed: it might be any directory', async () => {
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o755);
  await chmod(dirname(dir), 0o777);
  const authenticator = run();
  await authenticator.authenticate(plan());
  expect((await authenticator.warnings()).map(inEnglish)).toEqual([
    `tokens are kept in memory only: the state directory ${dir} cannot be used (others can read it)`,
  ]);
  expect((await stat(dir)).mode & 0o777).toBe(0o755);
});

describe('a state directory that cannot be used', () => {
  async function refused(code: string): Promise<void> {
    const authenticator = run();
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect(server.count('/login')).toBe(1);
    expect((await authenticator.warnings()).map(inEnglish)).toEqual([
      `tokens are kept in memory only: the state directory ${dir} cannot be used (${code})`,
    ]);
  }

  test('a file in its place', async () => {
    await writeFile(join(home, 'state'), '');
    await refused('ENOTDIR');
  });

  test.skipIf(asRoot)('one that is not writable', async () => {
    await chmod(home, 0o500);
    await refused('EACCES');
  });

  test('a directory where the file should be is not removed but stepped around', async () => {
    await run().authenticate(plan());
    const file = await cacheFile();
    await rm(file);
    await mkdir(join(file, 'precious'), { recursive: true });
    const authenticator = run();
    expect((await callOnce(authenticator, plan())).status).toBe(200);
    expect(await readdir(file)).toEqual(['precious']);
    expect(await authenticator.warnings()).toHaveLength(1);
  });
});

test('no inspection of a cache shows the credentials', () => {
  const cache = new TokenCache({
    dir,
    identity: ['p'],
    credentials: ['canary-credential'],
    uid: undefined,
    processes: { pid: process.pid, isAlive },
    monotonicMs: () => 0,
    signal: new AbortController().signal,
  });
  expect(inspect(cache, { showHidden: true, depth: 9 })).not.toContain('canary');
  expect(JSON.stringify(cache)).not.toContain('canary');
});

describe('the lock', () => {
  const alive = { pid: process.pid, isAlive };
  const cache = (more: { signal?: AbortSignal; maxWaitMs?: number } = {}): TokenCache =>
    new TokenCache({
      dir,
      identity: ['p'],
      credentials: ['c'],
      uid: process.getuid?.(),
      processes: alive,
      monotonicMs: () => performance.now(),
      signal: new AbortController().signal,
      ...more,
    });

  test('work on one entry is done one after another', async () => {
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await new Promise(resolve => setImmediate(resolve));
      order.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map(name => cache().exclusive(work(name))));
    expect(order.map(line => line.slice(2))).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends']);
    expect(await readdir(dir)).toEqual([]);
  });

  async function occupied<T>(
    wait: (cacheUnderTest: TokenCache) => Promise<T>,
    more: { signal?: AbortSignal; maxWaitMs?: number },
  ): Promise<T> {
    const holder = cache();
    return holder.exclusive(() => wait(cache(more)));
  }

  test('a wait ends at its limit as a temporary failure', async () => {
    await occupied(
      busy =>
        expect(busy.exclusive(async () => 'never')).rejects.toMatchObject({
          code: 'temporary',
          message: 'another run has been logging in with this profile for 1 s',
        }),
      { maxWaitMs: 600 },
    );
  });

  test('a wait ends with the run', async () => {
    const abort = new AbortController();
    const reason = new Error('interrupted');
    await occupied(
      async busy => {
        const waiting = busy.exclusive(async () => 'never');
        abort.abort(reason);
        await expect(waiting).rejects.toBe(reason);
      },
      { signal: abort.signal },
    );
  });

  test('the lock of a dead process is taken over at once', async () => {
    await cache().exclusive(async () => {});
    await run().authenticate(plan());
    const lockPath = `${await cacheFile()}.lock`;
    const dead = await acquireLock(lockPath, alive);
    const text = await readFile(lockPath, 'utf8');
    await dead.release();
    await writeFile(lockPath, JSON.stringify({ ...JSON.parse(text), pid: 2 ** 22 + 1 }));
    expect(await run().login()).toMatchObject({ cached: true });
    expect(server.count('/login')).toBe(2);
  });
});
