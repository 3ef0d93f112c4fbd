// What public clients and the provider's index say of cards, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /open-api/v3/card-list',
  params: ['query accountId', 'query cardId'],
  keys: 'id accountId status currency bin userName createTime cardLastFour label balanceId budgetId referenceId cardMode transactionLimits transactionLimits.type transactionLimits.value transactionLimits.currency',
  printed: ['"cardLastFour": "4242"'],
} satisfies EndpointFacts;
