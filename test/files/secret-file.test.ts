// A file with a secret in it: only its owner can read it, whatever was there, and nobody else has a hand in where it lies.
import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSecretPlace, writeSecretFile } from '../../src/files/secret-file.ts';
import { ownHome } from '../runner/home.ts';
import { asOtherUser, hasOtherUser } from '../runner/other-user.ts';

const uid = process.getuid?.();
const reader = { platform: process.platform, ...(uid !== undefined && { uid }) };
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

async function place(): Promise<{ readonly directory: string; readonly path: string }> {
  const directory = join((await ownHome()).path, 'kept');
  return { directory, path: join(directory, 'crego.token') };
}

describe('a secret file', () => {
  it('is 0600 in a directory of mode 0700, and goes again', async () => {
    const { directory, path } = await place();
    const undo = await writeSecretFile(path, 'canary\n', reader);
    expect([await readFile(path, 'utf8'), await modeOf(path), await modeOf(directory)]).toEqual(['canary\n', 0o600, 0o700]);
    await undo();
    expect(await readdir(directory)).toEqual([]);
  });

  it('replaces one of any mode by one of 0600, and what was there comes back', async () => {
    const { directory, path } = await place();
    await mkdir(directory, { mode: 0o700 });
    await writeFile(path, 'old\n');
    await chmod(path, 0o644);
    const undo = await writeSecretFile(path, 'new\n', reader);
    expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['new\n', 0o600]);
    await undo();
    expect([await readFile(path, 'utf8'), await readdir(directory)]).toEqual(['old\n', ['crego.token']]);
  });

  it.each([
    ['a symbolic link', async (path: string, other: string) => symlink(other, path), 'it is a symbolic link'],
    ['a second name of another file', async (path: string, other: string) => link(other, path), 'it has a second link'],
    ['a directory', async (path: string) => mkdir(path), 'it is not a regular file'],
  ])('is not written over %s', async (_, plant, why) => {
    const { directory, path } = await place();
    await mkdir(directory, { mode: 0o700 });
    const other = join(directory, 'other');
    await writeFile(other, 'mine');
    await plant(path, other);
    await expect(writeSecretFile(path, 'canary', reader)).rejects.toThrow(`no secret is written to ${path}: ${why}`);
    expect(await readFile(other, 'utf8')).toBe('mine');
    expect((await readdir(directory)).sort()).toEqual(['crego.token', 'other']);
  });

  it.runIf(uid !== undefined)('is not written where others may write', async () => {
    const { directory, path } = await place();
    await mkdir(directory);
    await chmod(directory, 0o777);
    expect(() => checkSecretPlace(path, reader)).toThrow(`no secret is written to ${path}: other users may write to ${directory}`);
    await expect(writeSecretFile(path, 'canary', reader)).rejects.toThrow('other users may write');
    expect(await readdir(directory)).toEqual([]);
  });

  it.runIf(hasOtherUser)('is not written over what another user has planted, nor below their directory', async () => {
    const { directory, path } = await place();
    await mkdir(directory);
    await chmod(directory, 0o777);
    await chmod(join(directory, '..'), 0o755);
    asOtherUser('printf theirs >"$1"; mkdir "$2"', path, join(directory, 'theirs'));
    await chmod(directory, 0o700);
    await expect(writeSecretFile(path, 'canary', reader)).rejects.toThrow('it belongs to another user');
    await expect(writeSecretFile(join(directory, 'theirs/t'), 'canary', reader)).rejects.toThrow('belongs to another user');
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });
});
