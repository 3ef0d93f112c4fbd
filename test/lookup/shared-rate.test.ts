// Runs of the built program that share one limit. Nothing here depends on how fast the machine is: with -v each request says which
// time it was given and when it left, by the one clock of all processes of a machine, and a request cannot arrive before it has left.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startCrego } from '../batch/crego.ts';
import { key } from '../batch/storm.ts';
import { launcher } from '../runner/app.ts';
import { environment, type Home, ownHome } from '../runner/home.ts';
import { hasOtherUser, otherUid } from '../runner/other-user.ts';
import { configFor, profileFor } from '../runner/profiles.ts';
import { type Ran, run, start } from '../runner/run.ts';

const burst = 10;
/** Root can give a process a disk of its own. */
const mayMount = hasOtherUser && spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;
/** Of times that are printed to a microsecond. */
const roundingMs = 0.01;

/** What is said of sharing; a record of a few fields is said to differ, too. */
const warnings = ({ stderr }: Ran) => stderr.match(/^warning: .*rate.*$/gm) ?? [];
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const keys = (count: number, from = 0) => Array.from({ length: count }, (_, n) => key(from + n));

interface Departure {
  readonly givenMs: number;
  readonly leftMs: number;
}

function departures({ stderr }: Pick<Ran, 'stderr'>): Departure[] {
  const lines = stderr.matchAll(/^\. shared rate: a request was given ([\d.-]+) s, and leaves at ([\d.]+) s$/gm);
  return [...lines].map(([, given, left]) => ({ givenMs: Number(given) * 1000, leftMs: Number(left) * 1000 }));
}

/** Throws unless in any window whatever at most its length times the rate and a burst have left. */
function expectLimit(all: readonly Departure[], ratePerSecond: number): void {
  const left = all.map(({ leftMs }) => leftMs).sort((a, b) => a - b);
  const crowded = left.flatMap((first, from) =>
    left.slice(from + burst).filter((last, at) => at + burst + 1 > ((last - first + roundingMs) * ratePerSecond) / 1000 + burst),
  );
  expect(crowded).toEqual([]);
}

