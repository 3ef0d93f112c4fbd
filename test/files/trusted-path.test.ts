// Who could have put something else at the end of a path: real directories and links, looked at by their owner and by somebody else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, lchownSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { beforeEach, describe, expect, test } from 'vitest';
import { foreignLinkOf, isPrivateDirectory, walkPath, weaknessOf } from '../../src/files/trusted-path.ts';
import { temporaryDirectory } from '../runner/bundle.ts';
import { hasOtherUser, otherUid } from '../runner/other-user.ts';

const uid = process.getuid?.() ?? 0;
const root = await temporaryDirectory();
let count = 0;
let directory = '';
beforeEach(() => {
  count += 1;
  directory = join(root, String(count));
  mkdirSync(join(directory, 'a', 'b'), { recursive: true, mode: 0o755 });
  writeFileSync(join(directory, 'a', 'b', 'file'), '');
});

/** What a walk passes below the directory of the test. */
function passedBelow(path: string): string[] {
  return walkPath(path)
    .passed.map(passed => passed.path)
    .filter(passed => passed.startsWith(`${directory}/`))
    .map(passed => relative(directory, passed));
}

describe('a walk', () => {
  test('passes every directory from the root', () => {
    const way = walkPath('/usr/../usr/./bin//');
    expect(way.passed.map(({ path }) => path).slice(0, 4)).toEqual(['/', '/usr', '/', '/usr']);
    expect(way.end?.isDirectory()).toBe(true);
  });

  test('goes through links as the system does, also with .. behind them', () => {
    symlinkSync('a/b', join(directory, 'link'));
    symlinkSync(join(directory, 'link'), join(directory, 'a', 'absolute'));
    const path = `${directory}/a/absolute/../b/file`;
    expect(walkPath(path)).toMatchObject({ real: join(directory, 'a/b/file'), end: { size: 0 } });
    expect(passedBelow(path)).toEqual(['a', 'a/absolute', 'link', 'a', 'a/b', 'a', 'a/b']);
  });

  test('ends with a link that leads to a directory, or to nothing', () => {
    symlinkSync('a', join(directory, 'link'));
    expect(walkPath(join(directory, 'link'))).toMatchObject({ real: join(directory, 'a') });
    symlinkSync('/', join(directory, 'top'));
    expect(walkPath(join(directory, 'top'))).toMatchObject({ real: '/', end: { ino: walkPath('/').end?.ino } });
    symlinkSync('nothing/here', join(directory, 'dangling'));
    expect(walkPath(join(directory, 'dangling', 'x'))).toMatchObject({ real: join(directory, 'nothing/here/x'), end: undefined });
  });

  test('begins at the working directory where the path is relative', () => {
    expect(walkPath('src/core/../../package.json')).toMatchObject({
      passed: ['.', 'src', 'src/core', 'src', '.'].map(path => ({ path })),
      real: 'package.json',
      end: { ino: walkPath(join(process.cwd(), 'package.json')).end?.ino },
    });
    const up = walkPath('../../nothing/x');
    expect([up.real, up.passed.map(({ path }) => path), up.end]).toEqual(['../../nothing/x', ['.', '..', '../..'], undefined]);
  });

  test.runIf(hasOtherUser)('needs no right to what lies above the working directory', async () => {
    const script = join(directory, 'walk.mjs');
    await build({
      stdin: {
        contents: "import { walkPath } from './src/files/trusted-path.ts'; console.log(walkPath('open/file').end?.isFile());",
        resolveDir: process.cwd(),
      },
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    mkdirSync(join(directory, 'a', 'open'), { mode: 0o755 });
    writeFileSync(join(directory, 'a', 'open', 'file'), '');
    chmodSync(root, 0o755);
    // The other user is put into a directory whose parent is then closed.
    const line = 'cd "$1"; echo ready; read go; exec "$2" --input-type=module -e "$(cat <&3)"';
    const id = String(otherUid);
    const shell = spawn(
      'setpriv',
      ['--reuid', id, '--regid', id, '--clear-groups', 'sh', '-euc', line, 'sh', join(directory, 'a'), process.execPath],
      {
        stdio: ['pipe', 'pipe', 'inherit', openSync(script, 'r')],
      },
    );
    await once(shell.stdout as Readable, 'data');
    chmodSync(directory, 0o700);
    shell.stdin?.end('go\n');
    expect(await text(shell.stdout as Readable)).toBe('true\n');
  });

  test('finds nothing below a file', () => {
    expect(walkPath(join(directory, 'a/b/file/x')).end).toBeUndefined();
  });

  test('of links in a circle ends', () => {
    symlinkSync('circle', join(directory, 'circle'));
    expect(() => walkPath(join(directory, 'circle'))).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });
});

describe('a way', () => {
  test('is weak at the first directory that others can change', () => {
    const path = join(directory, 'a', 'b', 'file');
    expect(weaknessOf(walkPath(path), uid)).toBeUndefined();
    chmodSync(join(directory, 'a', 'b'), 0o770);
    chmodSync(join(directory, 'a'), 0o702);
    expect(weaknessOf(walkPath(path), uid)).toMatchObject({ path: join(directory, 'a'), kind: 'open directory' });
    chmodSync(join(directory, 'a'), 0o1777);
    expect(weaknessOf(walkPath(path), uid)).toMatchObject({ path: join(directory, 'a', 'b'), kind: 'open directory' });
  });

  test.runIf(uid !== 0)('is weak where a directory is somebody else’s, sticky or not', () => {
    const path = join(directory, 'a', 'b', 'file');
    chmodSync(directory, 0o1777);
    expect(weaknessOf(walkPath(path), uid + 1)).toMatchObject({ kind: 'foreign directory' });
  });

  test.runIf(uid === 0)('is weak where a directory is somebody else’s, sticky or not, but not where it is root’s', () => {
    const path = join(directory, 'a', 'b', 'file');
    expect(weaknessOf(walkPath(path), 65_534)).toBeUndefined();
    chownSync(join(directory, 'a'), 65_533, 65_533);
    chmodSync(join(directory, 'a'), 0o1777);
    for (const caller of [0, 65_534]) {
      expect(weaknessOf(walkPath(path), caller)).toMatchObject({ path: join(directory, 'a'), kind: 'foreign directory' });
    }
    expect(weaknessOf(walkPath(path), 65_533)).toBeUndefined();
  });

  test.runIf(uid === 0)('is weak at a link that somebody else could lay', () => {
    const link = join(directory, 'link');
    symlinkSync('a/b', link);
    lchownSync(link, 65_533, 65_533);
    const way = () => walkPath(join(link, 'file'));
    // Where only the caller can write, it was given to them, and they cannot change it.
    expect([weaknessOf(way(), 0), foreignLinkOf(way(), 0)]).toEqual([undefined, undefined]);
    for (const mode of [0o1777, 0o770, 0o2775]) {
      chmodSync(directory, mode);
      expect(foreignLinkOf(way(), 0)).toBe(link);
      expect(foreignLinkOf(way(), 65_533)).toBeUndefined();
    }
    chmodSync(directory, 0o1777);
    expect(weaknessOf(way(), 0)).toMatchObject({ path: link, kind: 'foreign link' });
    lchownSync(link, 0, 0);
    expect(foreignLinkOf(way(), 65_534)).toBeUndefined();
  });

  test('has no owner where the system has none', () => {
    expect(weaknessOf(walkPath(join(directory, 'a')), undefined)).toBeUndefined();
  });
});

describe('a private directory', () => {
  test('is one’s own and closed, on a way that others cannot change', () => {
    const path = join(directory, 'a', 'b');
    chmodSync(path, 0o700);
    expect(isPrivateDirectory(path, uid)).toBe(true);
    expect(isPrivateDirectory(path, uid + 1)).toBe(false);
    for (const mode of [0o750, 0o701, 0o1777]) {
      chmodSync(path, mode);
      expect(isPrivateDirectory(path, uid)).toBe(false);
    }
    chmodSync(path, 0o700);
    chmodSync(directory, 0o777);
    expect(isPrivateDirectory(path, uid)).toBe(false);
    expect(isPrivateDirectory(join(path, 'missing'), uid)).toBe(false);
    expect(isPrivateDirectory(join(path, 'file'), uid)).toBe(false);
  });
});
