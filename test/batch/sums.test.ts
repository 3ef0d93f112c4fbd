// --sum over a batch: in the summary and on stderr, of the whole output also where the run was stopped and resumed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { startCrego } from './crego.ts';
import { key } from './storm.ts';

const keys = [1, 2, 3, 4, 5, 6, 7].map(key);
const amounts = ['0.1', '0.20', '1e2', '9007199254740993', '-5', '0.7', '3'];

/** The fourth key ends the first run: the credential is refused. */
async function stage() {
  let isRefusing = true;
  const crego = await startCrego(id => {
    const at = keys.indexOf(id);
    if (at === 3 && isRefusing) return { status: 401, body: '{}' };
    return { body: `{"id":"${id}","amount":${amounts[at]},"remark":"a;b,\\n1\\t\\"x\\""}` };
  });
  const home = await ownHome();
  await home.configure(configFor('crego', crego.origin));
  await home.write('work/keys', `${keys.join('\n')}\n`);
  const run = (...more: string[]) =>
    runInProcess(
      [
        ...['crego', 'record', '--ids-from', join(home.cwd, 'keys'), '--out', join(home.cwd, 'out'), '--concurrency', '1'],
        ...['--sum', 'amount', '--summary', join(home.cwd, 'summary'), ...more],
      ],
      { home },
    );
  const recover = (): void => {
    isRefusing = false;
  };
  const sums = async () => JSON.parse(await readFile(join(home.cwd, 'summary'), 'utf8')).sums;
  return { home, run, sums, recover };
}

test.each([
  [['-o', 'csv']],
  [['-o', 'csv', '--delimiter', ';', '--decimal', ',', '--no-header']],
  [['-o', 'csv', '--fields', 'amount,remark', '--labels', '--bom']],
  [['-o', 'tsv', '--decimal', ',']],
  [['-o', 'json']],
  [['-o', 'ndjson', '--numbers', 'text']],
])('a resumed run with %j tells the total of all rows, a stopped one that of its own', async format => {
  const { run, sums, recover } = await stage();
  expect(await run(...format)).toMatchObject({ code: 4 });
  expect(await sums()).toEqual([{ field: 'amount', currency: null, total: '100.30', amounts: 3 }]);
  recover();
  const { code, stderr } = await run(...format, '--resume');
  expect([code, stderr.split('\n').slice(-3)]).toEqual([
    0,
    [
      'sum of amount: 9007199254741092.00, currency not stated (7 values)',
      expect.stringMatching(/^7 keys: 7 delivered, 0 missing, 0 failed in /),
      '',
    ],
  ]);
  expect(await sums()).toEqual([{ field: 'amount', currency: null, total: '9007199254741092.00', amounts: 7 }]);
});

test('a run that is resumed must write what it adds up', async () => {
  const { run } = await stage();
  expect(await run('--csv', '--fields', 'id', '--resume')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: crego record: --sum with --resume needs amount among the --fields: rows of an earlier run are read back\n',
  });
});

test('a single lookup and a saved answer say their total, and keep it to themselves with -q', async () => {
  const { home } = await stage();
  const lookup = (...args: string[]) => runInProcess(['crego', 'record', ...args, '--csv', '--fields', 'id', '--sum', 'amount'], { home });
  const [first = ''] = keys;
  const told = 'sum of amount: 0.1, currency not stated (1 value)\n';
  expect(await lookup(first)).toMatchObject({ code: 0, stdout: `id\r\n${first}\r\n`, stderr: expect.stringContaining(told) });
  expect((await lookup(first, '-q')).stderr).toBe('');
  const saved = await home.write('saved', `{"id":"${first}","amount":0.1}`);
  expect(await lookup('--input', saved)).toMatchObject({ code: 0, stderr: expect.stringContaining(told) });
});
