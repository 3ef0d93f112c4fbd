// A hint that names a help page has to name one that exists, wherever the options stand.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';

test.each([
  [['crego', 'record', id, '-o', 'xml'], 'loanq crego record --help'],
  [['--error-format', 'text', 'crego', 'record', id, '-o', 'xml'], 'loanq crego record --help'],
  [['--profile', 'crego', 'qitech', 'wallet-entry', '-o', 'xml'], 'loanq qitech wallet-entry --help'],
  [['-p', 'ops', 'crego', '--fields', 'id', 'record', id, '--frobnicate'], 'loanq crego record --help'],
  [['-o', 'xml', 'crego', 'record', id], 'loanq crego record --help'],
  [['config', 'path', 'more'], 'loanq config --help'],
  [['--lang', 'en', 'loans'], 'loanq --help'],
  [['frobnicate'], 'loanq --help'],
])('%j', async (args, page) => {
  const { code, stderr } = await runInProcess(args, { home });
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(`hint: see: ${page}`);
  const help = await runInProcess(page.split(' ').slice(1), { home });
  expect([help.code, help.stdout.split('\n')[0]?.startsWith(`Usage: ${page.replace(/ ?--help/, '')}`)]).toEqual([0, true]);
});

test('what stands behind -- is a key, not an option that words the error', async () => {
  for (const key of ['--error-format=json', '--error-format json']) {
    const { code, stderr } = await runInProcess(['crego', 'record', '--', key], { home });
    expect([code, stderr.split('\n')[0]]).toEqual([2, `error: crego record: id "${key}" is not a UUID`]);
  }
});
