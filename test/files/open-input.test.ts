import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DeadlineError } from '../../src/core/errors.ts';
import { openInput } from '../../src/files/open-input.ts';
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
