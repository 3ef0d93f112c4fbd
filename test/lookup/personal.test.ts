// Personal data from a provider's answer to what people see, through the built program: what is hidden where, and what stays.
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const crego = (...args: string[]) => lookUp({ home, server, provider: 'crego' }, args);

describe('in a refusal', () => {
  test.each([
    ['CPF:12345678909', 'CPF:••••09'],
    ['身份证11010519491231002X', '身份证••••2X'],
    ['Aadhaar 1234 5678 9012, card 4111 1111 1111 1112', 'Aadhaar ••••12, card ••••1112'],
    ['IBAN GB29 NWBK 6016 1331 9268 19', 'IBAN ••••6819'],
    ['PAN ABCDE1234F', 'PAN ••••4F'],
    ['phone (11) 98765-4321', 'phone ••••21'],
    ['birth date 1990-01-02', 'birth date ••••'],
    ['/v1/users?email=ana.silva%40example.com', '/v1/users?email=a••••%40example.com'],
  ])('%s', async (said, shown) => {
    answer = { status: 400, body: JSON.stringify({ message: `${said} since 2024-01-15: 150.00`, code: 'E9' }) };
    const words = await crego('record', id);
    expect([words.code, words.stderr]).toEqual([
      22,
      `error: crego record ${id}: refused (HTTP 400 E9: ${shown} since ${dateOf(said)}: 150.00)\n`,
    ]);
    const json = await crego('record', id, '--error-format', 'json');
    expect(JSON.parse(json.stderr).error.message).toBe(`refused (HTTP 400 E9: ${shown} since ${dateOf(said)}: 150.00)`);
  });

  // Where a birth is the matter, any date may be one.
  const dateOf = (said: string): string => (said.startsWith('birth') ? '••••' : '2024-01-15');
});

test('in the addresses that --verbose shows', async () => {
  answer = { body: '{"results":[],"count":0}' };
  const { stderr, requests } = await crego('settlements', '--loan', 'ana.silva@example.com', '-v');
  expect(requests[0]?.target).toMatch(/loan=ana\.silva(?:@|%40)example\.com/);
  expect(stderr).toMatch(/loan=a••••(?:@|%40)example\.com/);
  expect(stderr).not.toContain('silva');
});

describe('in rows', () => {
  const record = {
    id,
    ref_id: 'REC4111111111111111',
    utr: '401234567890',
    amount: 12345678909,
    date: 1654583439,
    remark: 'Ana Silva <ana.silva@example.com>, CPF 12345678909',
    uploaded_by: { email_id: 'ana@example.com', cellphone: '11987654321', name: 'Ana', user_id: '12345678909' },
    transaction: { taxId: '12345678900', bankAccount: '000012345', pix_key: 'b5f1c-77', note: 'to GB29NWBK60161331926819' },
    collection_bank: { account_no: '000000000000', ifsc: 'YESB0000104' },
  };
  const people = ['ana.silva@', 'ana@', 'CPF 123', '11987654321', '12345678900', '000012345', 'b5f1c-77', 'GB29', '000000000000'];
  const stay = [id, '12345678909', 'Ana Silva', 'YESB0000104'];

  test.each([
    [
      'table',
      ['-o', 'table', '--fields', 'id,ref_id,utr,amount,remark,uploaded_by,transaction,collection_bank.account_no,collection_bank.ifsc'],
    ],
    ['record', ['-o', 'record']],
    ['html', ['-o', 'html']],
    ['csv with --mask', ['--csv', '--mask']],
    ['json with --mask', ['--json', '--mask']],
  ])('%s hides people, and neither amounts nor ids', async (_, args) => {
    answer = { body: JSON.stringify(record) };
    const { code, stdout } = await crego('record', id, '--tz', 'UTC', ...args);
    expect(code).toBe(0);
    for (const text of people) expect(stdout).not.toContain(text);
    for (const text of [...stay, '401234567890', 'REC4111111111111111', 'a••••@example.com', 'CPF ••••09', '••••6819'])
      expect(stdout).toContain(text);
  });

  test.each([
    [
      'table with --show-personal',
      ['-o', 'table', '--fields', 'id,amount,remark,uploaded_by,transaction,collection_bank', '--show-personal'],
    ],
    ['html with --show-personal', ['-o', 'html', '--show-personal']],
    ['json', ['--json']],
    ['csv', ['--csv']],
  ])('%s is whole', async (_, args) => {
    answer = { body: JSON.stringify(record) };
    const { code, stdout } = await crego('record', id, ...args);
    expect(code).toBe(0);
    for (const text of ['ana.silva@example.com', 'CPF 12345678909', '11987654321', 'GB29NWBK60161331926819', '000000000000', ...stay]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toContain('••••');
  });
});

test('a secret that looks like a person is masked as a secret: no part of it stays', async () => {
  const token = 'canary77@secret.example.com';
  answer = { body: JSON.stringify({ id, remark: `sent with ${token}` }) };
  const profile = { credentials: { token } };
  for (const args of [
    ['-o', 'record'],
    ['-o', 'table', '--fields', 'id,remark'],
    ['--csv', '--mask'],
  ]) {
    const { code, stdout } = await lookUp({ home, server, provider: 'crego', profile }, ['record', id, ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('sent with [redacted]');
    expect(stdout).not.toContain('secret.example');
  }
});

test.each(['canary;-secret-0001', 'canary"secret"0002', 'canary\\\\secret-0003'])(
  'a secret between the signs of which the formula guard and the quoting put theirs is masked all the same: %s',
  async token => {
    answer = { body: JSON.stringify({ id, remark: `sent with ${token}` }) };
    const profile = { credentials: { token } };
    for (const args of [['--csv'], ['-o', 'tsv']]) {
      const { code, stdout } = await lookUp({ home, server, provider: 'crego', profile }, ['record', id, ...args]);
      expect(code).toBe(0);
      expect(stdout).toContain('sent with [redacted]');
    }
  },
);
