// What the page on failed outbound messages says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  // The times of the page's own curl line, and its type.
  options: ['--message-type', 'flow', '--start-date', '1598417222510', '--end-date', '1598417222510'],
  request: 'GET /api/openapi/v1/outboundMessageLogs?messageType=flow&startDate=1598417222510&endDate=1598417222510',
  params: ['query messageType message dataLink message_center repayment flow InternalMessage', 'query startDate', 'query endDate'],
  keys: `
    name messageId flowId dataLinkId messageCenterConfigId repaymentApplyId nodeName nodeId request request.aa response response.aa state
    id type version active createTime updateTime corporationId messageType`,
  printed: ['"name":"名称1"', '"createTime":1505372614157', '"state":"FAILURE"'],
} satisfies EndpointFacts;
