// The pipes of the README that lead from one thing to the next, taken from there and run as they are printed, against the sandbox.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../runner/app.ts';
import { surroundings, workshop } from './workplace.ts';

const workplace = await workshop();
const [inEnglish] = surroundings;
const page = await readFile(join(projectRoot, 'README.md'), 'utf8');
const [, section = ''] = /^## From one thing to the next$(.*?)^## /ms.exec(page) ?? [];
const printed = [...section.matchAll(/^ {4}# (.*)\n((?: {4}.+\n)+)/gm)]
  .map(([, name = '', line = '']) => [name, line] as const)
  .filter(([, line]) => !line.includes('--follow'));

const keys = {
  customer: '123e4567-e89b-12d3-a456-426614174000',
  wallet: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  entry: '8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  demand: '2ac95fc6-0868-4639-85aa-fcfa24daa4dc',
};
const loan = '9a7d2c60-3a55-4f0e-b8f1-6f1c2b3d4e5f';

const answers: Readonly<Record<string, readonly string[]>> = {
  'repayment record → loan → form': ['Form            State', 'ID_3BPNpAnjCGw  nullify'],
  'customer → loan with its schedule → what is pending': [
    'Loan application                      Instalment  Amount due  Status',
    `${loan}           3    18250.75  OVERDUE`,
    `${loan}           4    18250.75  PENDING`,
    `${loan}           5    18250.75  PENDING`,
    `${loan}           6    18250.75  PENDING`,
  ],
  'wallet entry → invoices → wallet': ['Wallet                                Status', `${keys.wallet}  active`],
  'settlement → record': [
    'Record                                Reference   Amount',
    '13ff2000-7edb-4d7c-8833-579e4766b477  REC0XAM2   13442.0',
  ],
};

it('the README has these, and no other', () => {
  expect(printed.map(([name]) => name)).toEqual(Object.keys(answers));
});

it.each(printed)('%s', async (name, line) => {
  if (inEnglish === undefined) return expect.unreachable();
  const place = await workplace(`chain-${printed.findIndex(([other]) => other === name)}`, inEnglish);
  const { stdout, status } = place.shell(line, keys);
  expect([status, stdout.trimEnd().split('\n')]).toEqual([0, answers[name]]);
});
