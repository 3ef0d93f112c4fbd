import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, linkSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { readGuardedFile } from '../../src/files/guarded-file.ts';
import { loading, reader, refusal, scratchDirectory, uid, writeMode } from './scratch.ts';

const root = scratchDirectory();
const references = '{"profiles": {"c": {"provider": "crego", "credentials": {"token": "env:TOKEN"}}}}';
const literal = '{"profiles": {"c": {"provider": "crego", "credentials": {"token": "canary-5up3r-secret"}}}}';
const openLiteral = '{"profiles": {"f": {"provider": "finlend", "credentials": {"email": "ops@example.com", "password": "env:P"}}}}';

/** Makes a file look like another user's: for root by chown, otherwise by asking as another user. */
function foreign(path: string) {
  if (uid !== 0) return { ...reader, uid: uid + 1 };
  chownSync(path, 65_534, 65_534);
  return reader;
}

describe('modes of a config file', () => {
  const fine = 'fine';
  const changeable = (path: string, mode: string) => `${path} can be changed by other users (mode ${mode}) | run: chmod go-w ${path}`;
  const readable = (path: string, mode: string) =>
    `${path} holds a secret, but other users may read it (mode ${mode}) | run: chmod 600 ${path}`;
  const cells: [mode: number, text: string, expected: string | typeof changeable][] = [
    [0o600, references, fine],
    [0o640, references, fine],
    [0o644, references, fine],
    [0o666, references, changeable],
    [0o620, references, changeable],
    [0o600, literal, fine],
    [0o640, literal, readable],
    [0o644, literal, readable],
    [0o666, literal, changeable],
    [0o620, literal, changeable],
    [0o644, openLiteral, fine],
    [0o400, literal, fine],
  ];
  it.each(cells)('%o with %s', async (mode, text, expected) => {
    const path = writeMode(join(root, 'modes.json'), text, mode);
    const outcome = await loadConfig(path, loading).then(
      () => fine,
      () => refusal(() => loadConfig(path, loading)),
    );
    expect(outcome).toBe(typeof expected === 'string' ? expected : expected(path, `0${mode.toString(8)}`));
    expect(outcome).not.toContain('canary');
  });

  it('do not matter on Windows', async () => {
    const path = writeMode(join(root, 'windows.json'), literal, 0o666);
    await expect(loadConfig(path, { ...loading, platform: 'win32' })).resolves.toMatchObject({ path });
  });

  it('quotes the path in the chmod line', async () => {
    const path = writeMode(join(root, "it's mine.json"), literal, 0o644);
    expect(await refusal(() => loadConfig(path, loading))).toContain(`run: chmod 600 '${root}/it'\\''s mine.json'`);
  });
});

