// What the README says of --follow, run as it is printed: its rows are those of two exports that this test joins by itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { projectRoot } from '../runner/app.ts';
import { surroundings, workshop } from './workplace.ts';

const workplace = await workshop();
const [inEnglish] = surroundings;
const page = await readFile(join(projectRoot, 'README.md'), 'utf8');
const printed = [...page.matchAll(/^ {4}# (.*)\n {4}(loanq .* --follow .*)\n/gm)].map(([, name = '', line = '']) => [name, line] as const);

const keys = {
  customer: '123e4567-e89b-12d3-a456-426614174000',
  wallet: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  entry: '8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  demand: '2ac95fc6-0868-4639-85aa-fcfa24daa4dc',
};

/** A field that is followed, the command that looks things up by it, and the column in which they repeat their key. */
interface Join {
  readonly field: string;
  readonly command: string;
  readonly key: string;
}

const joins: Readonly<Record<string, readonly Join[]>> = {
  'each repayment record with its loan, and with the form of that': [
    { field: 'loanInfoId', command: 'ekuaibao loan', key: 'id' },
    { field: 'loanInfoId.flowId', command: 'ekuaibao form', key: 'id' },
  ],
  'each repayment of a customer with its loan': [{ field: 'loanApplicationId', command: 'finlend loan', key: 'loanApplicationId' }],
  'each item of a wallet entry with its invoice, and with the wallet': [
    { field: 'invoice_items.invoice_key', command: 'qitech invoice "$wallet"', key: 'invoice_key' },
    { field: 'request.wallet_key', command: 'qitech wallet', key: 'wallet_key' },
  ],
  'each settlement with its record': [{ field: 'record', command: 'crego record', key: 'id' }],
};

type Table = readonly (readonly string[])[];

it('the README has these, and no other', () => {
  expect(printed.map(([name]) => name)).toEqual(Object.keys(joins));
});

it.each(printed)('%s', async (name, line) => {
  if (inEnglish === undefined) return expect.unreachable();
  const place = await workplace(`follow-${printed.findIndex(([other]) => other === name)}`, inEnglish);
  const table = (command: string): Table => {
    const { stdout, status } = place.shell(command, keys);
    expect([command, status]).toEqual([command, 0]);
    return parse(stdout);
  };
  const followed = table(line);
  let joined = table(line.replace(/ --follow \S+/, ''));
  expect(joined.length).toBeGreaterThan(1);
  for (const { field, command, key } of joins[name] ?? []) {
    const at = joined[0]?.indexOf(field) ?? -1;
    const ids = new Set(joined.slice(1).map(row => row[at] ?? ''));
    joined = joinTables(joined, at, table(`loanq ${command} ${[...ids].map(id => `'${id}'`).join(' ')} --csv`), key, field);
  }
  expect(followed).toEqual(joined);
});

/** Every row of the one with the row of the other that has its id in the key column, but for what was asked for. */
function joinTables(left: Table, at: number, [names = [], ...things]: Table, key: string, prefix: string): Table {
  const own = names.flatMap((name, place) => (name.startsWith('request.') ? [] : [place]));
  const [head = [], ...rows] = left;
  const where = names.indexOf(key);
  return [
    [...head, ...own.map(place => `${prefix}.${names[place]}`)],
    ...rows.map(row => {
      const thing = things.find(other => other[where] === row[at]);
      return [...row, ...own.map(place => thing?.[place] ?? 'not found')];
    }),
  ];
}
