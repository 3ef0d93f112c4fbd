// Loan offers made to the caller after underwriting. Doc: https://docs.fincode.technology/api/lending/get-loan-offer, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint } from '../../core/endpoint.ts';
import { idempotent } from './calls.ts';
import example from './loan-offer.example.json';

export default defineEndpoint({
  name: 'loan-offer',
  summary: 'Loan offers made to the caller',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/get-loan-offer',
    read: '2026-11-21',
    notes: ['Whose offers these are is told by the token.'],
  },
  path: '/api/v1/services/user/get-loan-offer',
  headers: idempotent,
  answer: [{ items: 'data' }, { item: 'data' }],
  fields: {},
  open: true,
  columns: [],
  example,
});
