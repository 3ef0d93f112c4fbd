import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, link, mkdir, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openJournaledFile } from '../../src/batch/journal/file.ts';
import { SignalError, UsageError } from '../../src/core/errors.ts';
import { checkTarget } from '../../src/files/target.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';
import { frames, runBatch, wholeOutput } from './small-batch.ts';

const uid = process.getuid?.();
const root = await temporaryDirectory();
let count = 0;
let directory = '';
let file = '';
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  file = join(directory, 'out.json');
  await mkdir(directory);
});

async function output(): Promise<string> {
  return readFile(file, 'utf8');
}

async function expectOnlyOutput(): Promise<void> {
  expect(await readdir(directory)).toEqual(['out.json']);
}

describe.each(['csv', 'json', 'ndjson'] as const)('a batch to %s', format => {
  test('without a fault leaves nothing but its output', async () => {
    expect(await runBatch(file, { format, keys: 8 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await output()).toBe(wholeOutput(format, 8));
    await expectOnlyOutput();
  });

  test('without a row is a whole output', async () => {
    await runBatch(file, { format, keys: 1 });
    expect(await output()).toBe(wholeOutput(format, 1));
  });

  test('that was stopped goes on where it was', async () => {
    await writeFile(file, 'old');
    expect(await runBatch(file, { format, keys: 9, stopAt: 5 })).toEqual([0, 1, 2, 3, 4]);
    expect(await output()).toBe('old');
    expect(await runBatch(file, { format, keys: 9, resume: true })).toEqual([5, 6, 7, 8]);
    expect(await output()).toBe(wholeOutput(format, 9));
    await expectOnlyOutput();
  });

  test('tries failed keys again, and their rows land where they belong', async () => {
    await runBatch(file, { format, keys: 12, stopAt: 8, fails: n => [0, 1, 2, 5].includes(n) });
    expect(await runBatch(file, { format, keys: 12, stopAt: 11, resume: true, fails: n => [2, 9].includes(n) })).toEqual([
      0, 1, 2, 5, 8, 9, 10,
    ]);
    expect(await runBatch(file, { format, keys: 12, stopAt: 4, resume: true })).toEqual([2]);
    expect(await runBatch(file, { format, keys: 12, resume: true })).toEqual([9, 11]);
    expect(await output()).toBe(wholeOutput(format, 12));
    await expectOnlyOutput();
  });

  test('that ran to its end with failed keys has the rows of the others', async () => {
    await runBatch(file, { format, keys: 6, stopAt: 3, fails: n => n === 1 });
    await runBatch(file, { format, keys: 6, resume: true, fails: n => n === 1 });
    const rows = (await output()).match(/\d(?=,[01]é|,"row")/g);
    expect(rows).toEqual(['2', '2', '4', '5', '5']);
    await expectOnlyOutput();
  });

  test('is whole whatever byte the journal was cut at', async () => {
    await runBatch(file, { format, keys: 9, stopAt: 7, fails: n => n === 1 || n === 4 });
    await runBatch(file, { format, keys: 9, stopAt: 5, resume: true, fails: n => n === 4 });
    const journal = await readFile(`${file}.journal`);
    const partial = await readFile(`${file}.partial`);
    for (let size = 0; size <= journal.length; size += 1) {
      await writeFile(`${file}.journal`, journal.subarray(0, size), { mode: 0o600 });
      await writeFile(`${file}.partial`, partial, { mode: 0o600 });
      await runBatch(file, { format, keys: 9, resume: true });
      expect(await output(), `journal of ${size} bytes`).toBe(wholeOutput(format, 9));
    }
    await expectOnlyOutput();
  });

  test('is whole whatever byte a power cut cut the rows at', async () => {
    await runBatch(file, { format, keys: 9, stopAt: 7, fails: n => n === 1 || n === 4 });
    await runBatch(file, { format, keys: 9, stopAt: 5, resume: true, fails: n => n === 4 });
    const journal = await readFile(`${file}.journal`);
    const partial = await readFile(`${file}.partial`);
    for (let size = 0; size <= partial.length; size += 1) {
      await writeFile(`${file}.journal`, journal, { mode: 0o600 });
      const rows = Buffer.concat([partial.subarray(0, size), Buffer.alloc(size % 2 === 0 ? 0 : 200)]);
      await writeFile(`${file}.partial`, rows, { mode: 0o600 });
      await runBatch(file, { format, keys: 9, resume: true });
      expect(await output(), `partial file of ${size} bytes`).toBe(wholeOutput(format, 9));
    }
    await expectOnlyOutput();
  });
});

test('the journal is what its description says', async () => {
  await runBatch(file, { format: 'csv', keys: 9, stopAt: 4, fails: n => n === 2, fingerprint: { format: 'csv', 'key file': 'abc' } });
  expect(await readFile(`${file}.journal`, 'utf8')).toBe(
    [
      '{"journal":"loanq","version":2,"fingerprint":{"format":"csv","key file":"abc"}}',
      '{"n":-1,"at":[0,9],"crc":1295534273}',
      '{"n":0,"at":[9,9],"crc":0}',
      '{"n":1,"at":[9,16],"crc":2770189319}',
      '{"n":2,"failed":"temporary"}',
      '{"n":3,"at":[16,16],"crc":0}',
      '',
    ].join('\n'),
  );
});

test('where runs gave up is known, and no more than 25 times', async () => {
  await runBatch(file, { format: 'csv', keys: 9, stopAt: 2 });
  const options = { fingerprint: { endpoint: 'crego record', format: 'csv' }, frame: frames.csv, monotonicMs: () => 0, resume: true };
  const target = await checkTarget(file, { clobber: true, uid });
  for (let n = 0; n < 30; n += 1) {
    const resumed = await openJournaledFile(target, options);
    expect(resumed.journal.stops.length).toBe(Math.min(n, 25));
    resumed.addFailed(2, 'temporary');
    await resumed.noteStop([2, 2 + n]);
    await resumed.stop();
  }
  const lines = (await readFile(`${file}.journal`, 'utf8')).split('\n');
  expect(lines.slice(4, 8)).toEqual([
    '{"n":2,"failed":"temporary"}',
    '{"stopped":[2,2]}',
    '{"n":2,"failed":"temporary"}',
    '{"stopped":[2,3]}',
  ]);
  expect(await runBatch(file, { format: 'csv', keys: 9, resume: true })).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(await output()).toBe(wholeOutput('csv', 9));
});

test('what earlier runs delivered is known', async () => {
  await runBatch(file, { format: 'csv', keys: 9, stopAt: 5, fails: n => n === 2 });
  const options = { fingerprint: { endpoint: 'crego record', format: 'csv' }, frame: frames.csv, monotonicMs: () => 0 };
  const target = await checkTarget(file, { clobber: true, uid });
  const resumed = await openJournaledFile(target, { ...options, resume: true });
  expect([resumed.delivered, resumed.hasRows]).toEqual([4, true]);
  await resumed.stop();
  const fresh = await openJournaledFile(target, { ...options, resume: false });
  expect([fresh.delivered, fresh.hasRows]).toEqual([0, false]);
  await fresh.stop();
});

test('a run that goes to the disk in between has the same output', async () => {
  let nowMs = 0;
  const monotonicMs = () => {
    nowMs += 600;
    return nowMs;
  };
  const target = await checkTarget(file, { clobber: true, uid });
  const written = await openJournaledFile(target, { fingerprint: {}, frame: frames.json, resume: false, monotonicMs });
  await written.deliver(0, ['1', Buffer.from('2')]);
  await written.fail(1, 'refused');
  await written.deliver(2, []);
  await written.deliver(3, ['3']);
  await written.seal();
  await written.publish();
  expect(await output()).toBe('[\n1,\n2,\n3\n]\n');
});

describe('--resume', () => {
  test('without a journal, or without the rows, is a new run', async () => {
    expect(await runBatch(file, { format: 'json', keys: 3, resume: true })).toEqual([0, 1, 2]);
    await runBatch(file, { format: 'json', keys: 3, stopAt: 2 });
    await unlink(`${file}.partial`);
    expect(await runBatch(file, { format: 'json', keys: 3, resume: true })).toEqual([0, 1, 2]);
    expect(await output()).toBe(wholeOutput('json', 3));
    await expectOnlyOutput();
  });

  test('with another fingerprint names what differs and touches nothing', async () => {
    const fingerprint = { endpoint: 'crego record', format: 'json', fields: 'id' };
    await runBatch(file, { format: 'json', keys: 3, stopAt: 2, fingerprint });
    const before = await Promise.all([readFile(`${file}.journal`), readFile(`${file}.partial`)]);
    const other = { endpoint: 'crego record', format: 'csv', shard: '1/2', fields: 'id' };
    await expect(runBatch(file, { format: 'json', keys: 3, resume: true, fingerprint: other })).rejects.toEqual(
      new UsageError(`cannot resume ${file}: it was begun with another format, shard`, {
        hint: 'repeat the call as it was, or leave out --resume to start over',
      }),
    );
    expect(await Promise.all([readFile(`${file}.journal`), readFile(`${file}.partial`)])).toEqual(before);
    expect(await runBatch(file, { format: 'json', keys: 3, resume: true, fingerprint })).toEqual([2]);
  });

  test.each([
    ['a line that is none', (text: string) => text.replace('{"n":1,', '"n":1,')],
    ['a range that goes back', (text: string) => text.replace(/"n":3,"at":\[\d+,/, '"n":3,"at":[0,')],
    ['a number that is none', (text: string) => text.replace('"n":1', '"n":1.5')],
    ['an empty line', (text: string) => text.replace('\n', '\n\n')],
    ['another header', (text: string) => text.replace('"fingerprint"', '"print"')],
    ['zeros', (text: string) => text.replace('"n":3', '\0\0\0\0\0')],
  ])('with %s in the journal refuses and touches nothing', async (_what, spoil) => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    const spoilt = spoil(await readFile(`${file}.journal`, 'utf8'));
    await writeFile(`${file}.journal`, spoilt);
    const rows = await readFile(`${file}.partial`);
    await expect(runBatch(file, { format: 'json', keys: 9, resume: true })).rejects.toEqual(
      new UsageError(`cannot resume ${file}: ${file}.journal is damaged`, { hint: 'leave out --resume to start over' }),
    );
    expect(await readFile(`${file}.journal`, 'utf8')).toBe(spoilt);
    expect(await readFile(`${file}.partial`)).toEqual(rows);
    expect(await runBatch(file, { format: 'json', keys: 9 })).toHaveLength(9);
  });

  test('with a file in the place of the journal that is none says so', async () => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    await writeFile(`${file}.journal`, 'Dear diary,\nnothing happened.\n');
    await expect(runBatch(file, { format: 'json', keys: 9, resume: true })).rejects.toEqual(
      new UsageError(`${file}.journal is there and is not a journal`, { hint: `move ${file}.journal away` }),
    );
  });

  test('with a directory in the place of the rows names it', async () => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    await unlink(`${file}.partial`);
    await mkdir(`${file}.partial`);
    await expect(runBatch(file, { format: 'json', keys: 9, resume: true })).rejects.toThrow(
      `cannot continue ${file}.partial: it is not a regular file`,
    );
  });

  test('ends when its signal says so, and touches nothing', async () => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    const before = await readFile(`${file}.journal`);
    const target = await checkTarget(file, { clobber: true, uid });
    const signal = AbortSignal.abort(new SignalError('interrupted'));
    const fingerprint = { endpoint: 'crego record', format: 'json' };
    const resumed = openJournaledFile(target, { fingerprint, frame: frames.json, resume: true, monotonicMs: () => 0, signal });
    await expect(resumed).rejects.toBe(signal.reason);
    expect(await readFile(`${file}.journal`)).toEqual(before);
    expect(await runBatch(file, { format: 'json', keys: 9, resume: true })).toEqual([6, 7, 8]);
  });

  test('of another format version refuses', async () => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    await writeFile(`${file}.journal`, (await readFile(`${file}.journal`, 'utf8')).replace('"version":2', '"version":1'));
    await expect(runBatch(file, { format: 'json', keys: 9, resume: true })).rejects.toEqual(
      new UsageError(`cannot resume ${file}: another version of loanq began it`, {
        hint: 'finish it with that version, or leave out --resume to start over',
      }),
    );
  });

  test.each(['journal', 'partial'] as const)('with a %s that others may have written refuses and touches nothing', async name => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    const path = `${file}.${name}`;
    const hint = 'leave out --resume to start over';
    const before = await Promise.all([readFile(`${file}.journal`), readFile(`${file}.partial`)]);
    const expectRefused = async (why: string) => {
      await expect(runBatch(file, { format: 'json', keys: 9, resume: true })).rejects.toEqual(
        new UsageError(`cannot continue ${path}: ${why}`, { hint }),
      );
      expect(await Promise.all([readFile(`${file}.journal`), readFile(`${file}.partial`)])).toEqual(before);
    };
    await link(path, join(directory, 'second'));
    await expectRefused('it has a second link');
    await unlink(join(directory, 'second'));
    await chmod(path, 0o660);
    await expectRefused('other users can write it');
    await chmod(path, 0o600);
    if (uid === 0) {
      await chown(path, 65_534, 65_534);
      await expectRefused('it belongs to another user');
      await chown(path, 0, 0);
    }
    expect(await runBatch(file, { format: 'json', keys: 9, resume: true })).toEqual([6, 7, 8]);
  });

  test('puts rows in order from the file that was checked, whatever lies under its name by then', async () => {
    const target = await checkTarget(file, { clobber: true, uid });
    const options = { fingerprint: {}, frame: frames.ndjson, monotonicMs: () => 0 };
    const first = await openJournaledFile(target, { ...options, resume: false });
    await first.fail(0, 'temporary');
    await first.deliver(1, ['1\n']);
    await first.stop();
    const resumed = await openJournaledFile(target, { ...options, resume: true });
    await resumed.deliver(0, ['0\n']);
    await rm(target.partial);
    await writeFile(target.partial, '6\n6\n');
    await resumed.seal();
    await resumed.publish();
    expect(await output()).toBe('0\n1\n');
  });

  test('does not follow a link', async () => {
    await runBatch(file, { format: 'json', keys: 9, stopAt: 6 });
    await symlink(`${file}.journal`, `${file}.2.journal`);
    await symlink(`${file}.partial`, `${file}.2.partial`);
    await expect(runBatch(`${file}.2`, { format: 'json', keys: 9, resume: true })).rejects.toEqual(
      new UsageError(`cannot continue ${file}.2.journal: it is a symbolic link`, { hint: 'leave out --resume to start over' }),
    );
  });
});

