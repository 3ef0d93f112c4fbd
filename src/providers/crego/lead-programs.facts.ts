// What the page of Crego on the programs of a lead says, typed from there: tests hold the literal against it. It prints no answer: the
// keys are those of the made-up sample.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<lead-ids...>',
  request: 'GET /v1/crm/leads/512bd868-260a-42a2-8ba9-b82ecef7f022/programs/',
  keys: 'name sanctioned_amount status',
  printed: ['"sanctioned_amount":500000.0'],
} satisfies EndpointFacts;
