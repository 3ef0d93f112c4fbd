// Names that `--out` cannot mean.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { checkTarget } from '../../src/files/target.ts';
import { sharedHome } from '../runner/home.ts';
import { run } from '../runner/run.ts';

const home = await sharedHome();

test('- is standard input elsewhere, so it is no file by accident', async () => {
  await expect(checkTarget('-', { clobber: true })).rejects.toThrow(UsageError);
  const { code, stdout, stderr } = await run(['crego', 'settlements', '--sandbox', '--csv', '--out', '-'], { home });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('hint: without --out rows go to standard output');
});

test('a file of that name can be meant', async () => {
  const shown = join(home.cwd, '-');
  expect((await checkTarget(shown, { clobber: true })).path).toBe(shown);
  expect((await checkTarget('./-', { clobber: true })).path).toBe('./-');
});
