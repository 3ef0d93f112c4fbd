// --on-drift quarantine: a record that differs from the document goes to --errors, whole; all others are delivered.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import crego from '../../src/providers/crego/index.ts';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, type ProviderWord } from '../runner/profiles.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { key } from './storm.ts';

async function stage(provider: ProviderWord, answer: (target: string) => Answer) {
  const server = await startServer(({ target }) => answer(target));
  const home = await ownHome();
  await home.configure(configFor(provider, server.origin));
  const [errors, summary] = [join(home.cwd, 'errors'), join(home.cwd, 'summary')];
  const run = (...args: string[]) =>
    runInProcess([provider, ...args, '--on-drift', 'quarantine', '--errors', errors, '--summary', summary, '--csv'], { home });
  const lines = async () => (await readFile(errors, 'utf8')).split('\n').filter(line => line !== '');
  return { home, run, lines, errors, summary: async () => JSON.parse(await readFile(summary, 'utf8')) };
}

const sample = crego.endpoints.find(({ name }) => name === 'record')?.example ?? '';
const documented = (id: string): string => sample.replace(/"id":\s*"[^"]*"/, `"id":"${id}"`).replace(/\s*\n\s*/g, '');
const keys = [1, 2, 3, 4].map(key) as [string, string, string, string];

test('a record with a field that is new fails with its key, and is kept as it came', async () => {
  const odd = documented(keys[1]).replace(/\}$/, ',"fee":1.50}');
  const { run, lines, summary, home, errors } = await stage('crego', target => {
    const id = keys.find(one => target.includes(one)) ?? '';
    return { body: id === keys[1] ? odd : documented(id) };
  });
  const { code, stdout, stderr } = await run('record', ...keys, '--fields', 'id,amount');
  expect([code, stdout]).toEqual([24, `id,amount\r\n${[keys[0], keys[2], keys[3]].map(one => `${one},13442.0\r\n`).join('')}`]);
  expect(stderr).toContain('\n1 row kept back, in ');
  expect(await lines()).toEqual([
    `{"key":"${keys[1]}","code":"bad-response","exit":27,"message":"answers differ from the documented shape: unknown fee","attempts":1,"record":${odd}}`,
  ]);
  expect(await summary()).toMatchObject({ code: 'partial', delivered: 3, failed: 1, quarantined: 1, drift: { fee: 1 } });
  const again = await runInProcess(['crego', 'record', '--ids-from', errors, '--csv', '--fields', 'id', '-q'], { home });
  expect(again).toMatchObject({ code: 0, stdout: `id\r\n${keys[1]}\r\n` });
});

test('a masked export keeps a masked record back', async () => {
  const { run, lines } = await stage('crego', target => {
    const id = keys.find(one => target.includes(one)) ?? '';
    return {
      body: documented(id)
        .replace(/"account_no":\s*"[^"]*"/, '"account_no":"001234567890"')
        .replace(/\}$/, ',"fee":1}'),
    };
  });
  await run('record', keys[0], keys[1], '--mask');
  expect(await lines()).toEqual([expect.not.stringContaining('1234567890'), expect.not.stringContaining('1234567890')]);
});

test('of the records of one call only that with an amount which is none is kept back', async () => {
  const { run, lines, summary } = await stage('ekuaibao', target => {
    const ids = /\[(.*?)\]/.exec(decodeURIComponent(target))?.[1]?.split(',') ?? [];
    return { body: JSON.stringify({ items: ids.map(id => ({ id, amount: id === 'ID_2' ? 'much' : 10 })) }) };
  });
  const everything = await run('repayment-records', 'ID_1', 'ID_2', '--fields', 'id,amount');
  expect(everything).toMatchObject({ code: 27, stdout: 'id,amount\r\n' });
  expect((await lines()).map(line => JSON.parse(line).message)).toEqual([
    expect.stringMatching(/^answers differ from the documented shape: missing repaymentType/),
    'amount is not an amount',
  ]);
  expect(await summary()).toMatchObject({ code: 'bad-response', failed: 2, quarantined: 2 });
});

test('of a list the rows that are as documented are delivered, and the run is not whole', async () => {
  const row = (id: string, more: object = {}) => ({
    ...{ id, loanRepaymentMethodEnum: 'DIRECT_DEBIT', accountProductName: 'a', customerName: 'c', email: 'e', repaymentAmount: 1 },
    ...{ loanProductName: 'l', principalBalance: 1, totalBalance: 2, loanAmountPaid: true, creationDate: 'd', paymentDueDate: 'd' },
    ...{ installmentCount: 1, accountId: 'i', loanApplicationId: 'j', totalPayable: 3 },
    ...more,
  });
  const { run, lines, summary } = await stage('finlend', () => ({
    body: JSON.stringify({ status: 'SUCCESS', data: [row('A'), row('B', { loanAmountPaid: 'yes' }), row('C')] }),
  }));
  const { code, stdout } = await run('customer-repayments', keys[0], keys[1], '--fields', 'id');
  expect([code, stdout]).toEqual([24, 'id\r\nA\r\nC\r\nA\r\nC\r\n']);
  expect((await lines()).map(line => JSON.parse(line)).map(({ key: of, record }) => [of, record.id])).toEqual([
    [keys[0], 'B'],
    [keys[1], 'B'],
  ]);
  expect(await summary()).toMatchObject({
    code: 'partial',
    delivered: 2,
    failed: 0,
    rows: 4,
    quarantined: 2,
    drift: { loanAmountPaid: 2 },
  });
});

test('a record that is too large for a line of keys is left out of it', async () => {
  const note = (length: number) => `,"fee":"${'x'.repeat(length)}"}`;
  const { run, lines, errors, home } = await stage('crego', target => {
    const at = keys.findIndex(one => target.includes(one));
    return { body: documented(keys[at] ?? '').replace(/\}$/, note(at === 0 ? 15_000 : 70_000)) };
  });
  await run('record', keys[0], keys[1], '--fields', 'id');
  const [small = '', large = ''] = await lines();
  expect(JSON.parse(small).record.fee).toHaveLength(15_000);
  expect(JSON.parse(large)).toEqual({
    ...{ key: keys[1], code: 'bad-response', exit: 27, attempts: 1 },
    message: 'answers differ from the documented shape: unknown fee',
  });
  const again = await runInProcess(['crego', 'record', '--ids-from', errors, '--csv', '--fields', 'id', '-q'], { home });
  expect(again).toMatchObject({ code: 0, stdout: `id\r\n${keys[0]}\r\n${keys[1]}\r\n` });
});
