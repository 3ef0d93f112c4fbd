import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, open, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeadlineError } from '../../src/core/errors.ts';
import { openInput, readInput } from '../../src/files/open-input.ts';
import { sharedHome } from '../runner/home.ts';
import { hasPrograms } from '../runner/programs.ts';

const home = await sharedHome();
const { signal } = new AbortController();
const hasFifos = hasPrograms({ mkfifo: 'coreutils' });

function fifo(name: string): string {
  const path = join(home.cwd, name);
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  return path;
}

it('reads a file, or the beginning of one', async () => {
  const path = join(home.cwd, 'file');
  await writeFile(path, 'abcdef');
  expect(Buffer.concat(await (await openInput(path, { signal })).bytes.toArray()).toString()).toBe('abcdef');
  expect(Buffer.concat(await (await openInput(path, { signal, limit: 4 })).bytes.toArray()).toString()).toBe('abcd');
});

it('says why there is nothing to read', async () => {
  await expect(openInput(join(home.cwd, 'nothing'), { signal })).rejects.toMatchObject({ code: 'ENOENT' });
  await expect((await openInput(home.cwd, { signal })).bytes.toArray()).rejects.toMatchObject({ code: 'EISDIR' });
});

it.runIf(hasFifos)('opens a FIFO before anybody writes, and reads to the end of what is then written', async () => {
  const path = fifo('late');
  const { bytes } = await openInput(path, { signal });
  const read = bytes.toArray();
  const writer = await open(path, 'w');
  await writer.write('one\n');
  await writer.write('two\n');
  await writer.close();
  expect(Buffer.concat(await read).toString()).toBe('one\ntwo\n');
});

it.runIf(hasFifos)('lets go of a FIFO at once when the signal comes, of more than the pool has threads', async () => {
  const paths = Array.from({ length: 8 }, (_, n) => fifo(`silent-${n}`));
  for (const path of paths) {
    const end = new AbortController();
    const { bytes } = await openInput(path, { signal: end.signal });
    const read = bytes.toArray();
    end.abort(new DeadlineError('over'));
    await expect(read).rejects.toEqual(new DeadlineError('over'));
  }
});

it('has nothing to give after the signal', async () => {
  const path = join(home.cwd, 'file');
  await writeFile(path, 'abcdef');
  const { bytes } = await openInput(path, { signal: AbortSignal.abort(new DeadlineError('over')) });
  await expect(once(bytes, 'close')).rejects.toEqual(new DeadlineError('over'));
});

describe('a file that is read without a stream', () => {
  async function all(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
    const texts: string[] = [];
    for await (const piece of pieces) texts.push(Buffer.from(piece).toString());
    return texts;
  }

  it('comes in pieces, and whole', async () => {
    const path = join(home.cwd, 'pieces');
    await writeFile(path, 'abcdefgh');
    expect(await all(readInput(path, signal, 3))).toEqual(['abc', 'def', 'gh']);
    expect(await all(readInput(path, signal, 64))).toEqual(['abcdefgh']);
  });

  it('is read to the end that it has then, if it grows meanwhile', async () => {
    const path = join(home.cwd, 'growing');
    await writeFile(path, 'one\n');
    const pieces = readInput(path, signal, 8192);
    const first = await pieces.next();
    await appendFile(path, 'x'.repeat(10_000));
    expect(Buffer.from(first.value ?? []).toString()).toBe('one\n');
    expect((await all(pieces)).join('').length).toBe(10_000);
  });

  it.runIf(process.platform === 'linux')('may be one of the system, which says that it is empty', async () => {
    expect((await all(readInput('/proc/self/stat', signal, 1 << 18))).join('')).toMatch(/^\d+ \(/);
  });

  it('gives its reason when the signal has come, and its number back', async () => {
    const path = join(home.cwd, 'signalled');
    await writeFile(path, 'abcdef');
    const end = new AbortController();
    const pieces = readInput(path, end.signal, 2);
    await pieces.next();
    end.abort(new DeadlineError('over'));
    await expect(pieces.next()).rejects.toEqual(new DeadlineError('over'));
  });

  it.runIf(process.platform === 'linux')('is closed when it has been read, and when its reader leaves', async () => {
    const path = join(home.cwd, 'closed');
    await writeFile(path, 'abcdef');
    const isOpen = async () => {
      const links = await readdir('/proc/self/fd');
      const targets = await Promise.all(links.map(link => readlink(`/proc/self/fd/${link}`).catch(() => '')));
      return targets.includes(path);
    };
    const pieces = readInput(path, signal, 2);
    await pieces.next();
    expect(await isOpen()).toBe(true);
    await pieces.return(undefined);
    await expect.poll(isOpen).toBe(false);
    await all(readInput(path, signal, 64));
    await expect.poll(isOpen).toBe(false);
  });

  it('says why there is nothing to read', async () => {
    await expect(all(readInput(join(home.cwd, 'nothing'), signal, 64))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(all(readInput(home.cwd, signal, 64))).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it.runIf(hasFifos)('may be a FIFO that nobody writes, which the signal ends', async () => {
    const end = new AbortController();
    const read = all(readInput(fifo('pieces-silent'), end.signal, 64));
    end.abort(new DeadlineError('over'));
    await expect(read).rejects.toEqual(new DeadlineError('over'));
  });

  it.runIf(hasFifos)('may be a FIFO, which waits for its writer', async () => {
    const path = fifo('pieces-fifo');
    const read = all(readInput(path, signal, 64));
    const writer = await open(path, 'w');
    await writer.write('one\n');
    await writer.close();
    expect(await read).toEqual(['one\n']);
  });
});
