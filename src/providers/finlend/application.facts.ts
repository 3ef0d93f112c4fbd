// What the page of FinLend on loan applications says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<loan-application-ids...>',
  request: 'GET /api/v1/services/user/loan-application-details/123e4567-e89b-12d3-a456-426614174000',
  personal: [
    'loanDetails.monthlyIncome: income',
    'loanDetails.email: email',
    'loanDetails.phoneNumber: phone',
    'loanDetails.dateOfBirth: birth',
  ],
  keys: `
    loanDetails loanDetails.id loanDetails.dateOfRequest loanDetails.loanRequestUserId loanDetails.loanProduct
    loanDetails.organisation loanDetails.loanApplicationStatusEnum loanDetails.requestedLoanAmount loanDetails.loanDuration
    loanDetails.loanRepaymentMethodEnum loanDetails.customerCreditAccountId loanDetails.employmentStatus loanDetails.monthlyIncome
    loanDetails.currencyCode loanDetails.durationCounter loanDetails.customerName loanDetails.email loanDetails.loanApplicationId
    loanDetails.phoneNumber loanDetails.dateOfBirth loanProductName`,
  printed: ['"requestedLoanAmount": 100000.0'],
} satisfies EndpointFacts;
