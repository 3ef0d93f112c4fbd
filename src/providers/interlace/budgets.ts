// Budgets of an account. Doc: https://developer.interlace.money/reference (Budget). No readable page prints the answer: the sample is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { paging } from './account.ts';
import example from './budgets.example.json';

export default defineEndpoint({
  name: 'budgets',
  summary: 'Budgets',
  doc: {
    url: 'https://developer.interlace.money/reference',
    unverified: 'path and parameters are those of public clients; no readable page prints an answer',
  },
  path: '/open-api/v3/budgets',
  params: {
    accountId: { in: 'query', about: 'only budgets of this account', grammar: uuid },
    status: { in: 'query', about: 'only budgets with this status' },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {},
  open: true,
  columns: [],
  example,
});
