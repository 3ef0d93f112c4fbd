import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UsageError, WriteError } from '../../src/core/errors.ts';
import { type FileSink, openFile } from '../../src/files/atomic-file.ts';
import { checkTarget } from '../../src/files/target.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';

const uid = process.getuid?.();
const root = await temporaryDirectory();
let count = 0;
let directory = '';
let file = '';
beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  file = join(directory, 'out.csv');
  await mkdir(directory);
});

async function openNew(path = file, clobber = true): Promise<FileSink> {
  return openFile(await checkTarget(path, { clobber, uid }));
}

function exists(): UsageError {
  return new UsageError(`${file} already exists`, { hint: 'choose another file, or leave out --no-clobber to replace it' });
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o7777).toString(8);
}

describe('a target', () => {
  test('has its names beside the file', async () => {
    expect(await checkTarget(file, { clobber: false, uid })).toEqual({
      shown: file,
      path: file,
      partial: `${file}.partial`,
      journal: `${file}.journal`,
      lock: `${file}.lock`,
      clobber: false,
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('that exists is refused with --no-clobber', async () => {
    await writeFile(file, 'old');
    await expect(checkTarget(file, { clobber: false, uid })).rejects.toEqual(exists());
  });

  test.each([
    ['a directory', () => directory],
    ['a directory', () => `${directory}/`],
    ['a directory', () => '.'],
    ['not a regular file', () => '/dev/null'],
  ])('that is %s is refused', async (what, path) => {
    await expect(checkTarget(path(), { clobber: true, uid })).rejects.toEqual(new WriteError(`cannot write ${path()}: it is ${what}`));
  });

  test('that is a FIFO is refused without waiting for its reader', async () => {
    execFileSync('mkfifo', [file]);
    await expect(checkTarget(file, { clobber: true, uid })).rejects.toThrow(`cannot write ${file}: it is not a regular file`);
  });

  test('without a name is a usage error', async () => {
    await expect(checkTarget('', { clobber: true, uid })).rejects.toEqual(new UsageError('--out needs a file name'));
  });

  test('behind a symbolic link is the file itself, if it is the caller’s', async () => {
    const real = join(directory, 'real.csv');
    await writeFile(real, 'old');
    await symlink(real, file);
    expect(await checkTarget(file, { clobber: true, uid })).toMatchObject({ shown: file, path: real, partial: `${real}.partial` });
    await expect(checkTarget(file, { clobber: true, uid: 4_242_424 })).rejects.toThrow(
      `cannot write ${file}: it is a symbolic link to a file of another user`,
    );
  });

  test('behind a symbolic link to anything else is refused', async () => {
    await symlink(directory, file);
    await expect(checkTarget(file, { clobber: true, uid })).rejects.toThrow(
      `cannot write ${file}: it is a symbolic link to something that is not a regular file`,
    );
    const dangling = join(directory, 'dangling');
    await symlink(join(directory, 'nothing'), dangling);
    await expect(checkTarget(dangling, { clobber: true, uid })).rejects.toThrow(
      `cannot write ${dangling}: it is a symbolic link to nothing`,
    );
  });
});

describe('opening', () => {
  test('in a missing directory fails', async () => {
    const path = join(directory, 'missing', 'out.csv');
    await expect(openNew(path)).rejects.toEqual(new WriteError(`cannot write ${path}: the directory does not exist`));
  });

  test('below a file fails', async () => {
    await writeFile(file, 'old');
    await expect(openNew(`${file}/out.csv`)).rejects.toThrow(`cannot write ${file}/out.csv: a part of the path is not a directory`);
  });

  test.runIf(process.platform === 'linux')('in a read-only directory fails', async () => {
    const locked = uid === 0 ? '/sys' : directory;
    await chmod(directory, 0o555);
    await expect(openNew(join(locked, 'out.csv'))).rejects.toEqual(
      new WriteError(`cannot write ${join(locked, 'out.csv')}: permission denied`),
    );
    await chmod(directory, 0o755);
  });

  test('replaces an earlier unfinished file, but no link', async () => {
    await writeFile(`${file}.partial`, 'a long rest of an earlier run');
    const sink = await openNew();
    await sink.write('new');
    await sink.commit();
    expect(await readFile(file, 'utf8')).toBe('new');

    const victim = join(directory, 'victim');
    await writeFile(victim, 'precious');
    await symlink(victim, `${file}.partial`);
    await expect(openNew()).rejects.toThrow(`cannot write ${file}.partial: it is not a regular file`);
    await expect(openFile(await checkTarget(file, { clobber: true, uid }), { resumeAt: 0 })).rejects.toThrow('too many symbolic links');
    expect(await readFile(victim, 'utf8')).toBe('precious');
  });
});

describe('a file', () => {
  test('appears when it is complete, for its owner only', async () => {
    const sink = await openNew();
    await sink.write('id,name\r\n');
    await sink.write(Buffer.from('1,é\r\n'));
    expect(sink.offset).toBe(15);
    expect(await readdir(directory)).toEqual(['out.csv.partial']);
    expect(await modeOf(`${file}.partial`)).toBe('600');
    await sink.commit();
    expect(await readdir(directory)).toEqual(['out.csv']);
    expect(await readFile(file, 'utf8')).toBe('id,name\r\n1,é\r\n');
    expect(await modeOf(file)).toBe('600');
  });

  test('that is replaced keeps its mode, and a link to it stays a link', async () => {
    const real = join(directory, 'real.csv');
    await writeFile(real, 'old');
    await chmod(real, 0o664);
    await symlink('real.csv', file);
    const sink = await openNew();
    await sink.write('new');
    expect(await modeOf(`${real}.partial`)).toBe('600');
    await sink.commit();
    expect(await readFile(real, 'utf8')).toBe('new');
    expect(await modeOf(real)).toBe('664');
    expect((await readdir(directory)).sort()).toEqual(['out.csv', 'real.csv']);
  });

  test('that came into being meanwhile is not replaced with --no-clobber', async () => {
    const sink = await openNew(file, false);
    await sink.write('new');
    await writeFile(file, 'of somebody else');
    await expect(sink.commit()).rejects.toEqual(exists());
    await sink.abandon();
    expect(await readFile(file, 'utf8')).toBe('of somebody else');
    expect(await readdir(directory)).toEqual(['out.csv']);
  });

  test('that is abandoned goes, or stays for --resume', async () => {
    await writeFile(file, 'old');
    const first = await openNew();
    await first.write('rows');
    await first.abandon();
    expect(await readdir(directory)).toEqual(['out.csv']);
    const second = await openNew();
    await second.write('rows');
    await second.abandon({ keepPartial: true });
    expect(await readFile(`${file}.partial`, 'utf8')).toBe('rows');
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  test('that is continued is cut first', async () => {
    await writeFile(`${file}.partial`, 'row 1\nrow 2\nro');
    const target = await checkTarget(file, { clobber: true, uid });
    const sink = await openFile(target, { resumeAt: 6 });
    expect(sink.offset).toBe(6);
    await sink.write('row two\n');
    await sink.commit();
    expect(await readFile(file, 'utf8')).toBe('row 1\nrow two\n');
  });

  test('that is shorter than it should be is not continued', async () => {
    await writeFile(`${file}.partial`, 'row');
    await expect(openFile(await checkTarget(file, { clobber: true, uid }), { resumeAt: 6 })).rejects.toEqual(
      new WriteError(`cannot continue ${file}.partial: it has 3 bytes where 6 were written`),
    );
    expect(await readFile(`${file}.partial`, 'utf8')).toBe('row');
  });

  test('of many small rows is written in blocks', async () => {
    const sink = await openNew();
    for (let row = 0; row < 10_000; row += 1) await sink.write(`${String(row).padStart(9, '0')}\n`);
    expect((await stat(`${file}.partial`)).size).toBe(65_540);
    await sink.flush();
    expect((await stat(`${file}.partial`)).size).toBe(100_000);
    await sink.commit();
    expect((await readFile(file, 'utf8')).slice(-20)).toBe('000009998\n000009999\n');
  });
});

describe('a process that writes a file', () => {
  let child = '';
  beforeAll(async () => {
    child = await bundleChild(new URL('./children/file-child.ts', import.meta.url), root);
  });

  test.each([
    ['opened', 'old', ''],
    ['flushed', 'old', 'whole'],
    ['synced', 'old', 'whole'],
    ['committed', 'whole', undefined],
  ])('and is killed when it has %s leaves the %s file', async (point, left, unfinished) => {
    const whole = Array.from({ length: 10 }, (_, row) => `${row}........\n`).join('');
    await writeFile(file, 'old');
    const run = spawn(process.execPath, [child, file]);
    const ended = once(run, 'exit');
    for await (const said of run.stdout) {
      if (String(said) === `${point}\n`) run.kill('SIGKILL');
      else run.stdin.write('go\n');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await readFile(file, 'utf8')).toBe(left === 'whole' ? whole : left);
    const partial = await readFile(`${file}.partial`, 'utf8').catch(() => undefined);
    expect(partial).toBe(unfinished === 'whole' ? whole : unfinished);
  });

  test.runIf(process.platform === 'linux')('and runs out of room says so and leaves the old file', async () => {
    await writeFile(file, 'old');
    const run = spawn('bash', ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, child, file, '1000', '100']);
    run.stdin.write('go\n');
    expect(await text(run.stdout)).toBe(`opened\n23: cannot write ${file}: the file would be larger than allowed`);
    expect(await readFile(file, 'utf8')).toBe('old');
  });
});
