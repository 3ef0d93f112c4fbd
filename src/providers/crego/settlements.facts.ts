// What the settlements page of Crego says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /v1/lms/settlements/',
  params: ['query demand', 'query expand', 'query loan'],
  keys: `
    id created_at updated_at date amount outstanding_amount remaining_amount sent_to_gl due_amount dpd peak_dpd to_be_deleted account
    demand record`,
  printed: ['"remaining_amount":36673.740000000005', '"date":1704479399.999999'],
} satisfies EndpointFacts;
