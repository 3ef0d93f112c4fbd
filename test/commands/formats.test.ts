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

test.each([
  ['endpoints --json', '[\n  {\n    "provider": "ekuaibao",\n    "endpoint": "repayment-records",\n'],
  ['endpoints -o table', 'ekuaibao repayment-records\n    GET /api/openapi/v1/loan/repaymentRecord/[{ids}]\n'],
  ['explain 21 --json', '[\n  {\n    "code": "21",\n    "where": "exit code not-found",\n'],
  ['explain 21', '21  a well-formed answer: none of the keys exists  (exit code not-found)\n'],
])('%s', async (line, begin) => {
  const { code, stdout, stderr } = await runInProcess(line.split(' '), { home });
  expect([code, stdout.slice(0, begin.length), stderr]).toEqual([0, begin, '']);
});
