// Negative card and budget balances of an account.
// Doc: https://developer.interlace.money/docs/card-negative-resource (Account Negative). Object only: no path is published.
import { defineEndpoint } from '../../core/endpoint.ts';
import { currency, id, instant, money, someOf, text } from '../../core/fields.ts';
import { accountTypes, answer, assumedPaging, doc, noPath } from './account.ts';
import example from './account-negative.example.json';

export default defineEndpoint({
  name: 'account-negative',
  summary: 'Negative card and budget balances, by account',
  doc: { ...doc, notes: ['The samples print negative balances without a minus sign; whether one can appear is not stated.'] },
  path: { profile: 'account-negative', hint: noPath },
  answer,
  unwrap: 'resource',
  paging: assumedPaging,
  fields: {
    accountId: id('Account', { of: 'accounts' }),
    accountName: text('Account name'),
    accountEn: text('Account name (English)'),
    displayId: id('Display id', { about: 'short account id' }),
    type: someOf('Account type', accountTypes),
    cardNegative: money('Card negative', { about: 'negative balance of the cards' }),
    budgetNegative: money('Budget negative', { about: 'negative balance of the budgets' }),
    currency: currency('Currency'),
    statTime: instant('As of', 'ms', { about: 'time of the statistic' }),
  },
  columns: ['displayId', 'accountName', 'type', 'cardNegative', 'budgetNegative', 'currency', 'statTime'],
  unified: {
    kind: 'balance',
    id: { join: ['accountId', 'statTime'] },
    amount: { sum: ['cardNegative', 'budgetNegative'] },
    currency: 'currency',
    outstanding: { sum: ['cardNegative', 'budgetNegative'] },
    date: 'statTime',
    party: 'displayId',
    title: 'accountName',
  },
  example,
});
