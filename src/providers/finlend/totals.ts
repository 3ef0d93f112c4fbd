// Totals over the loans of a customer. Doc: https://docs.fincode.technology/api/lending/get-total-loan, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { idempotent, notFound } from './calls.ts';
import example from './totals.example.json';

export default defineEndpoint({
  name: 'totals',
  summary: 'Totals of a customer: borrowed, outstanding and others',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/get-total-loan',
    read: '2026-11-21',
    notes: ['The parameter is called customerId in the path of the page and user-id in its table.'],
  },
  path: '/api/v1/services/user/get-total/{customerId}',
  keys: { customerId: { arg: 'customer-ids', about: 'customers whose totals to read', grammar: uuid, many: 'each' } },
  headers: idempotent,
  answer: { item: 'data' },
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
