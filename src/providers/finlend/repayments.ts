// Repayments of all customers, as managers see them. Doc: https://docs.fincode.technology/api/lending/list-repayments, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint } from '../../core/endpoint.ts';
import { idempotent, withoutStatus } from './calls.ts';
import example from './repayments.example.json';

export default defineEndpoint({
  name: 'repayments',
  summary: 'Repayments of all customers, for managers',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/list-repayments',
    read: '2026-11-21',
    notes: [
      'Answers state no total that a page prints: reading ends at the first page that is not full.',
      'PENDING_VERIFICATION is the state of a repayment; PENDING of pending-repayments is one of an instalment.',
    ],
  },
  path: '/api/v6/services/admin/repayments/list',
  params: {
    loanApplicationId: { in: 'query', about: 'only repayments of this loan application' },
    status: {
      in: 'query',
      about: 'only repayments in this state',
      choices: ['PENDING_VERIFICATION', 'VERIFIED', 'REJECTED', 'ALL'],
    },
    page: { in: 'query', type: 'number', about: "page to read, from 1 (the provider's default: 1)" },
    size: { in: 'query', type: 'number', about: "rows a page, at most 50 recommended (the provider's default: 10)" },
    startDate: { in: 'query', about: 'only repayments from then on', instant: { form: 'iso' } },
    endDate: { in: 'query', about: 'only repayments up to then', instant: { form: 'iso', end: true } },
  },
  headers: idempotent,
  answer: [{ items: 'data' }, { item: 'data' }, { items: '' }],
  success: withoutStatus,
  paging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 10, maxSize: 50, advised: true },
  fields: {},
  open: true,
  columns: [],
  example,
});
