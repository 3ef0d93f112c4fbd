// The books of a batch: what it says about itself is there however it ends, is true, and is nobody else's.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, mkdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { Accounts } from '../../src/batch/accounts.ts';
import { Tally } from '../../src/batch/tally.ts';
import { LockedError, TemporaryError } from '../../src/core/errors.ts';
import { Drift } from '../../src/decode/drift.ts';
import { acquireLock } from '../../src/files/lock.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, profileFor } from '../runner/profiles.ts';
import { startServer } from '../runner/server.ts';
import { type Special, startCrego } from './crego.ts';
import { key } from './storm.ts';

const home = await sharedHome();
let special: Special = () => undefined;
const crego = await startCrego((id, nth) => special(id, nth));
await home.configure({ profiles: { test: profileFor('crego', crego.origin) } });
const path = (name: string) => join(home.cwd, name);
const yesterday = '{"code":"ok","exit":0}\n';
const csv = ['--csv', '--fields', 'id', '--retries', '0', '--concurrency', '1'];

const keysOf = (...ns: readonly number[]) => ns.map(n => `${key(n)}\n`).join('');
const summary = async (): Promise<unknown> => JSON.parse(await readFile(path('summary'), 'utf8'));

async function run(keys: string, more: readonly string[], env: Record<string, string> = {}) {
  await writeFile(path('keys'), keys);
  return runInProcess(['crego', 'record', '--ids-from', path('keys'), ...csv, ...more], { home, env });
}

it('a run that is refused because another one writes the output touches nothing of it', async () => {
  const files = ['out', 'out.partial', 'out.journal', 'errors', 'errors.partial', 'summary', 'summary.partial'];
  for (const name of files) await writeFile(path(name), `of the first run: ${name}`);
  const lock = await acquireLock(path('out.lock'), { pid: process.pid, isAlive: () => true });
  const before = (await readdir(home.cwd)).sort();
  const asked = crego.asked.length;
  const { code } = await run(keysOf(1), ['--out', path('out'), '--errors', path('errors'), '--summary', path('summary')]);
  expect(code).toBe(29);
  expect((await readdir(home.cwd)).sort()).toEqual([...before, 'keys'].sort());
  for (const name of files) expect(await readFile(path(name), 'utf8')).toBe(`of the first run: ${name}`);
  expect(crego.asked.length).toBe(asked);
  await lock.release();
  for (const name of files) rmSync(path(name));
});

describe('no summary of an earlier run is left standing', () => {
  const zero = {
    keys: 0,
    delivered: 0,
    missing: 0,
    failed: 0,
    earlier: 0,
    rows: 0,
    firstPagesOnly: 0,
    failures: {},
    quarantined: 0,
    drift: {},
    driftMore: 0,
    driftKinds: {},
    requests: 0,
    logins: 0,
    retries: 0,
    seconds: 0,
  };

  it.each<[what: string, more: readonly string[], code: string, exit: number]>([
    ['an option that cannot be meant', ['--limit', '3'], 'usage', 2],
    ['an unknown field', ['--sort', 'nope'], 'usage', 2],
    ['a profile that does not exist', ['--profile', 'nobody'], 'config', 20],
    ['too few keys', ['--expect', '7'], 'input', 26],
    ['an output that cannot be written', ['--out', '/proc/nowhere/x'], 'write', 23],
  ])('%s', async (_what, more, code, exit) => {
    await writeFile(path('summary'), yesterday);
    expect((await run(keysOf(1), [...more, '--summary', path('summary')])).code).toBe(exit);
    expect(await summary()).toEqual({ code, exit, ...zero });
  });

  it('but one that names another file of the run is left alone', async () => {
    await writeFile(path('keys'), keysOf(1));
    const { code } = await run(keysOf(1), ['--summary', path('keys')]);
    expect(code).toBe(2);
    expect(await readFile(path('keys'), 'utf8')).toBe(keysOf(1));
  });

  it('a run that goes on has none until it ends', async () => {
    await writeFile(path('summary'), yesterday);
    const seen: string[] = [];
    special = () => {
      for (const name of ['summary']) if (statSync(path(name), { throwIfNoEntry: false })) seen.push(name);
      return undefined;
    };
    expect((await run(keysOf(1), ['--summary', path('summary')])).code).toBe(0);
    special = () => undefined;
    expect(seen).toEqual([]);
    expect(await summary()).toMatchObject({ code: 'ok', exit: 0, delivered: 1 });
  });
});

/** Closes the accounts of a run that delivered everything, and tells in which order; `lock` answers each question for it. */
async function closing(lock: () => Promise<void>, stopped?: Error): Promise<{ readonly order: string[]; readonly ended: unknown }> {
  const order: string[] = [];
  const noted = async (step: string): Promise<void> => void order.push(step);
  const messages = { note: () => undefined, write: () => undefined, warn: () => undefined };
  const accounts = new Accounts(
    { runtime: { monotonicMs: () => 0 }, messages } as never,
    {
      provider: { name: 'p' },
      endpoint: { name: 'e' },
      failEmpty: false,
      talk: { errorFormat: 'text' },
      output: { sums: [] },
      follow: [],
      replacesFile: new Set(),
    } as never,
    { stats: { requests: 0, logins: 0, retries: 0 }, drift: new Drift(), session: { audit: { sync: () => noted('trail') } } } as never,
    new Tally(),
    {
      report: {
        finish: (code: string) => noted(`books: ${code}`),
        replaceKeys: () => noted('key file'),
        abandon: () => noted('no books'),
      } as never,
      output: {
        hasRows: true,
        kept: undefined,
        notes: () => [],
        isDone: undefined,
        seal: () => noted('rows on the disk'),
        publish: () => noted('name'),
        stop: () => noted('stop'),
      } as never,
      lock: { confirm: () => noted('lock').then(lock) },
    },
  );
  return { order, ended: await accounts.close(stopped).catch(error => error) };
}

