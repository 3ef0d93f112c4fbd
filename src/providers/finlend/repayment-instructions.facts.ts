// What the repayment instructions page of FinLend says, typed from there: tests hold the literal against it.
// Three members are printed as empty objects: what the sample puts into them is made up.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<loan-application-ids...>',
  request: 'GET /api/v1/services/user/repayment-instructions/123e4567-e89b-12d3-a456-426614174000',
  personal: ['bankAccountDetails.accountNumber: account'],
  keys: `
    loanApplicationId paymentMethods paymentMethods.method bankAccountDetails bankAccountDetails.accountNumber
    bankAccountDetails.accountName bankAccountDetails.bankCode bankAccountDetails.bankName paymentReference instructions
    instructions.step instructions.text contactInformation contactInformation.hours`,
  printed: ['"accountNumber": "0123456789"'],
} satisfies EndpointFacts;
