// What the page of FinLend says of this call, typed from there: tests hold the literal against it. It prints no answer: the keys are
// those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /api/v6/services/usermanagement/profile',
  keys: 'firstName email roles status',
  printed: ['"roles": ["MANAGER"]'],
} satisfies EndpointFacts;
