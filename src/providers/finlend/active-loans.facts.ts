// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<customer-ids...>',
  request: 'GET /api/v1/services/user/manage-loans/123e4567-e89b-12d3-a456-426614174000',
  keys: 'loanProductName loanAmount totalBalance currencyCode',
  printed: ['"totalBalance": 73003.0'],
} satisfies EndpointFacts;
