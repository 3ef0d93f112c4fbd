// A record of which --explode makes very many rows: each is a copy of it, and all of them at once would not fit the memory given here.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const rows = 20_000;
const ids = ['229fe24c-d840-48dc-959a-e0ff1479df35', '4ebd506f-8727-4d16-863d-0442e1b75858'];
const members = Array.from({ length: 200 }, (_, at) => `"member_${at}":${at}`).join(',');
const payouts = Array.from({ length: rows }, (_, at) => `{"amount":${(at * 7) % rows}.50}`).join(',');
const recordOf = (id: string): string => `{"id":"${id}",${members},"payouts":[${payouts}]}`;
const rowsOf = (id: string, amounts = (at: number) => (at * 7) % rows): string =>
  Array.from({ length: rows }, (_, at) => `${id},${amounts(at)}.50\r\n`).join('');

const home = await sharedHome();
const server = await startServer(({ target }) => ({ body: recordOf(ids.find(id => target.includes(id)) ?? '') }));
const config = await home.configure(configFor('crego', server.origin));
const saved = join(home.path, 'saved.json');
await writeFile(saved, recordOf(ids[0] ?? ''));
const keys = join(home.path, 'keys.txt');
await writeFile(keys, ids.map(id => `${id}\n`).join(''));

const head = 'id,payouts.amount\r\n';
const [one = '', other = ''] = ids;

test.each([
  ['a saved answer', ['--input', saved], head + rowsOf(one)],
  ['a lookup', [one], head + rowsOf(one)],
  ['a lookup that is sorted', [one, '--sort', 'payouts.amount'], head + rowsOf(one, at => at)],
  ['a batch', ids, head + rowsOf(one) + rowsOf(other)],
  ['a batch with a journal', ['--ids-from', keys], head + rowsOf(one) + rowsOf(other)],
])('%s', async (_, args, expected) => {
  const out = join(home.path, 'rows.csv');
  const where = [
    '--config',
    config,
    '--explode',
    'payouts',
    '--fields',
    'id,payouts.amount',
    '--csv',
    '--out',
    out,
    '-q',
    '--no-token-cache',
  ];
  const { code, stderr } = await run(['crego', 'record', ...args, ...where], { home, env: { NODE_OPTIONS: '--max-old-space-size=36' } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const written = await readFile(out, 'utf8');
  // Of a million characters nobody wants to see the difference.
  expect([written.length, written === expected]).toEqual([expected.length, true]);
});
