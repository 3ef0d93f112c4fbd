// What the page on approval stages says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<flow-ids...>',
  request: 'GET /api/openapi/v2/approveStates/[xxx,ID_3seTcgi0qrg,ID_3zE5G_07ew0,ID01lc8ik1zc5x,ID01l8FxSJxa5V]',
  keys: 'flowId stageName operators operators.id operators.name operators.code delegateData',
  printed: ['"stageName": "出纳支付"', '"stageName": "已删除"', '"code": "15091"'],
  failures: [{ about: 'an empty list is an unknown form', status: 200, body: '{"items": []}', exit: 21 }],
} satisfies EndpointFacts;
