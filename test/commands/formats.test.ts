// A command that has not the format asked for says so: a script would take its lines for CSV.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

test.each([
  ['endpoints --csv', 'endpoints has no format csv', 'it prints lines, or json'],
  ['explain 21 -o ndjson', 'explain has no format ndjson', 'it prints lines, or json'],
  ['config path --json', 'config has no format json', 'it prints lines'],
  ['--json auth status', 'auth has no format json', 'it prints lines'],
])('%s', async (line, error, hint) => {
  expect(await runInProcess(line.split(' '), { home })).toEqual({ code: 2, stdout: '', stderr: `error: ${error}\nhint: ${hint}\n` });
});

test.each(['endpoints --json', 'explain 21 --json', 'endpoints -o table', 'explain 21'])('%s', async line => {
  expect((await runInProcess(line.split(' '), { home })).code).toBe(0);
});
