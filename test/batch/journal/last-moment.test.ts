// A kill in the moment between the file taking its place and the journal going: there is nothing left to look up.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openJournaledFile } from '../../../src/batch/journal/file.ts';
import { checkTarget } from '../../../src/files/target.ts';
import type { Frame } from '../../../src/output/format.ts';

const directory = await mkdtemp(join(tmpdir(), 'loanq-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));

const frames: Readonly<Record<string, Frame>> = {
  csv: { head: 'id\r\n', first: '', between: '', tail: '', emptyTail: '' },
  json: { head: '[', first: '\n', between: ',\n', tail: '\n]\n', emptyTail: ']\n' },
};

it.each(Object.entries(frames))('%s', async (name, frame) => {
  const target = await checkTarget(join(directory, name), { clobber: true });
  const options = { fingerprint: { format: name }, frame, monotonicMs: () => 0 };
  const file = await openJournaledFile(target, { ...options, resume: false });
  for (const n of [0, 1]) await file.deliver(n, [`"${n}"`]);
  // The process is killed before the journal goes.
  file.journal.remove = () => file.journal.handle.close();
  await file.seal();
  await file.publish();
  const whole = await readFile(target.path, 'utf8');
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  expect(resumed.delivered).toBe(2);
  expect([await resumed.isDelivered(0), await resumed.isDelivered(1)]).toEqual([true, true]);
  await resumed.seal();
  await resumed.publish();
  expect(await readFile(target.path, 'utf8')).toBe(whole);
});

it('rows that were put in order go after their journal, which would begin anew without them', async () => {
  const target = await checkTarget(join(directory, 'late'), { clobber: true });
  const options = { fingerprint: {}, frame: { head: '', first: '', between: '', tail: '', emptyTail: '' }, monotonicMs: () => 0 };
  const file = await openJournaledFile(target, { ...options, resume: false });
  await file.fail(0, 'temporary');
  await file.deliver(1, ['1\n']);
  await file.stop();
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  await resumed.deliver(0, ['0\n']);
  const leftAtTheEnd: string[] = [];
  const { abandon } = resumed.sink;
  resumed.sink.abandon = async () => {
    leftAtTheEnd.push(...(await readdir(directory)).filter(name => name.startsWith('late')));
    await abandon.call(resumed.sink);
  };
  await resumed.seal();
  await resumed.publish();
  expect(leftAtTheEnd.sort()).toEqual(['late', 'late.partial']);
  expect(await readFile(target.path, 'utf8')).toBe('0\n1\n');
});

it('a run that is killed as soon as its file has its name is known to be whole', async () => {
  const target = await checkTarget(join(directory, 'named'), { clobber: true });
  const options = { fingerprint: {}, frame: frames.csv as Frame, monotonicMs: () => 0 };
  const file = await openJournaledFile(target, { ...options, resume: false });
  for (const n of [0, 1]) await file.deliver(n, [`"${n}"`]);
  await file.seal();
  const { commit } = file.sink;
  file.sink.commit = async () => {
    await commit.call(file.sink);
    throw new Error('killed');
  };
  await expect(file.publish()).rejects.toThrow('killed');
  await file.journal.close();
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  expect(resumed.delivered).toBe(2);
  await resumed.stop();
});

it('rows that were put in order do not stay where they cannot take their name', async () => {
  const target = await checkTarget(join(directory, 'unnamed'), { clobber: true });
  const options = { fingerprint: {}, frame: frames.csv as Frame, monotonicMs: () => 0 };
  const file = await openJournaledFile(target, { ...options, resume: false });
  await file.fail(0, 'temporary');
  await file.deliver(1, ['1\n']);
  await file.stop();
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  await resumed.deliver(0, ['0\n']);
  await resumed.seal();
  expect((await readdir(directory)).filter(name => name.startsWith('unnamed')).sort()).toEqual([
    'unnamed.journal',
    'unnamed.ordered',
    'unnamed.partial',
  ]);
  await resumed.stop();
  expect((await readdir(directory)).filter(name => name.startsWith('unnamed')).sort()).toEqual(['unnamed.journal', 'unnamed.partial']);
});

it('of lines that could not all be written none claims a key', async () => {
  const target = await checkTarget(join(directory, 'full'), { clobber: true });
  const options = { fingerprint: {}, frame: frames.csv as Frame, monotonicMs: () => 0 };
  const file = await openJournaledFile(target, { ...options, resume: false });
  await file.deliver(0, ['0\n']);
  const { handle } = file.journal;
  const write = handle.write.bind(handle) as (bytes: Buffer, from: number, length: number, at: number) => Promise<{ bytesWritten: number }>;
  let isFull = false;
  handle.write = (async (bytes: Buffer, from: number, _: number, at: number) => {
    if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    isFull = true;
    return write(bytes, from, bytes.indexOf('\n') + 1, at);
  }) as typeof handle.write;
  await file.add(1, ['1\n']);
  await file.add(2, ['2\n']);
  await expect(file.claim()).rejects.toThrow('no space left on device');
  expect(file.delivered).toBe(1);
  await file.stop();
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  expect(resumed.delivered).toBe(1);
  await resumed.stop();
});
