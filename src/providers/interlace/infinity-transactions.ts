// Transactions of Infinity Accounts. Doc: https://developer.interlace.money/reference/listquantumaccounttransactions. The stored page prints the
// path alone: the sample is made up.
import { defineEndpoint } from '../../core/endpoint.ts';
import { paging } from './account.ts';
import example from './infinity-transactions.example.json';

export default defineEndpoint({
  name: 'infinity-transactions',
  summary: 'Transactions of Infinity Accounts',
  doc: {
    url: 'https://developer.interlace.money/reference/listquantumaccounttransactions',
    unverified: 'the page was readable without its parameters and answer',
  },
  path: '/open-api/v3/infinity-account/transactions',
  answer: { items: 'data.list' },
  paging,
  fields: {},
  open: true,
  columns: [],
  example,
});
