// What a batch keeps beside its rows: no file of it holds a secret, wherever the secret came from.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, secrets } from '../runner/profiles.ts';
import { startCrego } from './crego.ts';
import { key } from './storm.ts';

const home = await sharedHome();
const crego = await startCrego(() => ({ status: 400, body: JSON.stringify({ code: secrets.crego, detail: `no ${secrets.crego}` }) }));
await home.configure(configFor('crego', crego.origin));

it('a token that was pasted as a key, or sent back, is in no list of failures and no summary', async () => {
  const files = ['--errors', join(home.cwd, 'errors'), '--summary', join(home.cwd, 'summary')];
  const stdin = `x y ${secrets.crego}\n${key(1)}\n`;
  const ran = await runInProcess(['crego', 'record', '-', '--csv', ...files], { home, stdin });
  expect(ran.code).toBe(22);
  const errors = await readFile(join(home.cwd, 'errors'), 'utf8');
  const listed = errors
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(listed.map(({ key: given, code, providerCode }) => [given, code, providerCode])).toEqual([
    ['x y [redacted]', 'usage', undefined],
    [key(1), 'refused', '[redacted]'],
  ]);
  const summary = await readFile(join(home.cwd, 'summary'), 'utf8');
  expect(JSON.parse(summary)).toMatchObject({ keys: 2, failed: 2, failures: { usage: 1, refused: 1 } });
  expect(errors + summary + ran.stdout + ran.stderr).not.toContain(secrets.crego);
});

it.each([
  ['a long line', 'x'.repeat(65_000)],
  ['controls, of which each takes six signs', '\u0001'.repeat(15_000)],
  ['a key behind which much stands', `${key(1)}${' '.repeat(60_000)}x`],
  ['signs of three bytes', '合'.repeat(20_000)],
])('what is no key goes back in with the list, and is none again: %s', async (_, line) => {
  const [first, second] = [join(home.cwd, 'first'), join(home.cwd, 'second')];
  const args = ['crego', 'record', '--csv', '-q', '--ids-from'];
  const keys = await home.write('work/odd', `${line}\n`);
  const before = crego.asked.length;
  expect((await runInProcess([...args, keys, '--errors', first], { home })).code).toBe(2);
  const listed = await readFile(first, 'utf8');
  expect(JSON.parse(listed)).toMatchObject({ code: 'usage', line: 1, key: expect.stringMatching(/^.{300}…$/s) });
  expect((await runInProcess([...args, first, '--errors', second], { home })).code).toBe(2);
  expect(JSON.parse(await readFile(second, 'utf8'))).toMatchObject({ code: 'usage' });
  expect(crego.asked.length).toBe(before);
});

it('a line of more words than an endpoint has keys goes back in with the list', async () => {
  const args = ['qitech', 'wallet-entry', '--csv', '-q', '--sandbox', '--ids-from'];
  const keys = await home.write('work/words', `${'a '.repeat(30_000)}\n`);
  const [first, second] = [join(home.cwd, 'first'), join(home.cwd, 'second')];
  expect((await runInProcess([...args, keys, '--errors', first], { home })).code).toBe(2);
  expect(JSON.parse(await readFile(first, 'utf8'))).toMatchObject({ key: ['a', 'a', 'a'], code: 'usage', line: 1 });
  expect((await runInProcess([...args, first, '--errors', second], { home })).code).toBe(2);
  expect(JSON.parse(await readFile(second, 'utf8'))).toMatchObject({ key: ['a', 'a', 'a'], code: 'usage' });
});
