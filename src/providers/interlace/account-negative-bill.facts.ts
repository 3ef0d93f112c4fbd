// What the Account Negative Bill object of Interlace, which has no path says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /path-of-the-profile',
  keys: 'accountId displayId createTime total negativeUrl',
  printed: ['"total": "5"', '"createTime": "1711785600000"'],
} satisfies EndpointFacts;
