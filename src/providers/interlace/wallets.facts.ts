// What the pages on balances say, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /open-api/v3/cards/wallets',
  params: ['query accountId', 'query objectType 0 1 2'],
  keys: 'id accountId createTime currency walletType objectType available',
  printed: ['"available": "56846.52"', '"objectType": 0,', '"createTime": "1700620189590"', '"total": "1"'],
} satisfies EndpointFacts;
