// examples/shards.sh with GNU parallel, and examples/array.sbatch as Slurm starts it.
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCrego } from '../batch/crego.ts';
import { projectRoot } from '../runner/app.ts';
import { hasPrograms } from '../runner/programs.ts';
import { hardest, idsIn, known, surroundings, unknown, type Workplace, workshop } from './workplace.ts';

const workplace = await workshop();
const hasParallel = hasPrograms({ parallel: 'parallel' });
const keys = [...known, ...unknown];
const many = Array.from({ length: 60 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

async function withScripts(place: Workplace): Promise<Workplace> {
  for (const name of ['shards.sh', 'array.sbatch']) await copyFile(join(projectRoot, 'examples', name), join(place.dir, name));
  return place;
}

const keysOf = (lines: string) => lines.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).key]));

describe.runIf(hasParallel).each(surroundings)('examples/shards.sh $name', where => {
  it('looks up every part, lists what is missing, and repeats nothing', async () => {
    const place = await withScripts(await workplace('shards', where, keys));
    const call = "sh shards.sh ids.txt 'the parts' 4 4 5";
    expect(place.shell(call)).toEqual(expect.objectContaining({ status: 0, stdout: '', stderr: '' }));
    expect([...idsIn(await place.read('the parts/all.ndjson'))].sort()).toEqual(known);
    expect(keysOf(await place.read('the parts/errors.jsonl')).sort()).toEqual(unknown);
    const summaries = readdirSync(join(place.dir, 'the parts')).filter(name => name.startsWith('summary-'));
    expect(summaries.sort()).toEqual(['summary-1.json', 'summary-2.json', 'summary-3.json', 'summary-4.json']);
    const books = await Promise.all(summaries.map(async name => JSON.parse(await place.read(`the parts/${name}`))));
    expect(books.reduce((sum, { keys }) => sum + keys, 0)).toBe(8);

    const before = await Promise.all(summaries.map(name => place.read(`the parts/${name}`)));
    expect(place.shell(call)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(await Promise.all(summaries.map(name => place.read(`the parts/${name}`)))).toEqual(before);
    // A head and four parts, then four more.
    expect((await place.read('the parts/joblog')).trimEnd().split('\n').length).toBe(9);
  });

  it('refuses parts of another number or of another key file, and parts it does not know', async () => {
    const place = await withScripts(await workplace('shards-other', where, known));
    expect(place.shell('sh shards.sh ids.txt parts 2 2 100')).toMatchObject({ status: 0 });
    const refused = 'shards.sh: parts holds parts of another key file, or another number of parts: take an empty directory\n';
    expect(place.shell('sh shards.sh ids.txt parts 3 2 100')).toMatchObject({ status: 2, stdout: '', stderr: refused });
    await writeFile(join(place.dir, 'other.txt'), `${known[0]}\n`);
    expect(place.shell('sh shards.sh other.txt parts 2 2 100')).toMatchObject({ status: 2, stdout: '', stderr: refused });
    expect(idsIn(await place.read('parts/all.ndjson')).length).toBe(2);
    await mkdir(join(place.dir, 'found'));
    await writeFile(join(place.dir, 'found/part-1.ndjson'), '');
    expect(place.shell('sh shards.sh ids.txt found 2 2 100')).toMatchObject({
      status: 2,
      stderr: 'shards.sh: found holds parts, but not what they are parts of: take an empty directory\n',
    });
  });

  it.each([
    ['', 'usage: shards.sh <key file> <directory> [parts] [at a time] [requests a second]'],
    ['ids.txt', 'usage: shards.sh <key file> <directory> [parts] [at a time] [requests a second]'],
    ['none.txt parts', 'cannot read none.txt'],
    ['ids.txt parts 0', '0 is no number of parts'],
    ['ids.txt parts 4 x', 'x is no number of parts'],
    ['ids.txt parts 4 2 2,5', '2,5 is no number of requests, like 2.5'],
  ])('refuses "%s"', async (args, words) => {
    const place = await withScripts(await workplace('shards-usage', where));
    expect(place.shell(`sh shards.sh ${args}`)).toMatchObject({ status: 2, stdout: '', stderr: `shards.sh: ${words}\n` });
  });
});

describe.runIf(hasParallel)('examples/shards.sh', () => {
  it('takes names that a shell or parallel would take apart', async () => {
    const place = await withScripts(await workplace('shards-names', hardest));
    await copyFile(join(place.dir, 'ids.txt'), join(place.dir, 'all $HOME\'s {} "ids".txt'));
    expect(place.shell(`sh shards.sh "all \\$HOME's {} \\"ids\\".txt" "it's {} *" 2 2 100`)).toMatchObject({ status: 0, stderr: '' });
    expect([...idsIn(await place.read("it's {} */all.ndjson"))].sort()).toEqual(known);
  });

  it.each([
    ['gives each of those that run at a time its share of the rate, with a point', ' 5', '--max-rate 1.25 --no-shared-rate'],
    ['leaves the rate to the profile, and its parts to share it', '', ''],
  ])('%s', async (_, rate, given) => {
    const place = await withScripts(await workplace('shards-rate', hardest));
    await writeFile(join(place.bin, 'loanq'), `#!/bin/sh\necho "$@" >>'${place.dir}/calls'\nexit 24\n`);
    expect(place.shell(`sh shards.sh ids.txt parts 1 4${rate}`)).toMatchObject({ stderr: expect.stringContaining('part-1.ndjson') });
    const [, pace] = /summary-1\.json (.*)--resume --quiet\n$/.exec(await place.read('calls')) ?? [];
    expect(pace?.trim()).toBe(given);
  });

  it('says which parts are not done, keeps their books, and goes on with them', async () => {
    let isDown = true;
    const crego = await startCrego(id => (isDown && id >= (many[30] ?? '') ? { status: 302, headers: { location: '/x' } } : undefined));
    const place = await withScripts(await workplace('shards-again', hardest, many, crego.origin));
    const run = () => place.start('sh', ['shards.sh', 'ids.txt', 'parts', '2', '2', '1000']).ended;
    expect(await run()).toMatchObject({ code: 1 });
    expect(existsSync(join(place.dir, 'parts/all.ndjson'))).toBe(false);
    expect((await place.read('parts/joblog')).split('\n').map(line => line.split('\t')[6])).toEqual(['Exitval', '60', '60', undefined]);
    isDown = false;
    const delivered = readdirSync(join(place.dir, 'parts')).filter(name => name.endsWith('.journal')).length;
    expect(delivered).toBe(2);
    expect(await run()).toMatchObject({ code: 0 });
    expect([...idsIn(await place.read('parts/all.ndjson'))].sort()).toEqual(many);
  });

  /** A server that keeps silent about keys from the tenth on, until it is told to answer. */
  async function startSlow() {
    let answer: () => void = () => undefined;
    const answered = new Promise<undefined>(resolve => {
      answer = () => resolve(undefined);
    });
    let sayWaiting: () => void = () => undefined;
    const waiting = new Promise<void>(resolve => {
      sayWaiting = resolve;
    });
    let held = 0;
    const server = await startCrego(id => {
      if (id < (many[10] ?? '')) return undefined;
      held += 1;
      // Both parts are at work: four requests each.
      if (held === 8) sayWaiting();
      return answered;
    });
    return { server, waiting, answer };
  }

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hands %s on to what it runs, which flushes, and can be run again', async signal => {
    const { server, waiting, answer } = await startSlow();
    const place = await withScripts(await workplace(`shards-${signal}`, hardest, many, server.origin));
    const args = ['shards.sh', 'ids.txt', 'parts', '2', '2', '1000'];
    const first = place.start('sh', args);
    await waiting;
    process.kill(first.child.pid ?? 0, signal);
    expect(await first.ended).toMatchObject({ code: 1 });
    for (const part of [1, 2]) expect(JSON.parse(await place.read(`parts/summary-${part}.json`))).toMatchObject({ exit: 143 });
    answer();
    expect(await place.start('sh', args).ended).toMatchObject({ code: 0 });
    expect([...idsIn(await place.read('parts/all.ndjson'))].sort()).toEqual(many);
  });

  it.runIf(hasPrograms({ nohup: 'coreutils' }))('goes on under nohup when the terminal hangs up', async () => {
    const { server, waiting, answer } = await startSlow();
    const place = await withScripts(await workplace('shards-nohup', hardest, many, server.origin));
    const running = place.start('nohup', ['sh', 'shards.sh', 'ids.txt', 'parts', '2', '2', '1000']);
    await waiting;
    // A terminal tells the whole group.
    process.kill(-(running.child.pid ?? 0), 'SIGHUP');
    answer();
    expect(await running.ended).toMatchObject({ code: 0 });
    expect([...idsIn(await place.read('parts/all.ndjson'))].sort()).toEqual(many);
  });
});

