// What an option cannot mean is refused before anything is sent: exit code 2 promises that no request was made.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import type { ProviderWord } from '../runner/profiles.ts';
import { startServer } from '../runner/server.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const server = await startServer(() => ({ body: `{"id":"${id}","utr":"a;b"}` }));

test.each([
  ['a zone that does not exist', ['--tz', 'Mars/Olympus'], 'unknown time zone: Mars/Olympus'],
  ['a zone that does not exist, for a format without times', ['--tz', 'Mars/Olympus', '--json'], 'unknown time zone: Mars/Olympus'],
  ['an empty zone', ['--tz', ''], 'unknown time zone: '],
  ['a letter as delimiter', ['--csv', '--delimiter', 'a'], '"a" cannot be a delimiter'],
  ['a quote as delimiter', ['--csv', '--delimiter', '"'], '"\\"" cannot be a delimiter'],
  ['two characters as delimiter', ['--csv', '--delimiter', ';;'], '";;" cannot be a delimiter'],
  ['a field that does not exist', ['--fields', 'nope'], 'unknown field: nope'],
  ['an order that does not exist', ['--sort', 'nope'], 'cannot sort by nope'],
  ['a list that does not exist', ['--explode', 'nope'], 'unknown list field: nope'],
])('%s', async (_, args, says) => {
  const { code, stdout, stderr, requests } = await lookUp({ home, server, provider: 'crego' }, ['record', id, ...args]);
  expect({ code, stdout, requests }).toEqual({ code: 2, stdout: '', requests: [] });
  expect(stderr).toContain(says);
});

test.each<[ProviderWord, string[], string, string]>([
  ['ekuaibao', ['corporation', 'x'], 'corporation', 'ids are taken by: repayment-records, loan, loan-of-form, form, form-by-code'],
  ['crego', ['settlements', '--ids-from', 'ids.txt'], 'settlements', 'one id at a time: loanq crego settlements --demand <id>'],
  ['crego', ['settlements', id], 'settlements', `one id at a time: loanq crego settlements --demand ${id}`],
  ['crego', ['settlements', 'REC0XAM2'], 'settlements', 'one id at a time: loanq crego settlements --demand <id>'],
  ['interlace', ['budgets', id], 'budgets', `one id at a time: loanq interlace budgets --account-id ${id}`],
  ['ekuaibao', ['staffs', '-'], 'staffs', 'ids are taken by: staff'],
])('%s %j: a list that takes no ids says what would', async (provider, args, name, hint) => {
  const { code, stderr, requests } = await lookUp({ home, server, provider }, args);
  const [error, advice] = stderr.split('\n');
  expect([code, error, advice?.replace('hint: ', ''), requests]).toEqual([
    2,
    `error: ${provider} ${name}: ${name} takes no keys`,
    hint,
    [],
  ]);
});

test.each(['tab', '\\t', '\t'])('TAB as delimiter may be written %j', async delimiter => {
  const args = ['record', id, '--csv', '--fields', 'id,utr', '--delimiter', delimiter, '-q'];
  const { code, stdout } = await lookUp({ home, server, provider: 'crego' }, args);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `id\tutr\r\n${id}\t"a;b"\r\n` });
});

test.each([
  [['--loan', ''], 'it must not be empty'],
  [['--demand', ' '], 'it must not be empty'],
  [['--loan', 'a', '--loan', 'b'], '--loan is given twice with different values'],
  [['--demand', 'a/b'], 'it must be a UUID'],
])('a filter that cannot be meant: %j', async (args, says) => {
  const { code, stdout, stderr, requests } = await lookUp({ home, server, provider: 'crego' }, ['settlements', ...args]);
  expect({ code, stdout, requests }).toEqual({ code: 2, stdout: '', requests: [] });
  expect(stderr).toContain(says);
});

test('a filter may be pasted with quotes, and be given twice the same; an empty --expand is sent as it is', async () => {
  const list = await lookUp({ home, server, provider: 'crego' }, [
    'settlements',
    '--demand',
    `"${id}",`,
    '--loan',
    'a',
    '--loan',
    'a',
    '--raw',
  ]);
  expect(list.requests.map(({ target }) => target)).toEqual([`/v1/lms/settlements/?demand=${id}&loan=a`]);
  const one = await lookUp({ home, server, provider: 'crego' }, ['record', id, '--expand', '', '--csv', '-q']);
  expect(one.requests.map(({ target }) => target)).toEqual([`/v1/lms/records/${id}/?expand=`]);
});
