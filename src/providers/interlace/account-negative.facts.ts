// What the Account Negative object of Interlace, which has no path says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /path-of-the-profile',
  keys: 'accountId accountName accountEn displayId type cardNegative budgetNegative currency statTime',
  printed: ['"type": 0,', '"accountName": "示例测试账户"', '"statTime": "1711785600000"'],
} satisfies EndpointFacts;
