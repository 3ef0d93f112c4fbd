// What public clients and the provider's index say of budgets, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /open-api/v3/budgets',
  params: ['query accountId', 'query status'],
  keys: 'id status balance balance.id balance.available balance.currency',
  printed: ['"available": "1200.50"'],
} satisfies EndpointFacts;
