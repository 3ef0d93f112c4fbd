// An error of the system at every step of the end of a run, and a kill at every one that leaves traces: the books are true, and the
// next run asks only for what is missing. With LOANQ_LONG=1 every step of the whole run.
import { statSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { isLong } from '../runner/long.ts';
import { configFor } from '../runner/profiles.ts';
import { csvOf, type Special, startCrego } from './crego.ts';
import { type Disturbance, disturbed, leavesTraces, startDisturbed } from './disturbed.ts';
import { key } from './storm.ts';

const home = await sharedHome();
const directory = join(home.cwd, 'run');
const path = (name: string) => join(directory, name);
const files = ['--ids-from', path('keys'), '--out', path('out.csv'), '--errors', path('errors'), '--summary', path('summary')];
const pace = ['--retries', '0', '--concurrency', '1', '--resume', '--quiet'];
const args = ['crego', 'record', ...files, '--csv', '--fields', 'id,amount', ...pace];

let special: Special = () => undefined;
const crego = await startCrego((id, nth) => special(id, nth));
await home.configure({ ...configFor('crego', crego.origin), audit: path('audit') });

const missing = { status: 404, body: '{}' };
const keys = [0, 1, 2, 3].map(key);
const there = keys.slice(1);
const whole = csvOf(...there);

/** A run in this process, or, where it is to be killed, in one of its own. */
async function night(disturbance?: Disturbance) {
  const before = crego.asked.length;
  const ended =
    disturbance?.with === 'KILL' ? await killed(disturbance) : await disturbed(directory, disturbance, () => runInProcess(args, { home }));
  // Its process would have gone with it.
  if (disturbance?.with !== 'KILL') await rm(path('out.csv.lock'), { force: true });
  return { ...ended, asked: crego.asked.slice(before) };
}

async function killed(disturbance: Disturbance) {
  const running = startDisturbed(args, home, directory, disturbance);
  const { code, stderr } = await running.ended;
  return { code, stderr, steps: await running.steps() };
}

/** The directory of a night about to begin: the second night of a run finds what the first has left. */
async function prepare(which: 'first' | 'second'): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  if (which === 'second') await cp(join(home.cwd, 'second'), directory, { recursive: true });
  else {
    await mkdir(directory);
    await writeFile(path('keys'), keys.map(id => `${id}\n`).join(''));
    await writeFile(path('out.csv'), 'old\n');
  }
  await writeFile(path('summary'), '{"code":"ok","exit":0}\n');
}

/** Makes what the first night leaves when it is stopped: two keys to be asked again, one of them in front of rows. */
async function makeSecond(): Promise<void> {
  await prepare('first');
  special = id => (id === key(0) ? missing : id === key(1) ? { status: 500 } : id === key(3) ? { status: 401 } : undefined);
  expect((await night()).code).toBe(4);
  await cp(directory, join(home.cwd, 'second'), { recursive: true });
}

const read = (name: string) => readFile(path(name), 'utf8').catch(() => undefined);

/** Keys whose rows the journal vouches for; undefined without a journal. */
async function claimed(): Promise<readonly string[] | undefined> {
  const journal = await read('out.csv.journal');
  if (journal === undefined) return undefined;
  return Array.from(journal.matchAll(/^\{"n":(\d+),"at":.*\n/gm), ([, n]) => key(Number(n)));
}

async function listed(): Promise<string[] | undefined> {
  const text = await read('errors');
  return text
    ?.split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line).key);
}

let listedBefore: string[] | undefined;

async function summary(): Promise<Record<string, unknown> | undefined> {
  const text = await read('summary');
  return text === undefined ? undefined : JSON.parse(text);
}

/** The books of a run that came to its end. */
async function expectEnded(): Promise<void> {
  expect(await read('out.csv')).toBe(whole);
  expect(await listed()).toEqual([key(0)]);
  expect(await summary()).toMatchObject({ code: 'partial', exit: 24, keys: 4, delivered: 3, missing: 1, failed: 0 });
  const audit = (await read('audit')) ?? '';
  for (const id of there) expect(audit).toMatch(new RegExp(`"${id}"\\},"outcome":"delivered"\\}\\n`));
}

/** What a night in which something went wrong before the last answer has left behind. */
async function expectHonest({ code, stderr }: { readonly code: number | null; readonly stderr: string }, step: string): Promise<void> {
  expect(await read('out.csv')).toBe('old\n');
  expect(stderr).not.toMatch(/internal|^ {4}at /m);
  if (code === null) return;
  expect([23, 26]).toContain(code);
  expect(stderr).toMatch(/^error: .*(?:no space left on device|input\/output error)\n/m);
  if (!step.includes('summary')) expect(await summary()).toMatchObject({ exit: code });
  const done = (await claimed()) ?? [];
  expect((await summary())?.delivered ?? 0).toBeLessThanOrEqual(done.length);
  if (stderr.includes('--resume goes on from here')) expect(await claimed()).toBeDefined();
}

