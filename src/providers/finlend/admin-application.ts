// One loan application as the back office sees it. Doc: https://docs.fincode.technology/api/lending/get-application, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import example from './admin-application.example.json';
import { idempotent, loanApplicationKeys, noLoanApplication, withoutStatus } from './calls.ts';

export default defineEndpoint({
  name: 'admin-application',
  summary: 'A loan application as the back office sees it',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/get-application',
    read: '2026-11-21',
    notes: [
      'Customer, loan terms, status and answers to eligibility questions are said to be in it; personal values are told by name and look.',
    ],
  },
  path: '/api/v6/services/admin/loan-application/{loan-application-id}',
  keys: {
    'loan-application-id': { arg: 'loan-application-ids', about: 'loan applications', grammar: uuid, many: 'each', of: 'loan' },
  },
  headers: idempotent,
  answer: [{ item: 'data' }, { item: '' }],
  success: withoutStatus,
  failures: [noLoanApplication],
  fields: {},
  open: true,
  columns: [],
  example,
  exampleKeys: loanApplicationKeys,
});
