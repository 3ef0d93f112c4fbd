import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WriteError } from '../../src/core/errors.ts';
import { takeName } from '../../src/files/take-name.ts';
import { temporaryDirectory } from '../runner/bundle.ts';

const root = await temporaryDirectory();

/** A rename as Windows has it: refused while another program holds the file, here for a number of times. */
function held(code: string, times: number): { readonly tries: () => number; readonly rename: (from: string, to: string) => Promise<void> } {
  let tries = 0;
  const rename = async (): Promise<void> => {
    tries += 1;
    if (tries <= times) throw Object.assign(new Error(code), { code, syscall: 'rename' });
  };
  return { tries: () => tries, rename };
}

const target = { shown: 'out.csv', path: '/nowhere/out.csv', uid: undefined };
const pausesMs = [0, 0, 0];

test.each(['EBUSY', 'EPERM', 'EACCES'])('a file that is open elsewhere (%s) is tried again, where files have no owners', async code => {
  const { rename, tries } = held(code, 3);
  await takeName('/nowhere/partial', target, { rename, pausesMs });
  expect(tries()).toBe(4);
});

test('one that stays open is a WriteError that says what to do', async () => {
  const { rename, tries } = held('EBUSY', 99);
  await expect(takeName('/nowhere/partial', target, { rename, pausesMs })).rejects.toEqual(
    new WriteError('cannot write out.csv: another program has it open', {
      hint: 'close it there (Excel keeps a file to itself), and run again',
    }),
  );
  expect(tries()).toBe(4);
});

test('another failure is not tried again', async () => {
  const { rename, tries } = held('ENOSPC', 99);
  await expect(takeName('/nowhere/partial', target, { rename, pausesMs })).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(tries()).toBe(1);
});

test('where files have owners nothing holds a name: one try', async () => {
  const { rename, tries } = held('EBUSY', 99);
  await expect(takeName('/nowhere/partial', { ...target, uid: 1000 }, { rename, pausesMs })).rejects.toMatchObject({ code: 'EBUSY' });
  expect(tries()).toBe(1);
});

test('without a rename of another kind it is the real one', async () => {
  await mkdir(join(root, 'real'));
  const [partial, path] = [join(root, 'real/out.csv.partial'), join(root, 'real/out.csv')];
  await writeFile(partial, 'new');
  await writeFile(path, 'old');
  await takeName(partial, { shown: path, path, uid: undefined });
  expect(await readFile(path, 'utf8')).toBe('new');
});
