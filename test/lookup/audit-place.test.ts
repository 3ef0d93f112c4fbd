// No file of a run takes the place of the audit trail.
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { startServer } from '../runner/server.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const home = await sharedHome();
let asked = 0;
const server = await startServer(() => {
  asked += 1;
  return { body: `{"id":"${id}","amount":1.0}` };
});
const logs = join(home.cwd, 'logs');
const trail = join(logs, 'trail.jsonl');
await mkdir(logs, { recursive: true });
await symlink(logs, join(home.cwd, 'linked'));
await home.configure({ ...configFor('crego', server.origin), audit: trail });
beforeEach(() => writeFile(trail, '{"earlier":true}\n', { mode: 0o600 }));

test.each([
  ['--out', [id], ['--out', trail]],
  ['--out', [id, '--raw'], ['--out', 'linked/trail.jsonl']],
  ['--out', [id, id, '--csv'], ['--out', trail, '--summary', 'summary']],
  ['--errors', [id, id, '--csv'], ['--errors', 'linked/trail.jsonl', '--summary', 'summary']],
  ['--summary', [id, id, '--csv'], ['--summary', trail]],
])('%s of %j', async (option, keys, files) => {
  const named = files.map(word => (word.startsWith('-') || word.startsWith('/') ? word : join(home.cwd, word)));
  const { code, stdout, stderr } = await runInProcess(['crego', 'record', ...keys, ...named], { home });
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `error: crego record: ${option} names the audit file\n` });
  expect([await readFile(trail, 'utf8'), asked]).toEqual(['{"earlier":true}\n', 0]);
  if (files.includes('summary')) expect(JSON.parse(await readFile(join(home.cwd, 'summary'), 'utf8'))).toMatchObject({ code: 'usage' });
});

test('--out of a lookup over every system', async () => {
  const { code, stdout, stderr } = await runInProcess(['lookup', id, '--csv', '--out', trail], { home });
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('--out names the audit file\n')]);
  expect([await readFile(trail, 'utf8'), asked]).toEqual(['{"earlier":true}\n', 0]);
});
