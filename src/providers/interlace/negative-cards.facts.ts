// What public clients and the provider's index say of cards with a negative balance, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /path-of-the-profile',
  params: [
    'query accountId',
    'query cardId',
    'query budgetId',
    'query cardholderId',
    'query label',
    'query status INACTIVE CONTROL ACTIVE PENDING FROZEN',
    'query referenceId',
    'query batchNo',
  ],
  keys: 'id accountId status currency bin userName createTime cardLastFour label balanceId budgetId referenceId cardMode transactionLimits transactionLimits.type transactionLimits.value transactionLimits.currency',
  printed: ['"cardLastFour": "4242"'],
} satisfies EndpointFacts;
