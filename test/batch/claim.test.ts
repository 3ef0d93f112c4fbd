// What a run claims before it opens anything else: the target knows its lock, so that nothing takes its name behind the lock's back.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claimOutput } from '../../src/batch/rows/output.ts';
import { temporaryDirectory } from '../runner/bundle.ts';
import { processes } from './processes.ts';

const directory = await temporaryDirectory();
const uid = process.getuid?.();
const claim = (path: string, clobber = true) =>
  claimOutput({ runtime: { uid, processes } } as never, { output: { destination: { kind: 'file', path, clobber } } } as never);

it('the target holds the lock', async () => {
  const path = join(directory, 'out.csv');
  const claimed = await claim(path);
  expect(claimed?.target).toMatchObject({ path, clobber: true, uid });
  expect(claimed?.target.held).toBe(claimed?.lock);
  await claimed?.lock.release();
});

it('a file that is there is not claimed with --no-clobber', async () => {
  const path = join(directory, 'old.csv');
  await writeFile(path, 'old');
  await expect(claim(path, false)).rejects.toThrow('already exists');
});
