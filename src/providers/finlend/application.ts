// One loan application. Doc: https://docs.fincode.technology/api/lending/loan-application-details, read 2026-11-21.
// The page prints placeholders only ("<string>", 123): the values of the sample are made up, its field names are the documented ones.
import { defineEndpoint } from '../../core/endpoint.ts';
import { currency, dateText, group, id, money, number, someOf, text } from '../../core/fields.ts';
import example from './application.example.json';
import {
  idempotent,
  loanApplicationIds,
  loanApplicationKeys,
  loanApplicationStates,
  loanApplicationTones,
  noLoanApplication,
} from './calls.ts';

export default defineEndpoint({
  name: 'application',
  summary: 'A loan application with the details of the applicant',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/loan-application-details',
    read: '2026-11-21',
    notes: [
      'loanDetails has two ids: loanApplicationId is the one asked for, id is another.',
      'Neither the unit of amounts (major or minor) nor the format of dates is stated; both are shown as sent.',
    ],
  },
  path: '/api/v1/services/user/loan-application-details/{loan-application-id}',
  keys: { 'loan-application-id': { ...loanApplicationIds, field: 'loanDetails.loanApplicationId' } },
  headers: idempotent,
  answer: { item: 'data' },
  failures: [noLoanApplication],
  fields: {
    loanDetails: group('Application', {
      id: id('Id'),
      dateOfRequest: dateText('Requested'),
      loanRequestUserId: id('Requested by'),
      loanProduct: text('Loan product id'),
      organisation: text('Organisation'),
      loanApplicationStatusEnum: someOf('Status', loanApplicationStates, { tones: loanApplicationTones }),
      requestedLoanAmount: money('Amount requested'),
      loanDuration: number('Duration'),
      loanRepaymentMethodEnum: someOf('Method', { DIRECT_DEBIT: 'direct debit' }),
      customerCreditAccountId: id('Credit account'),
      employmentStatus: someOf('Employment', { EMPLOYED: 'employed', SELF_EMPLOYED: 'self-employed' }),
      monthlyIncome: money('Monthly income', { personal: 'income' }),
      currencyCode: currency('Currency'),
      durationCounter: text('Unit of duration'),
      customerName: text('Customer'),
      email: text('E-mail', { personal: 'email' }),
      loanApplicationId: id('Loan application', { of: 'loan' }),
      phoneNumber: text('Phone', { personal: 'phone' }),
      dateOfBirth: text('Date of birth', { personal: 'birth' }),
    }),
    loanProductName: text('Loan product'),
  },
  columns: [
    'loanDetails.loanApplicationId',
    'loanDetails.customerName',
    'loanDetails.requestedLoanAmount',
    'loanDetails.currencyCode',
    'loanDetails.dateOfRequest',
    'loanDetails.loanApplicationStatusEnum',
    'loanProductName',
  ],
  example,
  exampleKeys: loanApplicationKeys,
});
