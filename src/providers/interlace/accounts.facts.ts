// What the page on accounts and a public client say, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /open-api/v3/accounts',
  params: ['query accountId', 'query status', 'query type'],
  keys: 'id createTime type status verifiedName verifiedNameEn displayId parentAccountId',
  printed: ['"createTime": "1700620189590"', '"type": 0,', '"total": "1"'],
} satisfies EndpointFacts;
