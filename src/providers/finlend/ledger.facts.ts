// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<account-ids...>',
  request: 'GET /api/v6/services/ledger/account-ledger-history/123e4567-e89b-12d3-a456-426614174000/0/10',
  keys: 'entryType amount balance entryDate',
  printed: ['"balance": 1500.0'],
} satisfies EndpointFacts;
