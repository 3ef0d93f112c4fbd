// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /api/v1/services/user/get-loan-offer',
  keys: 'loanProductName loanAmount interestRate currencyCode',
  printed: ['"interestRate": 31.89'],
} satisfies EndpointFacts;
