// Accounts: a short display id becomes the UUID that other calls ask for.
// Doc: https://developer.interlace.money/reference/getaccounts-1. The stored page prints the path alone: parameters and fields are those of
// a public client, and the sample is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { id, instant, number, someOf, text } from '../../core/fields.ts';
import { optional, paging } from './account.ts';
import example from './accounts.example.json';

export default defineEndpoint({
  name: 'accounts',
  summary: 'Accounts, with their short ids and names',
  doc: {
    url: 'https://developer.interlace.money/reference/getaccounts-1',
    notes: ['No parameter looks for a displayId: list all accounts and pick its row.', 'What type means here is not stated.'],
    unverified: 'the page was readable without its parameters and answer; both are those of a public client',
  },
  path: '/open-api/v3/accounts',
  params: {
    accountId: { in: 'query', about: 'only this account', grammar: uuid, filters: 'id' },
    status: { in: 'query', about: 'only accounts with this status', filters: 'status' },
    type: { in: 'query', about: 'only accounts of this type', filters: 'type' },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {
    id: id('Account', { ...optional, of: 'accounts' }),
    displayId: id('Display id', { ...optional, about: 'short account id' }),
    verifiedName: text('Verified name', optional),
    verifiedNameEn: text('Verified name (English)', optional),
    type: number('Type', optional),
    status: someOf('Status', { ACTIVE: 'active' }, optional),
    parentAccountId: id('Parent account', { ...optional, of: 'accounts' }),
    createTime: instant('Created', 'ms', optional),
  },
  columns: ['id', 'displayId', 'verifiedName', 'type', 'status', 'parentAccountId'],
  example,
});
