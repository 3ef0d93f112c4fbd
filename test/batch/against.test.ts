// --against: a batch tells what changed since an earlier export, also when it writes that very file anew.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { csvOf, record, startCrego } from './crego.ts';
import { key } from './storm.ts';

const [one, two, three, four] = [1, 2, 3, 4].map(key) as [string, string, string, string];

/** The second key is there on the first night only, the third fails on the second, the fourth changes. */
async function stage() {
  let isSecond = false;
  const crego = await startCrego(id => {
    if (!isSecond || id === one) return { body: record(id) };
    if (id === two) return { status: 404, body: '{"detail":"Not found."}' };
    return id === three ? { status: 400, body: '{}' } : { body: `{"id":"${id}","amount":10.01}` };
  });
  const home = await ownHome();
  await home.configure(configFor('crego', crego.origin));
  const run = (...more: string[]) =>
    runInProcess(
      [
        ...['crego', 'record', one, two, three, four, '--fields', 'id,amount', '--errors', join(home.cwd, 'errors')],
        ...['--out', join(home.cwd, 'out.csv'), '--csv', '--retries', '0', ...more],
      ],
      { home },
    );
  const next = (): void => {
    isSecond = true;
  };
  return { home, run, out: join(home.cwd, 'out.csv'), next, crego };
}

test('each night the same file: nothing on the first, then the differences as a table, and nothing when there is none', async () => {
  const { run, out, next } = await stage();
  const against = ['--against', out, '-q'];
  expect(await run(...against)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await run(...against)).toEqual({ code: 0, stdout: '', stderr: '' });
  next();
  const { code, stdout } = await run(...against);
  expect([code, stdout]).toEqual([
    24,
    `Change   Key                                   Row  Field    Old    New  Why
changed  ${four}       amount  10.0  10.01
gone     ${two}                            not-found
unknown  ${three}                            refused
`,
  ]);
  expect(await readFile(out, 'utf8')).toBe(csvOf(one, four).replace(`${four},10.0`, `${four},10.01`));
});

test('the same file by another spelling may be missing on the first night, too', async () => {
  const { run, home } = await stage();
  const against = ['--against', `${home.cwd}/./out.csv`];
  expect((await run(...against, '-q')).code).toBe(0);
  expect((await run(...against)).stderr).toContain('0 added, 0 changed, 0 gone, 0 unknown\n');
});

test('the counts come before the line that counts the keys, and an error as JSON stays last', async () => {
  const { run, out, next } = await stage();
  const told = async (...more: string[]) =>
    (await run('--against', out, ...more)).stderr
      .trimEnd()
      .split('\n')
      .filter(line => !line.startsWith('warning: '));
  expect(await told()).toEqual([`there was no ${out} to compare with`, expect.stringMatching(/^4 keys: 4 delivered/)]);
  expect(await told()).toEqual(['0 added, 0 changed, 0 gone, 0 unknown', expect.stringMatching(/^4 keys: 4 delivered/)]);
  next();
  const lines = await told('--error-format', 'json');
  expect(JSON.parse(lines.at(-1) ?? '').error).toMatchObject({ code: 'partial', exit: 24 });
});

test.each<[what: string, more: string[], code: number, words: string]>([
  ['another file that is not there', ['--against', '/nonexistent/old.csv'], 26, 'there is no such file'],
  ['a file of something else', ['--against', 'ODD'], 2, 'the exports are not of crego/record'],
])('%s is refused before anything is sent', async (_, more, code, words) => {
  const { home, run, crego } = await stage();
  const odd = await home.write('odd.csv', 'a,b\r\n1,2\r\n');
  const ended = await run(...more.map(word => word.replace('ODD', odd)));
  expect([ended.code, ended.stdout, crego.asked.length]).toEqual([code, '', 0]);
  expect(ended.stderr).toContain(words);
});

/** What is told on the second night of a record whose members have changed, with its exit code. */
async function told(fields: string, [first, second]: readonly [string, string], ...more: readonly string[]) {
  let members = first;
  const crego = await startCrego(id => (id === one ? { body: `{"id":"${id}",${members}}` } : { status: 400, body: '{}' }));
  const home = await ownHome();
  await home.configure(configFor('crego', crego.origin));
  const files = ['--out', join(home.cwd, 'out.csv'), '--errors', join(home.cwd, 'errors')];
  const run = (key: string, ...against: string[]) =>
    runInProcess(['crego', 'record', key, key, '--unique', '--csv', '-q', '--fields', fields, ...files, ...against, ...more], { home });
  await run(one);
  members = second;
  const again = await run(one, '--against', join(home.cwd, 'out.csv'));
  const failed = await run(two, '--against', join(home.cwd, 'out.csv'));
  return { code: again.code, lines: again.stdout.split('\n').slice(1, -1), failed };
}

test('an apostrophe of the guard is not told, and without a guard one is a part of the text', async () => {
  const { lines } = await told('id,remark', ['"remark":"=1"', '"remark":"=2"']);
  expect(lines).toEqual([`changed  ${one}       remark   =1   =2`]);
  const unguarded = await told('id,remark', [`"remark":"'=1"`, '"remark":"=1"'], '--csv-guard', 'off');
  expect(unguarded.lines).toEqual([`changed  ${one}       remark  '=1   =1`]);
});

test('personal values are masked, though the export has them whole', async () => {
  const account = (number: string) => `"collection_bank":{"account_no":"${number}"}`;
  const numbers = [account('001234567890'), account('009876543210')] as const;
  const field = 'id,collection_bank.account_no';
  expect((await told(field, numbers)).lines.join()).toMatch(/collection_bank\.account_no/);
  expect((await told(field, numbers)).lines.join()).not.toMatch(/1234567890|9876543210/);
  expect((await told(field, numbers, '--show-personal')).lines.join()).toMatch(/001234567890.*009876543210/);
});

test('no change is no failure of --fail-empty, and a run that keeps the old file tells none', async () => {
  const { code, lines, failed } = await told('id,remark', ['"remark":"x"', '"remark":"x"'], '--fail-empty');
  expect([code, lines]).toEqual([0, []]);
  expect(failed).toMatchObject({ code: 22, stdout: '' });
});
