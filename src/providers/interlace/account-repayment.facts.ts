// What the Account Repayment object of Interlace, which has no path says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /path-of-the-profile',
  keys: `
    accountId displayId type currency cardNegative budgetNegative cardSettleAmount budgetSettleAmount cardUnpaidAmount
    budgetUnpaidAmount repayTime`,
  printed: ['"type": "0"', '"cardUnpaidAmount": "0.00"', '"repayTime": 1711785600000'],
} satisfies EndpointFacts;
