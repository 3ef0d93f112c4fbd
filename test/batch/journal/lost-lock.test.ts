// A run whose lock was taken over while it slept: it wakes up in the middle of another run's output and leaves all of it alone.
import { mkdir, readdir, readFile, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type JournaledFile, openJournaledFile } from '../../../src/batch/journal/file.ts';
import { LockedError } from '../../../src/core/errors.ts';
import { openFile } from '../../../src/files/atomic-file.ts';
import { acquireLock, type Lock } from '../../../src/files/lock.ts';
import { checkTarget } from '../../../src/files/target.ts';
import { temporaryDirectory } from '../../runner/bundle.ts';
import { processes } from '../processes.ts';
import { frames } from '../small-batch.ts';

const uid = process.getuid?.();
const root = await temporaryDirectory();
const elsewhere = { ...processes, proc: join(root, 'no-proc'), host: 'pod-1' };
let count = 0;
let file = '';
let directory = '';
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  file = join(directory, 'out.ndjson');
  await mkdir(directory);
});

interface Run {
  readonly lock: Lock;
  readonly output: JournaledFile;
}

async function start(by: typeof processes, resume: boolean): Promise<Run> {
  const free = await checkTarget(file, { clobber: true, uid });
  const lock = await acquireLock(free.lock, by, uid);
  const options = { fingerprint: {}, frame: frames.ndjson, monotonicMs: () => 0 };
  return { lock, output: await openJournaledFile({ ...free, held: lock }, { ...options, resume }) };
}

async function finish({ output }: Run): Promise<void> {
  await output.seal();
  await output.publish();
}

async function silence(): Promise<void> {
  const aMinuteAgo = new Date(Date.now() - 61_000);
  await utimes(`${file}.lock`, aMinuteAgo, aMinuteAgo);
}

/** Every file beside the output, with what it holds; the lock but for its name. */
async function filesNow(): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort();
  return Object.fromEntries(await Promise.all(names.map(async name => [name, await readFile(join(directory, name), 'utf8')])));
}

describe.each([true, false])('a run that wakes up beside another one (which resumes: %s)', resume => {
  it('ends with 29 and changes nothing, whatever it still writes', async () => {
    await writeFile(file, 'old');
    const sleeper = await start(processes, false);
    for (const n of [0, 1]) await sleeper.output.deliver(n, [`${n}\n`]);
    await silence();
    const other = await start(elsewhere, resume);
    expect(other.output.delivered).toBe(resume ? 2 : 0);
    await other.output.deliver(2, ['2\n']);
    const before = await filesNow();

    await sleeper.output.deliver(2, ['two\n']);
    await sleeper.output.fail(3, 'temporary');
    await expect(finish(sleeper)).rejects.toBeInstanceOf(LockedError);
    await sleeper.output.stop();
    await sleeper.lock.release();
    expect(await filesNow()).toEqual(before);

    for (const n of resume ? [3] : [0, 1, 3]) await other.output.deliver(n, [`${n}\n`]);
    await finish(other);
    await other.lock.release();
    expect(await filesNow()).toEqual({ 'out.ndjson': '0\n1\n2\n3\n' });
  });

  it('does not put its rows in order over them', async () => {
    await writeFile(file, 'old');
    const stopped = await start(processes, false);
    await stopped.output.fail(0, 'temporary');
    await stopped.output.deliver(1, ['1\n']);
    await stopped.output.stop();
    await stopped.lock.release();
    const sleeper = await start(processes, true);
    await sleeper.output.deliver(0, ['zero\n']);
    await silence();
    const other = await start(elsewhere, resume);
    const before = await filesNow();
    await expect(finish(sleeper)).rejects.toBeInstanceOf(LockedError);
    await sleeper.output.stop();
    await sleeper.lock.release();
    expect(await filesNow()).toEqual(before);
    await other.output.stop();
    await other.lock.release();
  });
});

it('a run that wakes up after the other one has ended leaves its output', async () => {
  const sleeper = await start(processes, false);
  await sleeper.output.deliver(0, ['zero\n']);
  await silence();
  const other = await start(elsewhere, false);
  await other.output.deliver(0, ['0\n']);
  await finish(other);
  await other.lock.release();
  await expect(finish(sleeper)).rejects.toEqual(
    new LockedError(`lost the lock of ${file}: ${file}.lock is gone`, {
      hint: 'nothing was replaced, and the files of that run were left alone',
    }),
  );
  await sleeper.output.stop();
  await sleeper.lock.release();
  expect(await filesNow()).toEqual({ 'out.ndjson': '0\n' });
});

it('a run that fell asleep between its rename and its end does not remove the journal of the next', async () => {
  const sleeper = await start(processes, false);
  await sleeper.output.deliver(0, ['0\n']);
  await sleeper.output.journal.markFinal();
  await sleeper.output.sink.commit();
  await silence();
  const other = await start(elsewhere, false);
  const before = await filesNow();
  await sleeper.output.journal.remove();
  await sleeper.lock.release();
  expect(await filesNow()).toEqual(before);
  await other.output.stop();
  await other.lock.release();
});

it('a run whose lock was removed by hand does not call the journal final that another one goes on with', async () => {
  const sleeper = await start(processes, false);
  await sleeper.output.deliver(0, ['0\n']);
  await unlink(`${file}.lock`);
  const other = await start(processes, true);
  expect([other.lock.fromSilent, other.output.delivered]).toEqual([false, 1]);
  const before = await filesNow();
  await expect(finish(sleeper)).rejects.toBeInstanceOf(LockedError);
  await sleeper.output.stop();
  await sleeper.lock.release();
  expect(await filesNow()).toEqual(before);
  await finish(other);
  await other.lock.release();
  expect(await filesNow()).toEqual({ 'out.ndjson': '0\n' });
});

it('an output without a journal asks for its lock before it takes its name, too', async () => {
  await writeFile(file, 'old');
  const free = await checkTarget(file, { clobber: true, uid });
  const lock = await acquireLock(free.lock, processes, uid);
  const sink = await openFile({ ...free, held: lock });
  await sink.write('rows\n');
  await silence();
  const other = await acquireLock(free.lock, elsewhere, uid);
  const theirs = await openFile({ ...free, held: other });
  await theirs.write('theirs\n');
  await theirs.flush();
  const before = await filesNow();
  await expect(sink.commit()).rejects.toBeInstanceOf(LockedError);
  await sink.abandon();
  await lock.release();
  expect(await filesNow()).toEqual(before);
  await theirs.commit();
  await other.release();
  expect(await filesNow()).toEqual({ 'out.ndjson': 'theirs\n' });
});

it('a run that begins anew makes away with nothing once its lock is lost', async () => {
  const target = await checkTarget(file, { clobber: true, uid });
  await writeFile(target.partial, 'of another run');
  await writeFile(target.journal, 'of another run');
  const held = { fromSilent: false, confirm: () => Promise.reject(new LockedError('lost')) };
  const options = { fingerprint: {}, frame: frames.ndjson, monotonicMs: () => 0, resume: false };
  const before = await filesNow();
  await expect(openJournaledFile({ ...target, held }, options)).rejects.toThrow(LockedError);
  expect(await filesNow()).toEqual(before);
});
