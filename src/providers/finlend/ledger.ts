// Entries of one ledger account. Doc: https://docs.fincode.technology/api/ledger/ledger-history, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { notFound, withoutStatus } from './calls.ts';
import example from './ledger.example.json';

export default defineEndpoint({
  name: 'ledger',
  summary: 'Entries of a ledger account',
  doc: {
    url: 'https://docs.fincode.technology/api/ledger/ledger-history',
    read: '2026-11-21',
    notes: ['Whether accountId of a repayment is the account of a ledger is not documented.'],
    unverified: 'the page says that the first page is 0 or 1, depending on the implementation; 0, as in its sample call, is asked for.',
  },
  path: '/api/v6/services/ledger/account-ledger-history/{account_id}/{page}/{size}',
  keys: { account_id: { arg: 'account-ids', about: 'ledger accounts whose entries to read', grammar: uuid, many: 'each' } },
  answer: [{ items: 'data' }, { item: 'data' }, { items: '' }],
  success: withoutStatus,
  paging: { kind: 'page', page: 'page', first: 0, size: 'size', defaultSize: 10 },
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
