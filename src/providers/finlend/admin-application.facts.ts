// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<loan-application-ids...>',
  request: 'GET /api/v6/services/admin/loan-application/123e4567-e89b-12d3-a456-426614174000',
  keys: `
    customer customer.customerName customer.email customer.phoneNumber loanApplicationStatus requestedLoanAmount currencyCode`,
  printed: ['"requestedLoanAmount": 100000.0'],
} satisfies EndpointFacts;
