// What public clients and the provider's index say of one budget, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<budget-ids...>',
  request: 'GET /open-api/v3/budgets/c1b3b1a0-6d0c-4f5e-9a5b-2f3f6a1d7e55',
  params: ['query accountId'],
  keys: 'id status balance balance.id balance.available balance.currency',
  printed: ['"available": "1200.50"'],
} satisfies EndpointFacts;
