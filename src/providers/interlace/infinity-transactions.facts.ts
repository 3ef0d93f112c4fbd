// What public clients and the provider's index say of transactions of Infinity Accounts, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /open-api/v3/infinity-account/transactions',
  keys: 'id accountId amount currency createTime',
  printed: ['"amount": "250.00"'],
} satisfies EndpointFacts;