it('the books are on the disk before the output takes its name, and only then is the key file replaced', async () => {
  expect(await closing(async () => {})).toEqual({
    order: ['lock', 'rows on the disk', 'lock', 'trail', 'books: ok', 'name', 'key file'],
    ended: 'ok',
  });
});

it.each([0, 1])('a run that finds its lock lost (%i questions later) touches neither books nor output', async answers => {
  let left = answers;
  const lost = async (): Promise<void> => {
    left -= 1;
    if (left < 0) throw new LockedError('lost');
  };
  expect(await closing(lost)).toEqual({
    order: ['lock', ...(answers === 1 ? ['rows on the disk', 'lock'] : []), 'stop', 'lock', 'no books'],
    ended: 'locked',
  });
});

it('a run that was stopped for another reason asks for its lock before it writes its books', async () => {
  const stopped = new TemporaryError('down');
  expect((await closing(async () => {}, stopped)).order).toEqual(['stop', 'lock', 'books: temporary']);
  const lost = await closing(() => Promise.reject(new LockedError('lost')), stopped);
  expect(lost).toEqual({ order: ['stop', 'lock', 'no books'], ended: 'temporary' });
});

it('an output that cannot take its name is 23 in the books, with the keys that a resumed run need not ask again', async () => {
  special = id => {
    // Becomes a directory while the run is under way, which no file can replace.
    if (id === key(2)) mkdirSync(path('late'));
    return id === key(2) ? { status: 404, body: '{}' } : undefined;
  };
  const files = ['--out', path('late'), '--errors', path('errors'), '--summary', path('summary')];
  expect((await run(keysOf(1, 2, 3), files)).code).toBe(23);
  special = () => undefined;
  expect(await summary()).toMatchObject({ code: 'write', exit: 23, keys: 3, delivered: 2, missing: 1 });
  expect(await readFile(path('errors'), 'utf8')).toContain(key(2));
  rmSync(path('late'), { recursive: true });
  const asked = crego.asked.length;
  expect((await run(keysOf(1, 2, 3), [...files, '--resume'])).code).toBe(0);
  expect(crego.asked.slice(asked)).toEqual([key(2)]);
});

it('requests are those that were sent, logins apart', async () => {
  const server = await startServer(request => {
    if (request.target.includes('/auth/getAccessToken'))
      return { body: '{"value":{"accessToken":"t0ken-t0ken","refreshToken":"r","expireTime":9999999999999}}' };
    return { body: '{"items":[]}' };
  });
  const config = configFor('ekuaibao', server.origin, { credentials: { appKey: 'app-key-1234', appSecurity: 'app-security-1234' } });
  await writeFile(path('config.json'), JSON.stringify(config), { mode: 0o600 });
  await writeFile(path('ids'), 'ID_1\nID_2\n');
  const args = ['ekuaibao', 'repayment-records', '--ids-from', path('ids'), '--summary', path('summary'), '--config', path('config.json')];
  expect((await runInProcess([...args, '--no-token-cache'], { home })).code).toBe(21);
  expect(await summary()).toMatchObject({ requests: 1, logins: 1, retries: 0 });
});

it('a pipe for the summary or the errors is written to, not replaced', async () => {
  for (const name of ['pipe-1', 'pipe-2']) execFileSync('mkfifo', [path(name)]);
  const readers = ['pipe-1', 'pipe-2'].map(name => text(spawn('cat', [path(name)]).stdout));
  special = id => (id === key(2) ? { status: 404, body: '{}' } : undefined);
  const { code } = await run(keysOf(1, 2), ['--errors', path('pipe-1'), '--summary', path('pipe-2')]);
  special = () => undefined;
  expect(code).toBe(24);
  const [errors = '', figures = ''] = await Promise.all(readers);
  expect(JSON.parse(errors)).toMatchObject({ key: key(2), code: 'not-found' });
  expect(JSON.parse(figures)).toMatchObject({ code: 'partial', keys: 2 });
  for (const name of ['pipe-1', 'pipe-2']) expect(statSync(path(name)).isFIFO()).toBe(true);
});

it('a pipe that is full is waited for', async () => {
  execFileSync('mkfifo', [path('full')]);
  const pipe = await fill(path('full'));
  const ahead = key(17);
  const drained = new Promise<string>((resolve, reject) => {
    special = async id => {
      // It is begun when the first key has been accounted for.
      if (id === ahead) drain(pipe).then(resolve, reject);
      return { status: 404, body: '{}' };
    };
  });
  const keys = Array.from({ length: 20 }, (_, at) => at + 1);
  const { code, stderr } = await run(keysOf(...keys), ['--errors', path('full')]);
  special = () => undefined;
  expect({ code, stderr }).toEqual({ code: 21, stderr: expect.stringMatching(/^20 keys: 0 delivered, 20 missing/) });
  const listed = (await drained).trimEnd().split('\n');
  expect(listed.map(line => JSON.parse(line).key)).toEqual(keys.map(key));
});

/** Opens a pipe both ways and fills it to the last byte. */
async function fill(name: string): Promise<FileHandle> {
  const pipe = await open(name, constants.O_RDWR | constants.O_NONBLOCK);
  for (const size of [4096, 1]) {
    while (await pipe.write(Buffer.alloc(size, 0x20)).then(Boolean, () => false));
  }
  return pipe;
}

/** Reads a pipe to its end. What filled it is left out. */
async function drain(pipe: FileHandle): Promise<string> {
  const reader = spawn('cat', [path('full')]);
  await once(reader.stdout, 'readable');
  await pipe.close();
  return (await text(reader.stdout)).trimStart();
}
