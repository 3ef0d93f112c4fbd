// Cards with a negative balance. Doc: https://developer.interlace.money/reference/cardbalancenegativelist. The stored page prints the meanings of
// ten parameters, the names of few, and neither path nor answer: the sample is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { noPath, paging } from './account.ts';
import example from './negative-cards.example.json';

export default defineEndpoint({
  name: 'negative-cards',
  summary: 'Cards with a negative balance',
  doc: {
    url: 'https://developer.interlace.money/reference/cardbalancenegativelist',
    notes: ['Of ten parameters the readable page names few. referenceId is one of them; the others are inferred from their meaning.'],
    unverified: 'path and answer are not readable, and eight names of parameters are inferred',
  },
  path: { profile: 'negative-cards', hint: noPath },
  params: {
    accountId: { in: 'query', about: 'the account, which the page calls required', grammar: uuid },
    cardId: { in: 'query', about: 'only this card', grammar: uuid },
    budgetId: { in: 'query', about: 'only cards of this budget', grammar: uuid },
    cardholderId: { in: 'query', about: 'only cards of this holder' },
    label: { in: 'query', about: 'only cards with this label' },
    status: { in: 'query', about: 'only this status', choices: ['INACTIVE', 'CONTROL', 'ACTIVE', 'PENDING', 'FROZEN'] },
    referenceId: { in: 'query', about: 'only the card made under this id of your own' },
    batchNo: { in: 'query', about: 'only this batch' },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {},
  open: true,
  columns: [],
  example,
});
