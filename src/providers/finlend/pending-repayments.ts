// Instalments a user still has to pay. Doc: https://docs.fincode.technology/api/lending/pending-repayments, read 2026-11-21.
// The page prints placeholders only ("<string>", 123): the values of the sample are made up, its field names are the documented ones.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { dateText, id, money, number, someOf } from '../../core/fields.ts';
import { idempotent, notFound } from './calls.ts';
import example from './pending-repayments.example.json';

export default defineEndpoint({
  name: 'pending-repayments',
  summary: 'Instalments a user still has to pay',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/pending-repayments',
    read: '2026-11-21',
    notes: [
      'Whether a user id and a customer id are one value is not documented.',
      'Answers state no total: reading ends at the first page that is not full.',
      'Neither the currency of amounts nor their unit (major or minor) is stated; they are shown as sent.',
    ],
  },
  path: '/api/v1/services/user/pending-repayments/{user-id}',
  keys: { 'user-id': { arg: 'user-ids', about: 'users whose pending repayments to read', grammar: uuid, many: 'each' } },
  params: {
    page: { in: 'query', type: 'number', about: "page to read, from 1 (the provider's default: 1)" },
    size: { in: 'query', type: 'number', about: "rows a page, at most 50 recommended (the provider's default: 10)" },
  },
  headers: idempotent,
  answer: { items: 'data' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 10, maxSize: 50, advised: true },
  failures: [
    {
      ...notFound,
      about: 'no such resource: the user is not known in this tenant',
      when: { unknown: 'user-id' },
    },
  ],
  fields: {
    loanApplicationId: id('Loan application', { of: 'loan' }),
    installmentNumber: number('Instalment'),
    dueDate: dateText('Due'),
    amountDue: money('Amount due'),
    principalAmount: money('Principal'),
    interestAmount: money('Interest'),
    status: someOf('Status', { PENDING: 'pending', OVERDUE: 'overdue' }, { tones: { PENDING: 'waiting', OVERDUE: 'bad' } }),
    daysOverdue: number('Days overdue', { optional: true }),
  },
  columns: ['request.user-id', 'loanApplicationId', 'installmentNumber', 'dueDate', 'amountDue', 'status', 'daysOverdue'],
  unified: {
    kind: 'instalment',
    id: { join: ['loanApplicationId', 'installmentNumber'] },
    status: 'status',
    amount: 'amountDue',
    outstanding: 'amountDue',
    due: 'dueDate',
    party: 'request.user-id',
    loan: 'loanApplicationId',
  },
  example,
  exampleKeys: [{ 'user-id': '123e4567-e89b-12d3-a456-426614174000' }],
});
