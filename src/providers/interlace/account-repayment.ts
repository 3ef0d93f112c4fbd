// Repayment of an account's negative card and budget balances.
// Doc: https://developer.interlace.money/docs/card-negative-resource (Account Repayment). Object only: no path is published.
import { defineEndpoint } from '../../core/endpoint.ts';
import { currency, id, instant, money, someOf } from '../../core/fields.ts';
import { accountTypes, answer, assumedPaging, doc, noPath } from './account.ts';
import example from './account-repayment.example.json';

export default defineEndpoint({
  name: 'account-repayment',
  summary: 'Repayments of negative card and budget balances, by account',
  doc: {
    ...doc,
    notes: [
      'The object names no repayment id, status or due date.',
      'The samples print negative balances without a minus sign; whether one can appear is not stated.',
    ],
  },
  path: { profile: 'account-repayment', hint: noPath },
  answer,
  unwrap: 'resource',
  paging: assumedPaging,
  fields: {
    accountId: id('Account', { of: 'accounts' }),
    displayId: id('Display id', { about: 'short account id' }),
    type: someOf('Account type', accountTypes),
    currency: currency('Currency'),
    cardNegative: money('Card negative', { about: 'negative balance of the cards' }),
    budgetNegative: money('Budget negative', { about: 'negative balance of the budgets' }),
    cardSettleAmount: money('Card settled', { adds: true }),
    budgetSettleAmount: money('Budget settled', { adds: true }),
    cardUnpaidAmount: money('Card unpaid'),
    budgetUnpaidAmount: money('Budget unpaid'),
    repayTime: instant('Repayment time', 'ms', { about: 'described as the time of the statistic' }),
  },
  columns: ['displayId', 'currency', 'cardSettleAmount', 'budgetSettleAmount', 'cardUnpaidAmount', 'budgetUnpaidAmount', 'repayTime'],
  unified: {
    kind: 'repayment',
    id: { join: ['accountId', 'repayTime'] },
    amount: { sum: ['cardSettleAmount', 'budgetSettleAmount'] },
    currency: 'currency',
    outstanding: { sum: ['cardUnpaidAmount', 'budgetUnpaidAmount'] },
    date: 'repayTime',
    party: 'displayId',
  },
  example,
});
