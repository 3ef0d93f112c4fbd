// A command that has not the format asked for says so: a script would take its lines for CSV.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

test.each([
  ['sandbox --csv', 'sandbox has no format csv', 'it prints lines, or json'],
  ['--csv drift x', 'drift has no format csv', 'it prints lines, or json'],
])('%s', async (line, error, hint) => {
  expect(await runInProcess(line.split(' '), { home })).toEqual({ code: 2, stdout: '', stderr: `error: ${error}\nhint: ${hint}\n` });
});

test.each([
  ['endpoints --json', '[\n  {\n    "provider": "ekuaibao",\n    "endpoint": "repayment-records",\n'],
  ['explain 21 --json', '[\n  {\n    "code": "21",\n    "where": "exit code not-found",\n'],
  ['explain 21 -o ndjson', '{"code":"21","where":"exit code not-found",'],
])('%s', async (line, begin) => {
  const { code, stdout, stderr } = await runInProcess(line.split(' '), { home });
  expect([code, stdout.slice(0, begin.length), stderr]).toEqual([0, begin, '']);
});
