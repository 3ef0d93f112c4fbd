// What the page of FinLend on a loan and its payment history says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<loan-application-ids...>',
  request: 'GET /api/v1/services/user/loan-details-with-payment-history/123e4567-e89b-12d3-a456-426614174000',
  personal: ['customerEmail: email', 'repaymentAccountNumber: account'],
  keys: `
    loanApplicationId customerId customerName customerEmail loanProductName loanApplicationStatus accountState loanAmount interestRate
    totalRepaymentAmount totalBalance principalBalance interestBalance feesBalance penaltyBalance totalAmountPaid principalPaid
    interestPaid feesPaid penaltyPaid applicationDate disbursementDate firstInstallmentDate maturityDate nextPaymentDueDate
    totalInstallments installmentsPaid installmentsRemaining loanDuration durationCounter loanRepaymentMethod isThirdPartyPayment
    repaymentBankName repaymentAccountNumber repaymentAccountName loanFullyRepaid currencyCode paymentHistory
    paymentHistory.installmentNumber paymentHistory.dueDate paymentHistory.installmentAmount paymentHistory.principalAmount
    paymentHistory.interestAmount paymentHistory.feesAmount paymentHistory.penaltyAmount paymentHistory.amountPaid
    paymentHistory.outstandingAmount paymentHistory.paymentStatus paymentHistory.paymentDate paymentHistory.daysOverdue`,
  printed: ['"totalBalance": 73003.0', '"feesAmount": 0.0', '"paymentDate": null'],
} satisfies EndpointFacts;
