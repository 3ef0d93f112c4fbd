// What a run claims before it opens anything else: the target knows its lock, so that nothing takes its name behind the lock's back.
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SecretRegister } from '../../src/auth/secret.ts';
import { claimOutput, openBatchOutput } from '../../src/batch/rows/output.ts';
import { LockedError } from '../../src/core/errors.ts';
import { temporaryDirectory } from '../runner/bundle.ts';
import { processes } from './processes.ts';

const directory = await temporaryDirectory();
const uid = process.getuid?.();
const begun = '{"journal":"loanq",';
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

it('a lock that was lost while the keys were counted is found out before anything of an earlier run goes', async () => {
  const path = join(directory, 'counted.csv');
  const claimed = await claim(path);
  for (const name of ['partial', 'journal']) await writeFile(`${path}.${name}`, begun);
  const keys = { file: undefined, survey: async () => unlink(`${path}.lock`) } as never;
  const context = { runtime: { uid, processes, now: () => new Date(0) }, secrets: new SecretRegister() } as never;
  const asked = { provider: { name: 'p' }, endpoint: { name: 'e' }, keys: { kind: 'stream', from: 'k' }, source: { kind: 'sandbox' } };
  const plan = { ...asked, output: { many: { format: { name: 'xlsx' } } } } as never;
  const opening = openBatchOutput(
    context,
    plan,
    { canJournal: false, resume: false } as never,
    keys,
    claimed,
    new AbortController().signal,
  );
  await expect(opening).rejects.toThrow(LockedError);
  for (const name of ['partial', 'journal']) expect(await readFile(`${path}.${name}`, 'utf8')).toBe(begun);
  await claimed?.lock.release();
});
