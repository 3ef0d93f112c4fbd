// What one card has left and has spent.
// Doc: https://developer.interlace.money/reference (Card summary). The index names the call alone: path and fields are those of a public
// client, and the sample is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { currency, group, id, money, text } from '../../core/fields.ts';
import { optional } from './account.ts';
import example from './card-summary.example.json';

export default defineEndpoint({
  name: 'card-summary',
  summary: 'Balance, spending and limit of a card',
  doc: {
    url: 'https://developer.interlace.money/reference',
    notes: ['No card number is in the answer. The call beside it that has one (GET /cards/{id}) is left out on purpose.'],
    unverified: 'the provider’s index names the call alone; path and fields are those of a public client',
  },
  path: '/open-api/v3/cards/{id}/card-summary',
  keys: { id: { arg: 'card-ids', about: 'card ids', grammar: uuid, many: 'each' } },
  params: { accountId: { in: 'query', about: 'the account that the card belongs to', grammar: uuid } },
  answer: { item: 'data' },
  fields: {
    cardId: id('Card', { ...optional, of: 'card-summary' }),
    accountId: id('Account', { ...optional, of: 'accounts' }),
    balance: group(
      'Balance',
      { id: id('Balance', optional), available: money('Available', optional), currency: currency('Currency', 'all', optional) },
      optional,
    ),
    statistics: group(
      'Spending',
      {
        consumption: money('Spent', optional),
        reversal: money('Reversed', optional),
        reversalFee: money('Reversal fee', optional),
        refund: money('Refunded', optional),
        refundFee: money('Refund fee', optional),
        netConsumption: money('Spent net', optional),
        currency: currency('Currency', 'all', optional),
      },
      optional,
    ),
    velocityControl: group(
      'Limit',
      { type: text('Limit type', optional), limit: money('Limit', optional), available: money('Left', optional) },
      optional,
    ),
  },
  columns: [
    'cardId',
    'balance.available',
    'balance.currency',
    'statistics.netConsumption',
    'velocityControl.limit',
    'velocityControl.available',
  ],
  example,
  exampleKeys: [{ id: '7d1f0c5e-3b1a-4c52-9f0e-5a2f6f1f8d31' }],
});
