// What the page on the address of a tenant says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<corp-ids...>',
  request: 'GET /api/openapi/v2/location?corpId=e4A8oQS29g0w00',
  keys: 'value',
  printed: ['"value": "https://app.ekuaibao.com/"'],
} satisfies EndpointFacts;
