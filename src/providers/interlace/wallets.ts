// Balances of an account: its Infinity Account, budgets and prepaid cards.
// Doc: https://developer.interlace.money/reference/getbalances; request and answer are those of
// https://developer.interlace.money/docs/deposit-crypto-to-infinity-account, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { currency, id, instant, money, number, someOf } from '../../core/fields.ts';
import { paging } from './account.ts';
import example from './wallets.example.json';

export default defineEndpoint({
  name: 'wallets',
  summary: 'Balances: Infinity Accounts, budgets and prepaid cards',
  doc: {
    url: 'https://developer.interlace.money/reference/getbalances',
    read: '2026-11-21',
    notes: [
      'Whether available can fall below zero is not stated.',
      'The page names object type 0 alone; 1 and 2 are those of a public client.',
      'Whether a call without --account-id answers all accounts is not stated.',
    ],
  },
  path: '/open-api/v3/cards/wallets',
  params: {
    accountId: { in: 'query', about: 'only balances of this account', grammar: uuid, filters: 'accountId' },
    objectType: {
      in: 'query',
      about: '0: Infinity Account, 1: budget, 2: prepaid card',
      choices: ['0', '1', '2'],
      filters: 'objectType',
    },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {
    id: id('Balance'),
    accountId: id('Account', { of: 'accounts' }),
    objectType: someOf('Of', { '0': 'Infinity Account', '1': 'budget', '2': 'prepaid card' }),
    available: money('Available'),
    currency: currency('Currency'),
    walletType: number('Wallet type'),
    createTime: instant('Created', 'ms'),
  },
  columns: ['id', 'accountId', 'objectType', 'available', 'currency', 'createTime'],
  example,
});
