// Transfers a customer has started, such as withdrawals to a bank account. Doc: https://docs.fincode.technology/api/lending/transfer-history, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, plainId } from '../../core/endpoint.ts';
import { idempotent, notFound } from './calls.ts';
import example from './transfers.example.json';

export default defineEndpoint({
  name: 'transfers',
  summary: 'Transfers a customer has started',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/transfer-history',
    read: '2026-11-21',
    notes: ['Whether the list is paged is not documented.'],
  },
  path: '/api/v1/services/user/transfer-history/{customerId}',
  keys: { customerId: { arg: 'customer-ids', about: 'customers whose transfers to read', grammar: plainId, many: 'each' } },
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
