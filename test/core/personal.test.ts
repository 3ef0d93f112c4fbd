// What a provider says in a refusal goes to logs and mails: people in it are hidden, what helps to find the fault stays.
import { describe, expect, test } from 'vitest';
import { maskProse, personalByName } from '../../src/core/personal.ts';

describe('maskProse', () => {
  test.each([
    ['customer ana.silva@example.com is unknown', 'customer a••••@example.com is unknown'],
    ['<ops+x@sub.example.co>, a@b.example', '<o••••@sub.example.co>, ••••@b.example'],
    ['call +55 11 98765-4321.', 'call ••••21.'],
    ['CPF 123.456.789-09, CNPJ 12.345.678/0001-95', 'CPF ••••09, CNPJ ••••95'],
    ['CPF 12345678909 is not valid', 'CPF ••••09 is not valid'],
    ['账号6222020200112233445无效', '账号••••45无效'],
  ])('hides people: %s', (said, shown) => {
    expect(maskProse(said)).toBe(shown);
  });

  test.each([
    'Wallet with key: abeca0d0-a09d-4b3b-a495-40b553422ced was not found',
    'Wallet with key: 12345678-1234-1234-1234-123456789012 was not found',
    '根据借款包Id:ID_3HV7_Hq1yKw, 获取不到对应的借款包,请核查',
    'limit 1234567890.50 exceeded, 123456789,50 too',
    'not before 2024-01-15 10:30:00, try 203.0.113.7 or 192.168.100.200:8443',
    'staff bwa3wajigF0WH0:123456789012 has no right',
    'code 010787: no KYC information',
    'upgrade to @scope/name@1.2',
  ])('leaves the rest: %s', said => {
    expect(maskProse(said)).toBe(said);
  });
});

test.each([
  ['email', 'email'],
  ['customer_email', 'email'],
  ['eMail', 'email'],
  ['mobileNumber', 'phone'],
  ['account_no', 'account'],
  ['bankAccountNumber', 'account'],
  ['date_of_birth', 'birth'],
  ['document_number', 'document'],
  ['accountId', undefined],
  ['account', undefined],
  ['company', undefined],
  ['span', undefined],
  ['installment_number', undefined],
  ['form_number', undefined],
])('%s is %s', (name, kind) => {
  expect(personalByName(name)).toBe(kind);
});
