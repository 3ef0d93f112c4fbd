// What the page on the tenant's name says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /api/openapi/v1/corporations',
  keys: 'id name',
  printed: ['"id": "JOYbpjPP-E2Q00"', '"name": "恒达"'],
} satisfies EndpointFacts;
