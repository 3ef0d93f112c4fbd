// Bill of an account's negative balances: a count and the address of a file.
// Doc: https://developer.interlace.money/docs/card-negative-resource (Account Negative Bill). Object only: no path is published.
import { defineEndpoint } from '../../core/endpoint.ts';
import { id, instant, number, url } from '../../core/fields.ts';
import { answer, assumedPaging, doc, noPath } from './account.ts';
import example from './account-negative-bill.example.json';

export default defineEndpoint({
  name: 'account-negative-bill',
  summary: 'Bills of negative balances, by account',
  doc: { ...doc, notes: ['Columns and lifetime of the file behind negativeUrl are not documented; loanq does not fetch it.'] },
  path: { profile: 'account-negative-bill', hint: noPath },
  answer,
  unwrap: 'resource',
  paging: assumedPaging,
  fields: {
    accountId: id('Account', { of: 'accounts' }),
    displayId: id('Display id', { about: 'short account id' }),
    createTime: instant('Created', 'ms'),
    total: number('Bills', { about: 'number of bills, no amount' }),
    negativeUrl: url('Bill file'),
  },
  columns: ['accountId', 'displayId', 'createTime', 'total', 'negativeUrl'],
  unified: {
    kind: 'bill',
    id: { join: ['accountId', 'createTime'] },
    date: 'createTime',
    party: 'displayId',
  },
  example,
});