test.each([false, true])('a file that is no journal is left alone (resume: %s)', async resume => {
  await writeFile(`${file}.journal`, 'Dear diary');
  await expect(runBatch(file, { format: 'json', keys: 3, resume })).rejects.toEqual(
    new UsageError(`${file}.journal is there and is not a journal`, { hint: `move ${file}.journal away` }),
  );
  expect(await readdir(directory)).toEqual(['out.json.journal']);
});

test('a directory under the name of a file of ours stops nothing before that file is needed', async () => {
  await mkdir(`${file}.ordered`);
  await runBatch(file, { format: 'json', keys: 3 });
  expect(await output()).toBe(wholeOutput('json', 3));
});

test.runIf(process.platform === 'linux')('a FIFO in the place of the journal is refused without waiting for its reader', async () => {
  await once(spawn('mkfifo', [`${file}.journal`]), 'exit');
  await expect(runBatch(file, { format: 'json', keys: 3 })).rejects.toThrow(`cannot write ${file}.journal: `);
  await expect(runBatch(file, { format: 'json', keys: 3, resume: true })).rejects.toThrow(
    `cannot continue ${file}.journal: it is not a regular file`,
  );
});

test('a long output is put in order, too', async () => {
  const keys = 20_000;
  const fails = (n: number) => n % 7 === 0;
  await runBatch(file, { format: 'json', keys, stopAt: 15_000, fails });
  await runBatch(file, { format: 'json', keys, stopAt: 10_000, resume: true, fails: n => n % 14 === 0 });
  await runBatch(file, { format: 'json', keys, resume: true });
  expect((await output()) === wholeOutput('json', keys)).toBe(true);
  await expectOnlyOutput();
});

