// Repayments a user has made. Doc: https://docs.fincode.technology/api/lending/repaid-transactions, read 2026-11-21.
// The page prints placeholders only ("<string>", 123): the values of the sample are made up, its field names are the documented ones.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { dateText, id, money, someOf } from '../../core/fields.ts';
import { idempotent, notFound } from './calls.ts';
import example from './repaid-transactions.example.json';

export default defineEndpoint({
  name: 'repaid-transactions',
  summary: 'Repayments a user has made, across all loans',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/repaid-transactions',
    read: '2026-11-21',
    notes: [
      'Whether a user id and a customer id are one value is not documented; no paging is.',
      'Neither the currency of amounts nor their unit (major or minor) is stated; they are shown as sent.',
    ],
  },
  path: '/api/v1/services/user/repaid-transactions/{user-id}',
  keys: { 'user-id': { arg: 'user-ids', about: 'users whose repayments to read', grammar: uuid, many: 'each' } },
  headers: idempotent,
  answer: { items: 'data' },
  failures: [
    {
      ...notFound,
      about: 'no such resource: the user is not known in this tenant',
      when: { unknown: 'user-id' },
    },
  ],
  fields: {
    repaymentId: id('Repayment'),
    loanApplicationId: id('Loan application', { of: 'loan' }),
    repaymentAmount: money('Amount'),
    paymentDate: dateText('Paid on'),
    paymentMethod: someOf('Method', {
      DIRECT_DEBIT: 'direct debit',
      WALLET: 'wallet',
      BANK_TRANSFER: 'bank transfer',
      CARD: 'card',
    }),
    status: someOf('Status', { VERIFIED: 'paid and verified', PAID: 'paid' }, { tones: { VERIFIED: 'good', PAID: 'good' } }),
  },
  columns: ['request.user-id', 'repaymentId', 'loanApplicationId', 'repaymentAmount', 'paymentDate', 'paymentMethod', 'status'],
  unified: {
    kind: 'repayment',
    id: 'repaymentId',
    status: 'status',
    amount: 'repaymentAmount',
    date: 'paymentDate',
    party: 'request.user-id',
    loan: 'loanApplicationId',
  },
  example,
  exampleKeys: [{ 'user-id': '123e4567-e89b-12d3-a456-426614174000' }],
});
