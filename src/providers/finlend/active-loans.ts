// Active loans of a customer, which may need repayment. Doc: https://docs.fincode.technology/api/lending/manage-loans, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, plainId } from '../../core/endpoint.ts';
import example from './active-loans.example.json';
import { idempotent, notFound } from './calls.ts';

export default defineEndpoint({
  name: 'active-loans',
  summary: 'Active loans of a customer',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/manage-loans',
    read: '2026-11-21',
    notes: ['The page does not say that a customer id is a UUID here.'],
  },
  path: '/api/v1/services/user/manage-loans/{customerId}',
  keys: { customerId: { arg: 'customer-ids', about: 'customers whose active loans to read', grammar: plainId, many: 'each' } },
  headers: idempotent,
  answer: [{ items: 'data' }, { item: 'data' }],
  failures: [
    {
      ...notFound,
      about: 'no such resource: the customer is not known in this tenant',
      when: { unknown: 'customerId' },
    },
  ],
  fields: {},
  open: true,
  columns: [],
  example,
  exampleKeys: [{ customerId: '123e4567-e89b-12d3-a456-426614174000' }],
});