describe.each(surroundings)('examples/array.sbatch $name, started as Slurm starts it', where => {
  it('makes one part a task; a task that is cancelled flushes, and goes on when it is requeued', async () => {
    let sayWaiting: () => void = () => undefined;
    const waiting = new Promise<void>(resolve => {
      sayWaiting = resolve;
    });
    let isSilent = true;
    const never = new Promise<undefined>(() => undefined);
    const server = await startCrego(() => {
      if (!isSilent) return undefined;
      sayWaiting();
      return never;
    });
    const place = await withScripts(await workplace('slurm', where, many, server.origin));
    const task = (part: number, restarts = 0) =>
      place.start('/bin/sh', ['array.sbatch'], { SLURM_ARRAY_TASK_ID: String(part), SLURM_RESTART_COUNT: String(restarts) });
    const cancelled = task(1);
    await waiting;
    // scancel tells every process of the task.
    process.kill(-(cancelled.child.pid ?? 0), 'SIGTERM');
    expect(await cancelled.ended).toMatchObject({ code: 143 });
    expect(JSON.parse(await place.read('parts/summary-1.json'))).toMatchObject({ exit: 143 });
    isSilent = false;
    for (let part = 1; part <= 16; part += 1) expect(await task(part, 1).ended).toMatchObject({ code: 0 });
    const rows = await Promise.all(Array.from({ length: 16 }, (_, at) => place.read(`parts/part-${at + 1}.ndjson`)));
    expect(rows.flatMap(text => [...idsIn(text)]).sort()).toEqual(many);
  }, 120_000);

  it('has as many tasks as parts', async () => {
    const text = await readFile(join(projectRoot, 'examples/array.sbatch'), 'utf8');
    expect(/^#SBATCH --array=1-(\d+)%(\d+)$/m.exec(text)?.slice(1)).toEqual(['16', '8']);
    expect(text).toContain('\nexec sh shards.sh ids.txt parts 16 8 5\n');
  });
});
