// What a lookup opens before it can send anything is closed again when it cannot.
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

/** Files this process holds open. */
async function openFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd');
  return Promise.all(descriptors.map(name => readlink(`/proc/self/fd/${name}`).catch(() => '')));
}

test.runIf(process.platform === 'linux')('a profile that cannot be used leaves no file open', async () => {
  const home = await ownHome();
  const trail = join(home.path, 'audit.jsonl');
  const crego = { provider: 'crego', caFile: 'missing.pem', credentials: { token: 'env:TOKEN' } };
  await home.configure({ profiles: { crego }, audit: trail });
  const { code, stderr } = await runInProcess(['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35'], { home });
  expect([code, stderr]).toEqual([20, expect.stringMatching(/^error: crego record: cannot read .*missing\.pem: it does not exist\n/)]);
  expect(await openFiles()).not.toContain(trail);
});
