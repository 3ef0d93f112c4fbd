// Two runs on one output, the first of them stopped at every stage: whoever has the lock finishes, and nothing of it is touched. The
// second one shares the first one's world, or is in a container of its own under the same host name and comes after a minute of silence.
// With LOANQ_LONG=1 the stages are all steps that leave traces.
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { isLong } from '../runner/long.ts';
import { hasOtherUser } from '../runner/other-user.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { runShell } from '../runner/run.ts';
import { csvOf, startCrego } from './crego.ts';
import { leavesTraces, startDisturbed } from './disturbed.ts';
import { key } from './storm.ts';

const home = await sharedHome();
const directory = join(home.cwd, 'run');
const path = (name: string) => join(directory, name);
const files = ['--ids-from', path('keys'), '--out', path('out.csv'), '--errors', path('errors'), '--summary', path('summary')];
const pace = ['--retries', '0', '--concurrency', '1', '--resume', '--quiet'];
const args = ['crego', 'record', ...files, '--csv', '--fields', 'id,amount', ...pace];

const events = new EventEmitter();
/** Whether the first key, which every run asks for, gets its answer only when a test says so. */
let isHeldBack = false;
const crego = await startCrego(async id => {
  if (id !== key(0)) return undefined;
  events.emit('asked');
  if (isHeldBack) await once(events, 'answer');
  return { status: 404, body: '{}' };
});
await home.configure(configFor('crego', crego.origin));
const keys = [0, 1, 2, 3].map(key);

async function prepare(): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  await writeFile(path('keys'), keys.map(id => `${id}\n`).join(''));
  await writeFile(path('out.csv'), 'old\n');
}

/** Everything in the directory: the lock but for its name, and no lock that has not got its name yet. */
async function filesNow(): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter(name => !name.endsWith('.new')).sort();
  const texts = names.map(async name => [name, name.includes('.lock') ? '' : await readFile(path(name), 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
}

async function expectEnded(): Promise<void> {
  const { summary = '', errors = '', ...others } = await filesNow();
  expect(others).toEqual({ keys: expect.anything(), 'out.csv': csvOf(...keys.slice(1)) });
  expect(JSON.parse(summary)).toMatchObject({ code: 'partial', exit: 24, keys: 4, delivered: 3, missing: 1 });
  expect(JSON.parse(errors)).toMatchObject({ key: key(0), code: 'not-found' });
}

await prepare();
const whole = startDisturbed(args, home, directory);
expect((await whole.ended).code).toBe(24);
const all = (await whole.steps()).filter(leavesTraces);
const last = (name: string) => all.findLast(step => step.endsWith(` ${name}`)) ?? name;
const stages = isLong
  ? all
  : [
      '1 link out.csv.lock.#.new out.csv.lock',
      '1 unlink out.csv.lock.#.new',
      '1 unlink summary',
      '1 write out.csv.partial',
      '2 write out.csv.journal',
      '1 write errors.partial',
      '1 write summary.partial',
      '1 rename errors.partial errors',
      '1 rename summary.partial summary',
      last('write out.csv.journal'),
      '1 chmod out.csv.partial',
      '1 rename out.csv.partial out.csv',
      '1 unlink out.csv.journal',
      '1 unlink out.csv.lock',
    ];

/** The first run, asleep in front of a step. */
async function stopAt(step: string) {
  const running = startDisturbed(args, home, directory, { at: step, with: 'STOP' });
  const stat = `/proc/${running.child.pid}/stat`;
  await vi.waitUntil(async () => / T /.test(await readFile(stat, 'latin1')), { timeout: 30_000, interval: 5 });
  expect(await running.steps()).toContain(step);
  return running;
}

beforeEach(prepare);

describe.runIf(existsSync('/proc/self/stat'))('beside a run that is stopped', () => {
  it.each(stages)('before %s, another one ends with 29, or the output is still free', async step => {
    const before = crego.asked.length;
    const sleeper = await stopAt(step);
    const found = await filesNow();
    const other = await runInProcess(args, { home });
    if (found['out.csv.lock'] === undefined) {
      expect(other.code).toBe(24);
      await expectNothingElse(found);
    } else {
      expect(other.code).toBe(29);
      expect(await filesNow()).toEqual(found);
    }
    sleeper.child.kill('SIGCONT');
    expect((await sleeper.ended).code).toBe(24);
    await expectEnded();
    const runs = found['out.csv.lock'] === undefined ? 2 : 1;
    expect(crego.asked.slice(before).sort()).toEqual(keys.flatMap(id => Array(runs).fill(id)));
  });

  /** Beside what was there, the other run has left its output and its books, and no more. */
  async function expectNothingElse(found: Record<string, string>): Promise<void> {
    const names = new Set([...Object.keys(found), 'errors', 'out.csv', 'summary']);
    expect(Object.keys(await filesNow()).sort()).toEqual([...names].sort());
  }
});

describe.runIf(hasOtherUser && hasPrograms({ unshare: 'util-linux' }))('beside a run that is silent for a minute', () => {
  const inContainer = () => runShell(`exec unshare --pid --fork --mount --mount-proc "$NODE" "$LAUNCHER" ${args.join(' ')}`, { home });

  async function silence(): Promise<void> {
    const aMinuteAgo = new Date(Date.now() - 61_000);
    await utimes(path('out.csv.lock'), aMinuteAgo, aMinuteAgo).catch(() => undefined);
  }

  it.each(stages)('before %s, another one takes over, and the first finds nothing to do when it goes on', async step => {
    const sleeper = await stopAt(step);
    await silence();
    const isFree = !existsSync(path('out.csv.lock'));
    const hasOutput = (await filesNow())['out.csv'] !== 'old\n';
    expect((await inContainer()).code).toBe(24);
    const { summary, ...after } = await filesNow();
    sleeper.child.kill('SIGCONT');
    const { code, stderr } = await sleeper.ended;
    if (isFree || hasOutput) {
      expect(code).toBe(24);
      return expectEnded();
    }
    expect(stderr).toMatch(/^error: crego record: lost the lock of .*\nhint: nothing was replaced/m);
    expect(code).toBe(29);
    // Asleep between the question whose the lock is and the very next step, it takes that step.
    const isAtOnce = step === '1 unlink summary';
    expect(await filesNow()).toEqual({ ...after, ...(!isAtOnce && { summary }) });
    if (!isAtOnce) await expectEnded();
  });

  // The same: what lies under the name of these steps is the other run's by now.
  it.each(stages.filter(step => !/^\d+ (?:unlink|rename|rm) /.test(step)))(
    'before %s, and wakes up while the other is under way',
    async step => {
      const sleeper = await stopAt(step);
      await silence();
      isHeldBack = true;
      const asked = once(events, 'asked');
      const other = inContainer();
      await asked;
      const before = await filesNow();
      sleeper.child.kill('SIGCONT');
      const { code, stderr } = await sleeper.ended;
      expect(code).toBe(29);
      expect(stderr).toMatch(/: lost the lock of |: another run writes /);
      expect(await filesNow()).toEqual(before);
      isHeldBack = false;
      events.emit('answer');
      expect((await other).code).toBe(24);
      await expectEnded();
    },
  );
});
