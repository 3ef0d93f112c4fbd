// Cards of an account. Doc: https://developer.interlace.money/reference (Card). No readable page prints the answer: the sample is made up,
// with names that a public client reads.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { paging } from './account.ts';
import example from './cards.example.json';

export default defineEndpoint({
  name: 'cards',
  summary: 'Cards',
  doc: {
    url: 'https://developer.interlace.money/reference',
    notes: ['The call beside it that answers one card in full (GET /cards/{id}) is left out on purpose.'],
    unverified: 'path and parameters are those of public clients; no readable page prints an answer',
  },
  path: '/open-api/v3/card-list',
  params: {
    accountId: { in: 'query', about: 'only cards of this account', grammar: uuid },
    cardId: { in: 'query', about: 'only this card', grammar: uuid },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {},
  open: true,
  columns: [],
  example,
});
