// What public clients say of card transactions, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<account-ids...>',
  request: 'GET /open-api/v3/cards/transaction-list?accountId=2e3cbb16-a420-4080-9094-e19f45371fee',
  params: [
    'query id',
    'query clientTransactionId',
    'query cardId',
    'query type',
    'query status CLOSED PENDING FAIL',
    'query startTime',
    'query endTime',
  ],
  keys: `
    id accountId cardId cardholderId cardTransactionId currency amount fee feeDetails feeDetails.amount feeDetails.currency
    feeDetails.feeType clientTransactionId relatedCardTransactionId transactionDisplayId type status merchantName mcc mccCategory
    merchantCity merchantCountry merchantState merchantZipcode merchantMid transactionTime transactionCurrency transactionAmount
    createTime remark detail`,
  printed: ['"amount": "120.50"', '"transactionTime": "1711785600000"', '"type": 1,'],
} satisfies EndpointFacts;
