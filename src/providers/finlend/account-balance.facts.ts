// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<account-ids...>',
  request: 'GET /api/v6/services/ledger/account-balance/123e4567-e89b-12d3-a456-426614174000',
  keys: 'availableBalance accountBalance accountStatus',
  printed: ['"availableBalance": 1500.0'],
} satisfies EndpointFacts;
