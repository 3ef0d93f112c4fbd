// What a public client says of the card summary, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<card-ids...>',
  request: 'GET /open-api/v3/cards/7d1f0c5e-3b1a-4c52-9f0e-5a2f6f1f8d31/card-summary',
  params: ['query accountId'],
  keys: `
    cardId accountId balance balance.id balance.available balance.currency statistics statistics.consumption statistics.reversal
    statistics.reversalFee statistics.refund statistics.refundFee statistics.netConsumption statistics.currency velocityControl
    velocityControl.type velocityControl.limit velocityControl.available`,
  printed: ['"available": "379.50"', '"netConsumption": "120.50"'],
} satisfies EndpointFacts;
