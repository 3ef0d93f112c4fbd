// `loanq explain`: a code, several, those of a system or endpoint, and an overview where nothing is named.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { runPty } from '../runner/pty.ts';

const home = await sharedHome();
const loanq = (...args: string[]) => runInProcess(args, { home });

test('of an endpoint', async () => {
  expect(await loanq('explain', 'crego', 'record')).toEqual({
    code: 0,
    stdout: `Code            Meaning                  Of
repayment       repayment                crego record type
due_date_first  earliest due date first  crego record settlement_order
processed       processed                crego record status
current         current account          crego record collection_bank.account_type
`,
    stderr: '',
  });
});

test('of a system: its endpoints and its errors, nobody else', async () => {
  const { stdout } = await loanq('explain', 'qitech', '--csv', '--fields', 'provider,topic');
  const rows = new Set(stdout.trimEnd().split('\r\n').slice(1));
  expect([...rows].filter(row => !row.startsWith('qitech,'))).toEqual([]);
  expect(rows).toContain('qitech,wallet_entry_type');
  expect(rows).toContain('qitech,error');
});

test('several codes at once, in the language asked for', async () => {
  const { stdout, code } = await loanq('explain', 'repaid', 'OVERDUE', '24', '--lang', 'pt', '--csv', '--fields', 'code,where,meaning');
  expect(code).toBe(0);
  expect(stdout).toContain('REPAID,ekuaibao loan state,aguardando pagamento (em aberto)\r\n');
  expect(stdout).toContain('24,exit code partial,');
  expect(stdout).toContain('OVERDUE,finlend pending-repayments status,em atraso\r\n');
});

test('a code that no document explains beside one that is: 24; alone: 21 and nothing on stdout', async () => {
  const some = await loanq('explain', '21', 'nope', '--csv', '--fields', 'code');
  expect(some).toEqual({ code: 24, stdout: 'code\r\n21\r\n', stderr: 'error: no document explains the code nope\n' });
  expect(await loanq('explain', 'nope')).toEqual({
    code: 21,
    stdout: '',
    stderr: 'error: no document explains the code nope\nhint: loanq explain lists what there are codes of\n',
  });
});

test('an overview: topics by system, with their codes', async () => {
  const { stdout, stderr, code } = await loanq('explain', '--csv');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.startsWith('provider,endpoint,topic,codes\r\nekuaibao,repayment-records,repaymentType,"OBTAIN, WRITEOFF, ')).toBe(true);
  expect(stdout).toContain('\r\ncrego,record,status,processed\r\n');
  expect(stdout).toContain('\r\nloanq,,exit code,"0, 1, 2, 4, 20, ');
});

test('of one code on a terminal the whole meaning is read', async () => {
  const { screen, code } = await runPty(['explain', '24', '--no-color'], { home });
  expect([code, screen]).toEqual([
    0,
    `Code     24
Meaning  a batch ended; some keys delivered, some failed or missing
Of       exit code partial
`,
  ]);
});

test('the name of a field, or its heading: its codes, of every endpoint that has it', async () => {
  const { stdout, stderr, code } = await loanq('explain', 'settlement_order', '--csv');
  expect({ stdout, stderr, code }).toEqual({
    code: 0,
    stdout:
      'code,where,meaning,provider,endpoint,topic\r\ndue_date_first,crego record settlement_order,earliest due date first,crego,record,settlement_order\r\n',
    stderr: '',
  });
  for (const words of [
    ['Settlement order'],
    ['settlement-order'],
    ['settlement', 'order'],
    ['--lang', 'zh', '结算顺序'],
    ['--lang', 'pt', 'ordem de liquidacao'],
  ]) {
    expect((await loanq('explain', ...words, '--csv', '--fields', 'where')).stdout).toBe('where\r\ncrego record settlement_order\r\n');
  }
});

test('status is a field of several systems: each code it may have, and the fields without codes behind them', async () => {
  const { stdout, code } = await loanq('explain', 'status', '--csv', '--fields', 'code,where');
  expect(code).toBe(0);
  const rows = stdout.split('\r\n');
  expect(rows).toContain('processed,crego record status');
  expect(rows).toContain('OVERDUE,finlend pending-repayments status');
  const { stdout: states } = await loanq('explain', 'state', '--csv', '--fields', 'code,where');
  expect(states).toMatch(/\r\nPAID,ekuaibao loan state\r\n[\s\S]*\r\nrelated\.state,ekuaibao requisition\r\n/);
});

test('a field without codes: its heading, and what the page says of it', async () => {
  expect(await loanq('explain', 'dpd', '--csv')).toEqual({
    code: 0,
    stdout:
      'code,where,meaning,provider,endpoint,topic\r\ndpd,crego settlements,DPD (by its name: days past due),crego,settlements,dpd\r\n',
    stderr: '',
  });
  const { stdout } = await loanq('explain', 'ekuaibao', 'repayment-records', 'ownerId', '--csv', '--fields', 'code,where,meaning');
  expect(stdout).toBe('code,where,meaning\r\nownerId,ekuaibao repayment-records,"Borrower (staff id, corporationId:staffId)"\r\n');
});

test('within a system, and within an endpoint of it', async () => {
  const { stdout } = await loanq('explain', 'finlend', 'PAID', '--csv', '--fields', 'code,where');
  expect(stdout).toContain('PAID,finlend repaid-transactions status\r\n');
  expect(stdout).not.toContain('ekuaibao');
  expect((await loanq('explain', 'crego', 'record', 'status', '--csv', '--fields', 'code,where')).stdout).toBe(
    'code,where\r\nprocessed,crego record status\r\n',
  );
  expect(await loanq('explain', 'crego', 'nope')).toMatchObject({ code: 21, stdout: '' });
});

test('an exit code by its name, and an endpoint without its system', async () => {
  expect((await loanq('explain', 'not-found', '--csv', '--fields', 'code,where')).stdout).toBe('code,where\r\n21,exit code not-found\r\n');
  expect((await loanq('explain', 'pending-repayments', '--csv', '--fields', 'where')).stdout).toContain(
    'finlend pending-repayments status\r\n',
  );
});

test('a code is itself before it is anything else, and a slip of one is named', async () => {
  const { stdout } = await loanq('explain', 'repayment', '--csv', '--fields', 'code');
  expect(new Set(stdout.trimEnd().split('\r\n'))).toEqual(new Set(['code', 'repayment']));
  expect((await loanq('explain', 'OVERDEU')).stderr).toBe('error: no document explains the code OVERDEU\nhint: did you mean OVERDUE?\n');
});