/** Throws unless that holds for all of them together, and no time was given twice, whoever had it. */
function expectOneLimit(all: readonly Departure[], ratePerSecond: number, arrivedMs: readonly number[]): void {
  expectLimit(all, ratePerSecond);
  const intervalMs = 1000 / ratePerSecond;
  const given = all.map(({ givenMs }) => givenMs).sort((a, b) => a - b);
  const gaps = given.slice(1).map((ms, at) => ms - (given[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs - roundingMs);
  // The server counts, too: by any time no more have come than could be given until then.
  const early = arrivedMs.filter((ms, at) => ms < (given[0] ?? 0) + at * intervalMs - roundingMs);
  expect(early).toEqual([]);
}

async function stage(special: (nth: number) => object | undefined = () => undefined, profile: object = {}) {
  const arrivedMs: number[] = [];
  const server = await startCrego(() => {
    arrivedMs.push(nowMs());
    return special(arrivedMs.length);
  });
  const home = await ownHome();
  await home.configure(configFor('crego', server.origin, profile));
  return { server, home, arrivedMs };
}

const call = (...more: readonly string[]) => ['crego', 'record', '-o', 'ndjson', '--fields', 'id', ...more];
const buckets = (home: Home) => readdirSync(home.stateDir).filter(name => name.startsWith('rate-'));

describe('several processes', () => {
  it('keep to one limit together, and none of them starves', async () => {
    const { home, arrivedMs } = await stage();
    const runs = Array.from({ length: 6 }, (_, n) =>
      start(call('-v', '--max-rate', '20', '--concurrency', `${n + 1}`, ...keys(12, 12 * n)), { home }),
    );
    const ran = await Promise.all(runs.map(({ ended }) => ended));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect([arrivedMs.length, ran.flatMap(departures).length]).toEqual([72, 72]);
    expectOneLimit(ran.flatMap(departures), 20, arrivedMs);
  }, 60_000);

  it('do so when some are killed: nothing is handed out twice, and nobody waits for the dead', async () => {
    const kill: (() => void)[] = [];
    const { home, arrivedMs } = await stage(nth => {
      if (nth % 11 === 0) kill.pop()?.();
      return undefined;
    });
    const runs = Array.from({ length: 7 }, (_, n) => start(call('-v', '--max-rate', '25', ...keys(n < 4 ? 200 : 15, 200 * n)), { home }));
    kill.push(
      ...runs.slice(0, 4).map(
        ({ child }) =>
          () =>
            void child.kill('SIGKILL'),
      ),
    );
    const ran = await Promise.all(runs.map(({ ended }) => ended));
    expect(ran.map(({ signal }) => signal)).toEqual([...Array(4).fill('SIGKILL'), ...Array(3).fill(null)]);
    expect(ran.slice(4).map(({ code }) => code)).toEqual([0, 0, 0]);
    const all = ran.flatMap(departures);
    expect(all.length).toBeGreaterThanOrEqual(arrivedMs.length);
    expectOneLimit(all, 25, arrivedMs);
  }, 60_000);

  it('keep to the limit of the profile; one that is told to be slower is, and does not make the others slow', async () => {
    const { home, arrivedMs } = await stage(undefined, { maxRate: 40 });
    const calls: readonly [rate: number, keys: number][] = [
      [10, 25],
      [10, 25],
      [40, 60],
    ];
    const runs = calls.map(([rate, count], n) => {
      const given = rate === 40 ? [] : ['--max-rate', `${rate}`];
      return start(call('-v', ...given, ...keys(count, 100 * n)), { home });
    });
    const ran = await Promise.all(runs.map(({ ended }) => ended));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
    expectOneLimit(ran.flatMap(departures), 40, arrivedMs);
    for (const [n, one] of ran.entries()) expectLimit(departures(one), calls[n]?.[0] ?? 0);
  }, 60_000);

  it('wait all of them when one is told to: HTTP 429', async () => {
    let refusedMs = 0;
    const { home, arrivedMs } = await stage(nth => {
      if (nth !== 5) return undefined;
      refusedMs = nowMs();
      return { status: 429, headers: { 'retry-after': '2' }, body: '{}' };
    });
    // After the burst each of them has been given a time some intervals ahead, for which it waits.
    const runs = [0, 1, 2].map(n => start(call('-v', '--max-rate', '3', ...keys(5, 8 * n)), { home }));
    await Promise.race(runs.map(({ saidOnStderr }) => saidOnStderr('HTTP 429, Retry-After 2 s: waiting')));
    const knownMs = nowMs();
    const late = start(call('-v', '--max-rate', '3', key(90)), { home });
    const ran = await Promise.all([...runs, late].map(({ ended }) => ended));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const left = ran.flatMap(departures).map(({ leftMs }) => leftMs);
    expect(left.length).toBe(17);
    expect(left.filter(ms => ms > knownMs && ms < refusedMs + 2000)).toEqual([]);
    expect(left.filter(ms => ms >= refusedMs + 2000).length).toBeGreaterThanOrEqual(2);
    expectOneLimit(ran.flatMap(departures), 3, arrivedMs);
  }, 60_000);
});

describe('a burst that one run has spent', () => {
  const slow = ['--max-rate', '0.01'];

  async function spent() {
    const on = await stage();
    expect((await run(call(...slow, ...keys(burst)), { home: on.home })).code).toBe(0);
    return on;
  }

  it('is spent for single lookups, too: a loop of a shell is many processes', async () => {
    const { home, arrivedMs } = await stage();
    for (const id of keys(burst)) expect((await run(call(...slow, id), { home })).code).toBe(0);
    expect(await run(call(...slow, '--deadline', '1', key(99)), { home })).toMatchObject({ code: 28, stdout: '' });
    expect(arrivedMs.length).toBe(burst);
  }, 60_000);

  it.each<[string, string[], number]>([
    ['is spent for the next one', [], 28],
    ['is spent for one that is faster, as far as it was spent', ['--max-rate', '10'], 28],
    ['is there for one that does not share', ['--no-shared-rate'], 0],
    ['is there for another profile', ['-p', 'other'], 0],
    ['is there for the same profile of another provider’s host', ['--config', 'elsewhere.json'], 0],
    ['is spent for the same profile and host in another configuration', ['--config', 'same.json'], 28],
    ['is there for one of another state directory', ['STATE'], 0],
  ])(
    '%s',
    async (_, more, code) => {
      const { server, home, arrivedMs } = await spent();
      const elsewhere = await startCrego();
      const profile = { ...configFor('crego', server.origin) } as { profiles?: object };
      const [name = ''] = Object.keys(profile.profiles ?? {});
      await home.configure({ defaults: { crego: name }, profiles: { ...profile.profiles, other: profileFor('crego', server.origin) } });
      await home.write('work/elsewhere.json', JSON.stringify(configFor('crego', elsewhere.origin)));
      await home.write('work/same.json', JSON.stringify(configFor('crego', server.origin)));
      const [env, args] = more[0] === 'STATE' ? [{ XDG_STATE_HOME: join(home.path, 'other-state') }, []] : [{}, more];
      const rate = more[0] === '--max-rate' ? [] : slow;
      const ran = await run(call(...rate, ...args, '--deadline', code === 0 ? '40' : '1', ...keys(burst, 20)), { home, env });
      expect(ran.code).toBe(code);
      expect(arrivedMs.length + elsewhere.asked.length).toBe(code === 0 ? 2 * burst : burst);
    },
    60_000,
  );

  it('leaves private files only', async () => {
    const { home } = await spent();
    expect(buckets(home).length).toBe(1);
    const listed = execFileSync('find', [home.stateDir, '-printf', '%m %y\n'], { encoding: 'utf8' });
    expect(new Set(listed.trim().split('\n'))).toEqual(new Set(['700 d', '600 f']));
    const all = execFileSync('grep', ['-rhE', '', home.stateDir], { encoding: 'utf8' });
    expect(all).toMatch(/^(\{"atMs":[\d.]+,"mark":\[\d+,[\d.]+\],"text":"-?[\d.]+ [\d.]+"\}\n)+$/);
  }, 60_000);
});

describe('nothing is kept', () => {
  it.each([
    ['by the sandbox, whose servers are for one run', ['--sandbox', '--max-rate', '100', '229fe24c-d840-48dc-959a-e0ff1479df35'], 0],
    ['where there is no limit, as on this machine', [key(1)], 0],
    ['by a dry run', ['--max-rate', '100', '--dry-run', key(1)], 0],
    ['with --no-shared-rate', ['--max-rate', '100', '--no-shared-rate', key(1)], 0],
  ])('%s', async (_, args, code) => {
    const { home } = await stage();
    const { code: ended } = await run(['crego', 'record', ...args], { home });
    expect([ended, existsSync(home.stateDir)]).toEqual([code, false]);
  });

  it('of other starts of a machine, once nobody has used it for a week', async () => {
    const { home } = await stage();
    expect((await run(call('--max-rate', '100', key(1)), { home })).code).toBe(0);
    const [current = ''] = buckets(home);
    const [old, young, link] = ['a', 'b', 'c'].map(letter => join(home.stateDir, `${current.slice(0, 21)}-${letter.repeat(16)}`)) as [
      string,
      string,
      string,
    ];
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    for (const dir of [old, young]) mkdirSync(dir);
    writeFileSync(join(old, '7'), '');
    symlinkSync(await home.write('work/mine/x', 'x').then(path => join(path, '..')), link);
    execFileSync('touch', ['-h', '-d', '8 days ago', link]);
    utimesSync(old, eightDaysAgo, eightDaysAgo);
    rmSync(join(home.stateDir, current), { recursive: true });
    expect((await run(call('--max-rate', '100', key(1)), { home })).code).toBe(0);
    expect([existsSync(old), existsSync(young), existsSync(join(home.cwd, 'mine/x'))]).toEqual([false, true, true]);
  });
});

describe('whatever lies in the state directory, the run goes on', () => {
  type Spoiling = [title: string, spoil: (home: Home) => void, why: string];
  /** At one request in 100 seconds; the first of a burst would have been given a time of nine intervals ago. */
  const expectNoBurst = (ran: Ran): void => {
    const [only] = departures(ran);
    expect(only && only.leftMs - only.givenMs).toBeLessThan(100_000);
  };
  const again = 'is of no use; beginning anew, without a burst\n';

  it.each<[string, (path: string) => void]>([
    ['garbage', path => writeFileSync(path, '{}')],
    [
      'a time in an hour and more',
      path => writeFileSync(path, JSON.stringify({ atMs: 1, mark: [1, 1], text: `${nowMs() + 3_700_000} 0` })),
    ],
    ['a pause of many minutes', path => writeFileSync(path, JSON.stringify({ atMs: 1, mark: [1, 1], text: `1 ${nowMs() + 400_000}` }))],
    ['no times', path => writeFileSync(path, JSON.stringify({ atMs: 1, mark: [1, 1], text: 'NaN Infinity' }))],
    ['a pipe', path => void execFileSync('mkfifo', [path])],
    ['a link', path => symlinkSync('/dev/zero', path)],
  ])('%s', async (_, plant) => {
    const { home, arrivedMs } = await stage();
    expect((await run(call('--max-rate', '0.01', key(1)), { home })).code).toBe(0);
    const [name = ''] = buckets(home);
    plant(join(home.stateDir, name, '99'));
    const ran = await run(call('-v', '--max-rate', '0.01', key(2)), { home });
    expect([ran.code, arrivedMs.length]).toEqual([0, 2]);
    expect(ran.stderr).toContain(again);
    expectNoBurst(ran);
  });

  const bucketOf = (home: Home) => join(home.stateDir, buckets(home)[0] ?? '');
  const notYours = 'BUCKET is not a directory of yours alone';
  const byOthers: readonly Spoiling[] = [
    ['a bucket of another user', home => lchownSync(bucketOf(home), otherUid, otherUid), notYours],
    ['a state directory of another user', home => lchownSync(home.stateDir, otherUid, otherUid), 'another user owns it'],
  ];

  it.each<Spoiling>([
    [
      'a file in its place',
      home => {
        rmSync(home.stateDir, { recursive: true });
        writeFileSync(home.stateDir, '');
      },
      'EEXIST',
    ],
    ['a bucket that others can look into', home => chmodSync(bucketOf(home), 0o755), notYours],
    [
      'a link in the place of the bucket',
      home => {
        const bucket = bucketOf(home);
        rmSync(bucket, { recursive: true });
        symlinkSync('/tmp', bucket);
      },
      notYours,
    ],
    ...(hasOtherUser ? byOthers : []),
  ])('%s: a limit of its own, and one warning', async (_, spoil, why) => {
    const { home, arrivedMs } = await stage();
    expect((await run(call('--max-rate', '100', key(1)), { home })).code).toBe(0);
    const [bucket = ''] = buckets(home);
    spoil(home);
    const ran = await run(call('--max-rate', '0.01', '--deadline', '40', ...keys(burst)), { home });
    expect(warnings(ran).map(line => line.replace(home.stateDir, 'STATE').replace(bucket, 'BUCKET'))).toEqual([
      `warning: the rate is not shared with other runs: the state directory STATE cannot be used (${why})`,
    ]);
    expect([ran.code, arrivedMs.length]).toEqual([0, 1 + burst]);
    expect(await run(call('--max-rate', '1000', '-q', key(1)), { home })).toMatchObject({ code: 0, stderr: '' });
  });

  it('what breaks on the way: a limit of its own without a burst, which others may have had, and one warning', async () => {
    const { home, arrivedMs } = await stage();
    expect((await run(call('--max-rate', '100', key(1)), { home })).code).toBe(0);
    writeFileSync(join(bucketOf(home), '999999999999999'), '');
    const ran = await run(call('-v', '--max-rate', '0.01', key(2)), { home });
    expect(warnings(ran)).toEqual([
      `warning: the rate is not shared with other runs: the state directory ${home.stateDir} cannot be used (EOVERFLOW)`,
    ]);
    expect([ran.code, arrivedMs.length]).toEqual([0, 2]);
    expectNoBurst(ran);
  });

  it.runIf(mayMount)('a disk that is full, and one that is read-only: a limit of its own, one warning, and no litter', async () => {
    const { home, arrivedMs } = await stage();
    const line = `
      mkdir "$HOME/state"; mount -t tmpfs -o size=64k tmpfs "$HOME/state"
      look() { "$NODE" "$LAUNCHER" crego record ${key(1)} -o ndjson --fields id --max-rate 1000 2>&1; }
      look; dd if=/dev/zero of="$HOME/state/big" bs=1k count=100 2>/dev/null
      look; find "$HOME/state/loanq" -type f | wc -l
      mount -o remount,ro "$HOME/state"; look`;
    const env = { ...environment(home), XDG_STATE_HOME: join(home.path, 'state'), NODE: process.execPath, LAUNCHER: launcher() };
    const { stdout: said } = await promisify(execFile)('unshare', ['--mount', 'sh', '-c', line], { env, timeout: 50_000 });
    const row = `{"id":"${key(1)}"}`;
    const warning = (code: string) =>
      `warning: the rate is not shared with other runs: the state directory ${home.path}/state/loanq cannot be used (${code})`;
    const told = said
      .trimEnd()
      .split('\n')
      .filter(text => !text.includes('answers differ'));
    expect(told).toEqual([row, warning('ENOSPC'), row, '1', warning('EROFS'), row]);
    expect(arrivedMs.length).toBe(3);
  });

  it('a bucket that somebody removes is made again', async () => {
    let home: Home | undefined;
    const on = await stage(nth => {
      if (nth === 5 && home !== undefined) rmSync(bucketOf(home), { recursive: true });
      return undefined;
    });
    home = on.home;
    const ran = await run(call('--max-rate', '100', '--concurrency', '1', ...keys(20)), { home });
    expect([ran.code, warnings(ran), buckets(home).length]).toEqual([0, [], 1]);
  });
});
