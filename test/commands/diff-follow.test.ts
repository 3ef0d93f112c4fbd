// Exports that hold the things their records name are compared with them: a loan that has changed is a change of its record's row.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const call = ['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox', '--follow', 'loanInfoId.flowId'];

test.each([
  ['csv', []],
  ['ndjson', []],
  ['csv', ['--fields', 'id,loanInfoId.state,loanInfoId.flowId.state']],
])('%s %j', async (format, fields) => {
  const [old, latest] = [join(home.cwd, `old.${format}`), join(home.cwd, `new.${format}`)];
  expect((await runInProcess([...call, ...fields, '-o', format, '--out', old], { home })).code).toBe(0);
  const text = await readFile(old, 'utf8');
  expect(text).toContain('REPAID');
  await writeFile(latest, text.replace('REPAID', 'PAID').replace('nullify', 'paid'));
  const { stdout, code } = await runInProcess(['diff', old, latest, '-o', 'ndjson'], { home });
  const changes = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect([code, changes.map(({ change, field, old: was, new: is }) => [change, field, was, is])]).toEqual([
    0,
    [
      ['changed', 'loanInfoId.state', 'REPAID', 'PAID'],
      ['changed', 'loanInfoId.flowId.state', 'nullify', 'paid'],
    ],
  ]);
});
