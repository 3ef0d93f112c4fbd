// One bank account of a customer. Doc: https://docs.fincode.technology/api/lending/view-bank-account, read 2026-11-21.
// The page prints placeholders only ("<string>", true): the values of the sample are made up, its field names are the documented ones.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { dateText, flag, id, someOf, text } from '../../core/fields.ts';
import example from './bank-account.example.json';
import { notFound } from './calls.ts';

export default defineEndpoint({
  name: 'bank-account',
  summary: 'A bank account a customer has registered',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/view-bank-account',
    read: '2026-11-21',
    notes: ['The provider may send the account number masked. Whether accountId of a repayment works here is not documented.'],
  },
  path: '/api/v1/services/user/view-bank-account/{account-id}',
  keys: { 'account-id': { arg: 'account-ids', about: 'bank accounts', grammar: uuid, many: 'each', field: 'accountId' } },
  answer: { item: 'data' },
  failures: [
    {
      ...notFound,
      about: 'no such resource: the bank account is not known in this tenant',
      when: { unknown: 'account-id' },
    },
  ],
  fields: {
    accountId: id('Bank account'),
    customerId: id('Customer'),
    accountNumber: text('Account number', { personal: 'account' }),
    accountName: text('Account name'),
    bankCode: text('Bank code'),
    bankName: text('Bank'),
    accountType: someOf('Type', { SAVINGS: 'savings account', CURRENT: 'current account', CHECKING: 'checking account' }),
    isDefault: flag('Default'),
    isVerified: flag('Verified'),
    createdDate: dateText('Created'),
  },
  columns: ['accountId', 'accountName', 'accountNumber', 'bankName', 'accountType', 'isDefault', 'isVerified'],
  example,
  exampleKeys: [{ 'account-id': '123e4567-e89b-12d3-a456-426614174000' }],
});