describe('what is read', () => {
  const options = { ...reader, maxBytes: 1024 };
  const read = (path: string, as = options) => refusal(() => readGuardedFile(path, as));

  it('is a regular file', async () => {
    const fifo = join(root, 'fifo');
    execFileSync('mkfifo', ['-m', '600', fifo]);
    expect(await read(fifo)).toBe(`${fifo} is not a regular file`);
    expect(await read(root)).toBe(`${root} is not a regular file`);
    expect(await read('/dev/zero')).toBe('/dev/zero is not a regular file');
  });

  it('exists', async () => {
    expect(await read(join(root, 'missing'))).toBe(`cannot read ${root}/missing: it does not exist`);
    const loop = join(root, 'loop');
    symlinkSync(loop, loop);
    expect(await read(loop)).toBe(`cannot read ${loop}: its links lead in a circle`);
  });

  it('belongs to the caller or root, also behind a link', async () => {
    const path = writeMode(join(root, 'foreign'), 'x');
    const link = join(root, 'link-to-foreign');
    symlinkSync(path, link);
    const as = { ...options, ...foreign(path) };
    expect(await read(path, as)).toBe(`${path} belongs to another user | use a file of your own`);
    expect(await read(link, as)).toBe(`${link} belongs to another user | use a file of your own`);
  });

  it.runIf(uid === 0)('may belong to root', () => {
    const path = writeMode(join(root, 'of-root'), 'x');
    expect(readGuardedFile(path, { ...options, uid: 65_534 }).bytes.toString()).toBe('x');
  });

  it('has a size limit, also when it states no size', async () => {
    const path = writeMode(join(root, 'large'), 'x'.repeat(1025));
    expect(await read(path)).toBe(`${path} is larger than 1 KiB`);
    expect(await read('/proc/kallsyms', { ...options, uid: 0 })).toBe('/proc/kallsyms is larger than 1 KiB');
    writeMode(path, 'x'.repeat(1024));
    expect(readGuardedFile(path, options).bytes).toHaveLength(1024);
  });

  it('cannot be swapped after the check: content and mode are those of one file', () => {
    const path = writeMode(join(root, 'one'), 'one', 0o600);
    linkSync(path, join(root, 'kept'));
    renameSync(writeMode(join(root, 'two'), 'two', 0o644), path);
    expect(readGuardedFile(join(root, 'kept'), options)).toEqual({ bytes: Buffer.from('one'), mode: 0o600 });
    expect(readGuardedFile(path, options)).toEqual({ bytes: Buffer.from('two'), mode: 0o644 });
  });

  it('lies where others cannot replace it, nor any directory or link on the way', async () => {
    const shared = join(root, 'shared');
    mkdirSync(join(shared, 'mine'), { recursive: true, mode: 0o755 });
    const path = writeMode(join(shared, 'mine', 'file'), 'x');
    const link = join(root, 'link-into-shared');
    symlinkSync(join(shared, 'mine'), link);
    for (const mode of [0o777, 0o775, 0o757]) {
      chmodSync(shared, mode);
      const expected = `can be replaced by other users: they may write to ${shared} | run: chmod go-w ${shared}`;
      expect(await read(path)).toBe(`${path} ${expected}`);
      expect(await read(join(link, 'file'))).toBe(`${link}/file ${expected}`);
    }
    for (const mode of [0o1777, 0o755, 0o700]) {
      chmodSync(shared, mode);
      expect(readGuardedFile(path, options).bytes.toString()).toBe('x');
      expect(readGuardedFile(join(link, 'file'), options).bytes.toString()).toBe('x');
    }
  });

  it.runIf(uid === 0)('is reached through no directory of another user, nor through a link of theirs', async () => {
    const theirs = join(root, 'theirs');
    mkdirSync(join(theirs, 'mine'), { recursive: true, mode: 0o755 });
    const path = writeMode(join(theirs, 'mine', 'file'), 'x');
    chownSync(theirs, 65_534, 65_534);
    const keep = 'keep it in a directory of your own';
    for (const mode of [0o755, 0o1777]) {
      chmodSync(theirs, mode);
      expect(await read(path)).toBe(`${path} can be replaced by other users: the directory ${theirs} belongs to one | ${keep}`);
    }
    const open = join(root, 'open');
    mkdirSync(open);
    chmodSync(open, 0o1777);
    const link = join(open, 'link');
    symlinkSync(writeMode(join(root, 'own'), 'x'), link);
    lchownSync(link, 65_534, 65_534);
    expect(await read(link)).toBe(`${link} can be replaced by other users: the link ${link} belongs to one | ${keep}`);
    lchownSync(link, 0, 0);
    expect(readGuardedFile(link, options).bytes.toString()).toBe('x');
  });

  it('is for the owner alone when it is a secret as a whole', async () => {
    const path = writeMode(join(root, 'token'), 'x', 0o640);
    const as = { ...options, private: true };
    expect(await read(path, as)).toBe(`${path} holds a secret, but other users may read it (mode 0640) | run: chmod 600 ${path}`);
    chmodSync(path, 0o602);
    expect(await read(path, as)).toBe(`${path} can be changed by other users (mode 0602) | run: chmod 600 ${path}`);
    chmodSync(path, 0o400);
    expect(readGuardedFile(path, as).mode).toBe(0o400);
  });
});
