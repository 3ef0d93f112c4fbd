// What the customer repayments page of FinLend says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<customer-ids...>',
  request: 'GET /api/v1/services/user/list-customer-repayments/123e4567-e89b-12d3-a456-426614174000',
  personal: ['email: email'],
  keys: `
    id loanRepaymentMethodEnum accountProductName customerName email repaymentAmount loanProductName principalBalance totalBalance
    loanAmountPaid creationDate paymentDueDate installmentCount accountId loanApplicationId totalPayable`,
  printed: ['"repaymentAmount": 18250.75', '"loanAmountPaid": true'],
} satisfies EndpointFacts;
