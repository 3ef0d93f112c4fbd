// How a loan is to be repaid. Doc: https://docs.fincode.technology/api/lending/repayment-instructions, read 2026-11-21.
// The page prints placeholders only ("<string>", {}): the values of the sample are made up, and what the empty objects hold is.
import { defineEndpoint } from '../../core/endpoint.ts';
import { any, group, id, text, values } from '../../core/fields.ts';
import { loanApplicationIds, loanApplicationKeys, noLoanApplication } from './calls.ts';
import example from './repayment-instructions.example.json';

export default defineEndpoint({
  name: 'repayment-instructions',
  summary: 'How a loan is to be repaid: account, reference, steps',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/repayment-instructions',
    read: '2026-11-21',
    notes: ['What paymentMethods, instructions and contactInformation hold is not documented; it is passed on as sent.'],
  },
  path: '/api/v1/services/user/repayment-instructions/{loan-application-id}',
  keys: { 'loan-application-id': loanApplicationIds },
  answer: { item: 'data' },
  failures: [noLoanApplication],
  fields: {
    loanApplicationId: id('Loan application', { of: 'loan' }),
    paymentMethods: values('Payment methods'),
    bankAccountDetails: group('Bank account', {
      accountNumber: text('Account number', { personal: 'account' }),
      accountName: text('Account name'),
      bankCode: text('Bank code'),
      bankName: text('Bank'),
    }),
    paymentReference: text('Payment reference'),
    instructions: values('Instructions'),
    contactInformation: any('Contact'),
  },
  columns: [
    'loanApplicationId',
    'paymentReference',
    'bankAccountDetails.bankName',
    'bankAccountDetails.accountNumber',
    'bankAccountDetails.accountName',
  ],
  example,
  exampleKeys: loanApplicationKeys,
});
