// One budget. Doc: https://developer.interlace.money/reference (Budget). No readable page prints the answer: the sample is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { id } from '../../core/fields.ts';
import example from './budget.example.json';

export default defineEndpoint({
  name: 'budget',
  summary: 'One budget by id',
  doc: {
    url: 'https://developer.interlace.money/reference',
    unverified: 'path and parameters are those of public clients; no readable page prints an answer',
  },
  path: '/open-api/v3/budgets/{id}',
  keys: { id: { arg: 'budget-ids', about: 'budget ids', grammar: uuid, many: 'each', field: 'id' } },
  params: { accountId: { in: 'query', about: 'the account that the budget belongs to', grammar: uuid } },
  answer: { item: 'data' },
  fields: { id: id('Budget', { of: 'budget' }) },
  open: true,
  columns: ['id'],
  example,
  exampleKeys: [{ id: 'c1b3b1a0-6d0c-4f5e-9a5b-2f3f6a1d7e55' }],
});
