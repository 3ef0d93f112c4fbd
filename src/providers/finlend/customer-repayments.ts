// All repayments of one customer. Doc: https://docs.fincode.technology/api/lending/list-customer-repayments, read 2026-11-21.
// The page prints placeholders only ("<string>", 123): the values of the sample are made up, its field names are the documented ones.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { dateText, flag, id, money, number, someOf, text } from '../../core/fields.ts';
import { notFound } from './calls.ts';
import example from './customer-repayments.example.json';

export default defineEndpoint({
  name: 'customer-repayments',
  summary: 'Repayments of a customer, across all loans',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/list-customer-repayments',
    read: '2026-11-21',
    notes: [
      'A record names neither its customer id nor a currency. Whether amounts are in major units is not stated; they are shown as sent.',
      'loanAmountPaid is true or false in spite of its name. The format of dates and the meaning of installmentCount are not stated.',
    ],
  },
  path: '/api/v1/services/user/list-customer-repayments/{customer-id}',
  keys: { 'customer-id': { arg: 'customer-ids', about: 'customers whose repayments to read', grammar: uuid, many: 'each' } },
  answer: { items: 'data' },
  failures: [
    {
      ...notFound,
      about: 'no such resource: the customer is not known in this tenant',
      when: { unknown: 'customer-id' },
    },
  ],
  fields: {
    id: id('Repayment'),
    loanRepaymentMethodEnum: someOf('Method', { DIRECT_DEBIT: 'direct debit' }),
    accountProductName: text('Account product'),
    customerName: text('Customer'),
    email: text('E-mail', { personal: 'email' }),
    repaymentAmount: money('Amount'),
    loanProductName: text('Loan product'),
    principalBalance: money('Principal balance'),
    totalBalance: money('Total balance'),
    loanAmountPaid: flag('Paid', { about: 'whether the amount is paid' }),
    creationDate: dateText('Created'),
    paymentDueDate: dateText('Due'),
    installmentCount: number('Instalments', { about: 'count or index: not stated' }),
    accountId: id('Loan account'),
    loanApplicationId: id('Loan application', { of: 'loan' }),
    totalPayable: money('Total payable'),
  },
  columns: ['id', 'customerName', 'repaymentAmount', 'paymentDueDate', 'loanAmountPaid', 'totalBalance', 'loanProductName'],
  unified: {
    kind: 'repayment',
    id: 'id',
    status: 'loanAmountPaid',
    amount: 'repaymentAmount',
    outstanding: 'totalBalance',
    date: 'creationDate',
    due: 'paymentDueDate',
    party: 'customerName',
    loan: 'loanApplicationId',
    title: 'loanProductName',
  },
  example,
  exampleKeys: [{ 'customer-id': '123e4567-e89b-12d3-a456-426614174000' }],
});
