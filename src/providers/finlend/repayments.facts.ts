// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /api/v6/services/admin/repayments/list',
  params: [
    'query loanApplicationId',
    'query status PENDING_VERIFICATION VERIFIED REJECTED ALL',
    'query page',
    'query size',
    'query startDate',
    'query endDate',
  ],
  keys: 'customerName repaymentAmount paymentDate verificationStatus',
  printed: ['"repaymentAmount": 18250.75'],
} satisfies EndpointFacts;
