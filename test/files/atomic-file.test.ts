import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lchown, link, mkdir, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UsageError, WriteError } from '../../src/core/errors.ts';
import { type FileSink, openFile } from '../../src/files/atomic-file.ts';
import { checkTarget } from '../../src/files/target.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';
import { asOtherUser, hasOtherUser, otherUid } from '../runner/other-user.ts';

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
      uid,
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
    for (const as of [{ clobber: true, uid }, { clobber: true }])
      expect(await checkTarget(file, as)).toMatchObject({ shown: file, path: real, partial: `${real}.partial` });
    if (uid !== 0) return;
    await chown(real, 65_534, 65_534);
    await expect(checkTarget(file, { clobber: true, uid })).rejects.toThrow(
      `cannot write ${file}: it is a symbolic link to a file of another user`,
    );
  });

  test('below a link is found without it, so that the link decides once', async () => {
    await mkdir(join(directory, 'real'));
    await symlink('real', join(directory, 'link'));
    const path = join(directory, 'real', 'out.csv');
    expect(await checkTarget(join(directory, 'link', 'out.csv'), { clobber: true, uid })).toMatchObject({ path, lock: `${path}.lock` });
  });

  test.runIf(uid === 0)('is not sought through a link of another user, where others can write', async () => {
    await mkdir(join(directory, 'real'));
    const link = join(directory, 'link');
    await symlink('real', link);
    await writeFile(join(directory, 'real', 'out.csv'), 'old');
    await symlink('real/out.csv', file);
    for (const path of [link, file]) await lchown(path, 65_534, 65_534);
    const check = (path: string) => checkTarget(path, { clobber: true, uid });
    expect((await check(join(link, 'new.csv'))).path).toBe(join(directory, 'real', 'new.csv'));
    for (const mode of [0o1777, 0o2775, 0o707]) {
      await chmod(directory, mode);
      for (const path of [join(link, 'new.csv'), `${link}/../real/out.csv`]) {
        await expect(check(path)).rejects.toEqual(
          new WriteError(`cannot write ${path}: the symbolic link ${link} belongs to another user`),
        );
      }
      await expect(check(file)).rejects.toEqual(new WriteError(`cannot write ${file}: the symbolic link ${file} belongs to another user`));
    }
    await lchown(file, 0, 0);
    expect((await check(file)).path).toBe(join(directory, 'real', 'out.csv'));
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
    await expect(openNew(path)).rejects.toMatchObject({
      message: `cannot write ${path}: the directory does not exist`,
      facts: { hint: `make it first: mkdir -p ${dirname(path)}` },
    });
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
    await writeFile(`${file}.partial`, 'a long rest of an earlier run', { mode: 0o600 });
    const sink = await openNew();
    await sink.write('new');
    await sink.commit();
    expect(await readFile(file, 'utf8')).toBe('new');

    const victim = join(directory, 'victim');
    await writeFile(victim, 'precious');
    await symlink(victim, `${file}.partial`);
    await expect(openNew()).rejects.toThrow(`cannot write ${file}.partial: it is not a regular file`);
    await expect(openFile(await checkTarget(file, { clobber: true, uid }), { resumeAt: 0 })).rejects.toThrow(
      `cannot continue ${file}.partial: it is a symbolic link`,
    );
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

  test.runIf(uid === 0)('that is replaced keeps its group with its mode', async () => {
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    await chown(file, 0, 12_345);
    const sink = await openNew();
    await sink.commit();
    const { mode, gid } = await stat(file);
    expect([mode & 0o777, gid]).toEqual([0o640, 12_345]);
  });

  test.runIf(hasOtherUser)('whose group cannot be kept lets nobody new in', async () => {
    await chmod(directory, 0o777);
    const child = await bundleChild(new URL('./children/file-child.ts', import.meta.url), directory);
    await chmod(root, 0o711);
    await chmod(child, 0o644);
    for (const [mode, left] of [
      [0o640, '600'],
      [0o664, '644'],
      [0o626, '626'],
    ] as const) {
      await writeFile(file, 'old');
      await chmod(file, mode);
      await chown(file, otherUid, 12_345);
      asOtherUser('yes | "$1" "$2" "$3"', process.execPath, child, file);
      expect([await modeOf(file), (await stat(file)).gid]).toEqual([left, otherUid]);
    }
  });

  test.runIf(uid === 0)('of another user decides nothing: the new one is its owner’s only', async () => {
    await writeFile(file, 'old');
    await chmod(file, 0o666);
    await chown(file, 65_534, 65_534);
    const sink = await openNew();
    await sink.write('new');
    await sink.commit();
    expect([await modeOf(file), (await stat(file)).uid]).toEqual(['600', 0]);
  });

  test('whose name was taken by a link meanwhile replaces the link, and gets no mode from it', async () => {
    const sink = await openNew();
    const victim = join(directory, 'victim');
    await writeFile(victim, 'precious', { mode: 0o666 });
    await symlink(victim, file);
    await sink.write('new');
    await sink.commit();
    expect([await readFile(victim, 'utf8'), await readFile(file, 'utf8'), await modeOf(file)]).toEqual(['precious', 'new', '600']);
  });

  test('in whose place another one lies is neither made final nor removed', async () => {
    await writeFile(file, 'old');
    for (const end of ['commit', 'abandon'] as const) {
      const sink = await openNew();
      await sink.write('ours');
      await sink.flush();
      await unlink(`${file}.partial`);
      await writeFile(`${file}.partial`, 'of another run', { mode: 0o600 });
      if (end === 'commit') {
        await expect(sink.commit()).rejects.toEqual(
          new WriteError(`cannot write ${file}: ${file}.partial was replaced or removed while it was written`),
        );
      }
      await sink.abandon();
      expect([await readFile(file, 'utf8'), await readFile(`${file}.partial`, 'utf8')]).toEqual(['old', 'of another run']);
    }
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
    await writeFile(`${file}.partial`, 'row 1\nrow 2\nro', { mode: 0o600 });
    const target = await checkTarget(file, { clobber: true, uid });
    const sink = await openFile(target, { resumeAt: 6 });
    expect(sink.offset).toBe(6);
    await sink.write('row two\n');
    await sink.commit();
    expect(await readFile(file, 'utf8')).toBe('row 1\nrow two\n');
  });

  test.each([
    ['it has a second link', () => link(`${file}.partial`, join(directory, 'second'))],
    ['other users can write it', () => chmod(`${file}.partial`, 0o620)],
    ['other users can write it', () => chmod(`${file}.partial`, 0o602)],
    ['it is not a regular file', () => rm(`${file}.partial`).then(() => mkdir(`${file}.partial`))],
  ])('that others may have written is not continued: %s', async (why, spoil) => {
    await writeFile(`${file}.partial`, 'row', { mode: 0o600 });
    await spoil();
    await expect(openFile(await checkTarget(file, { clobber: true, uid }), { resumeAt: 3 })).rejects.toEqual(
      new UsageError(`cannot continue ${file}.partial: ${why}`, { hint: 'leave out --resume to start over' }),
    );
  });

  test.runIf(uid === 0)('of another user is not continued', async () => {
    await writeFile(`${file}.partial`, 'row', { mode: 0o600 });
    await chown(`${file}.partial`, 65_534, 65_534);
    await expect(openFile(await checkTarget(file, { clobber: true, uid }), { resumeAt: 3 })).rejects.toEqual(
      new UsageError(`cannot continue ${file}.partial: it belongs to another user`, { hint: 'leave out --resume to start over' }),
    );
  });

  test('that is shorter than it should be is not continued', async () => {
    await writeFile(`${file}.partial`, 'row', { mode: 0o600 });
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
