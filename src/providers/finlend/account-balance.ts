// The balance of one ledger account. Doc: https://docs.fincode.technology/api/ledger/account-balance, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import example from './account-balance.example.json';
import { notFound, withoutStatus } from './calls.ts';

export default defineEndpoint({
  name: 'account-balance',
  summary: 'Balance and status of a ledger account',
  doc: {
    url: 'https://docs.fincode.technology/api/ledger/account-balance',
    read: '2026-11-21',
    notes: ['Whether accountId of a repayment is the account of a ledger is not documented.'],
  },
  path: '/api/v6/services/ledger/account-balance/{account_id}',
  keys: { account_id: { arg: 'account-ids', about: 'ledger accounts', grammar: uuid, many: 'each' } },
  answer: [{ item: 'data' }, { item: '' }],
  success: withoutStatus,
  failures: [
    {
      ...notFound,
      about: 'no such resource: the account is not known in this tenant',
      when: { unknown: 'account_id' },
    },
  ],
  fields: {},
  open: true,
  columns: [],
  example,
  exampleKeys: [{ account_id: '123e4567-e89b-12d3-a456-426614174000' }],
});
