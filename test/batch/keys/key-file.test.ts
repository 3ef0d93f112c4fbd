// What a key file may go through between its two readings.
import { appendFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeyFile } from '../../../src/batch/keys/key-file.ts';
import { DeadlineError, InputError } from '../../../src/core/errors.ts';
import { sharedHome } from '../../runner/home.ts';

const home = await sharedHome();
const path = join(home.cwd, 'keys');
const changed = new InputError(`${path} was changed while it was read`, { hint: 'leave out --resume to start over' });
const running = new AbortController().signal;

async function text(reading: AsyncIterable<Buffer>): Promise<string> {
  let found = '';
  for await (const chunk of reading) found += chunk.toString('latin1');
  return found;
}

/** A key file that was read once. */
async function counted(content: string): Promise<KeyFile> {
  await writeFile(path, content);
  const file = new KeyFile(path);
  expect(await text(file.readFirst(running))).toBe(content);
  return file;
}

it('is known by its digest, and the same at the second reading', async () => {
  const file = await counted('one\ntwo\n');
  expect(file.digest).toBe('c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8');
  expect(await text(file.readAgain(running))).toBe('one\ntwo\n');
  expect(await text((await counted('')).readAgain(running))).toBe('');
});

it('may be touched, or replaced by the same bytes', async () => {
  const file = await counted('one\ntwo\n');
  await utimes(path, 1, 1);
  expect(await text(file.readAgain(running))).toBe('one\ntwo\n');
  await writeFile(`${path}.new`, 'one\ntwo\n');
  await rename(`${path}.new`, path);
  expect(await text(file.readAgain(running))).toBe('one\ntwo\n');
});

it('may grow: what was not counted is not read', async () => {
  const file = await counted('one\ntwo');
  await appendFile(path, '!\nthree\n');
  expect(await text(file.readAgain(running))).toBe('one\ntwo');
});

it.each([
  ['other bytes of the same length', 'one\nTWO\n'],
  ['fewer bytes', 'one\n'],
  ['nothing', ''],
])('is refused before its first byte when it holds %s', async (_, content) => {
  const file = await counted('one\ntwo\n');
  await writeFile(path, content);
  await utimes(path, 1, 1);
  const again = file.readAgain(running);
  await expect(again.next()).rejects.toEqual(changed);
});

it('is refused at its end when it changes behind the place that is read', async () => {
  const content = 'x'.repeat(200_000);
  const file = await counted(content);
  const again = file.readAgain(running);
  expect((await again.next()).done).toBe(false);
  await writeFile(path, content.replace(/x$/, 'y'));
  await expect(text(again)).rejects.toEqual(changed);
});

it('that is gone says so', async () => {
  const file = await counted('one\n');
  await rm(path);
  await expect(text(file.readAgain(running))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('is left at once when the run ends', async () => {
  const file = await counted('x'.repeat(200_000));
  const end = new AbortController();
  const again = file.readAgain(end.signal);
  await again.next();
  end.abort(new DeadlineError('over'));
  await expect(text(again)).rejects.toEqual(new DeadlineError('over'));
});