/** What a night in which something went wrong at its end has left behind. */
async function expectTrue({ code, stderr }: { readonly code: number | null; readonly stderr: string }, step: string): Promise<void> {
  const out = await read('out.csv');
  const done = await claimed();
  const figures = await summary();
  expect(['old\n', whole]).toContain(out);
  if (out !== whole) expect(done).toBeDefined();
  expect(stderr).not.toMatch(/internal|^ {4}at /m);
  if (code === 24) return expectEnded();
  // Killed: books that are there before the output are those of its end.
  if (code === null) {
    if (figures !== undefined) expect(figures).toMatchObject({ exit: 24, delivered: 3, missing: 1 });
    expect([listedBefore, [key(0)]]).toContainEqual(await listed());
    return;
  }
  expect(code).toBe(23);
  expect(stderr).toMatch(/^error: .*(?:no space left on device|input\/output error)\n/m);
  if (!step.includes('summary')) expect(figures).toMatchObject({ code: 'write', exit: 23, delivered: (done ?? there).length });
  // The lock is asked before they appear.
  if (!/errors|lock/.test(step)) expect(await listed()).toEqual([key(0)]);
  if (stderr.includes('--resume goes on from here')) expect(done).toBeDefined();
}

await makeSecond();

describe.each(['first', 'second'] as const)('the %s night of a run', async which => {
  special = id => (id === key(0) ? missing : undefined);
  await prepare(which);
  const { code, steps } = await night();
  expect(code).toBe(24);
  const end = steps.findLastIndex(step => step.endsWith('appendFile audit'));
  const cases = (some: readonly string[]) =>
    some.flatMap(step => {
      const error = / (?:write|append)/.test(step) ? ('ENOSPC' as const) : ('EIO' as const);
      return [...(leavesTraces(step) ? (['KILL'] as const) : []), error].map(how => [how, step] as const);
    });

  beforeEach(async () => {
    special = id => (id === key(0) ? missing : undefined);
    await prepare(which);
    listedBefore = await listed();
  });

  async function expectResumed(before: { readonly code: number | null }): Promise<void> {
    const done = await claimed();
    if (done === undefined && (await read('out.csv')) === whole) return expectEnded();
    const resumed = await night();
    expect(resumed.stderr).toMatch(/^4 keys: 3 delivered, 1 missing, 0 failed/);
    expect(resumed.code).toBe(24);
    // A run that came to its end may begin anew.
    if (before.code !== 24) expect(resumed.asked.filter(id => done?.includes(id))).toEqual([]);
    await expectEnded();
    // A lock file without a word is left alone for five seconds: another run may be about to write it.
    const left = (await readdir(directory)).filter(name => !name.endsWith('.new') || statSync(path(name)).size > 0);
    expect(left.sort()).toEqual(['audit', 'errors', 'keys', 'out.csv', 'summary']);
  }

  it.each(cases(steps.slice(end)))('%s at %s', async (how, step) => {
    const ended = await night({ at: step, with: how });
    expect(ended.steps).toContain(step);
    if (how === 'KILL') expect(ended.code).toBe(null);
    await expectTrue(ended, step);
    await expectResumed(ended);
  });

  it.runIf(isLong).each(cases(steps.slice(0, end)))('%s before the end, at %s', async (how, step) => {
    const ended = await night({ at: step, with: how });
    expect(ended.steps).toContain(step);
    if (ended.code === 24) await expectEnded();
    else await expectHonest(ended, step);
    await expectResumed(ended);
  });
});

it('rows that no journal keeps are on the disk before the books say so, too', async () => {
  special = () => undefined;
  await prepare('first');
  const table = ['crego', 'record', ...there, '-o', 'table', '--out', path('out.txt'), '--summary', path('summary'), '--quiet'];
  const { code, steps } = await disturbed(directory, undefined, () => runInProcess(table, { home }));
  expect(code).toBe(0);
  const at = (step: string) => steps.indexOf(step);
  expect(steps).toContain('1 datasync out.txt.partial');
  expect(at('1 datasync out.txt.partial')).toBeLessThan(at('1 rename summary.partial summary'));
  expect(at('1 rename summary.partial summary')).toBeLessThan(at('1 rename out.txt.partial out.txt'));
});