describe('a process that runs a batch', () => {
  let child = '';
  beforeAll(async () => {
    child = await bundleChild(new URL('./children/batch-child.ts', import.meta.url), root);
  });

  /** Runs until the child has begun `killAt` keys, when it is killed; returns the keys it began. */
  async function runAndKill(args: readonly string[], killAt: number): Promise<number[]> {
    const run = spawn(process.execPath, [child, file, '400', ...args, String(killAt)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(run, 'exit');
    const begun: number[] = [];
    for await (const line of createInterface({ input: run.stdout })) begun.push(Number(line));
    expect((await ended)[1]).toBe(killAt === Number.POSITIVE_INFINITY ? null : 'SIGKILL');
    return begun;
  }

  test('is killed time and again and delivers every key once', async () => {
    for (const [killAt, failing] of [
      [120, '0'],
      [60, ''],
      [7, '1'],
      [110, '2'],
      [1, ''],
      [30, '3'],
      [90, ''],
    ] as const) {
      await runAndKill(['resume', failing], killAt);
      expect(await readdir(directory)).not.toContain('out.json');
    }
    await runAndKill(['resume', ''], Number.POSITIVE_INFINITY);
    expect(await output()).toBe(wholeOutput('json', 400));
    await expectOnlyOutput();
  });

  test('and is killed looks up no key again that it finished', async () => {
    const first = await runAndKill(['resume', ''], 150);
    const second = await runAndKill(['resume', ''], Number.POSITIVE_INFINITY);
    const again = first.filter(n => second.includes(n));
    expect(again.length).toBeLessThanOrEqual(1);
    expect(await output()).toBe(wholeOutput('json', 400));
  });

  test.runIf(process.platform === 'linux')('runs out of room and goes on when there is some', async () => {
    const run = spawn('bash', ['-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, child, file, '400', 'resume', ''], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(run, 'exit');
    expect((await readdir(directory)).sort()).toEqual(['out.json.journal', 'out.json.partial']);
    const second = await runAndKill(['resume', ''], Number.POSITIVE_INFINITY);
    expect(second.length).toBeLessThan(400);
    expect(await output()).toBe(wholeOutput('json', 400));
  });
});
