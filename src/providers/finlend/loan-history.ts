// Loans a customer has or had: active, completed, cancelled. Doc: https://docs.fincode.technology/api/lending/get-loan-history, read 2026-11-21.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { idempotent, notFound } from './calls.ts';
import example from './loan-history.example.json';

export default defineEndpoint({
  name: 'loan-history',
  summary: 'Loans a customer has or had',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/get-loan-history',
    read: '2026-11-21',
    notes: ['Answers state no total: reading ends at the first page that is not full.'],
    unverified: 'the page names this path and calls /api/v1/services/user/loan-history/{id} in its sample.',
  },
  path: '/api/v1/services/user/get-loan-history/{customerId}',
  keys: { customerId: { arg: 'customer-ids', about: 'customers whose loans to read', grammar: uuid, many: 'each' } },
  params: {
    page: { in: 'query', type: 'number', about: "page to read, from 1 (the provider's default: 1)" },
    size: { in: 'query', type: 'number', about: "rows a page, at most 50 recommended (the provider's default: 10)" },
  },
  headers: idempotent,
  answer: [{ items: 'data' }, { item: 'data' }],
  paging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 10, maxSize: 50, advised: true },
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
