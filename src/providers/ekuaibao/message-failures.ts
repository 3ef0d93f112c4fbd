// Outbound messages that could not be delivered, by default those about loans and repayments.
// Doc: https://docs.ekuaibao.com/docs/open-api/outbound-message/call-failed-log-list, read 2026-11-21. An empty answer is one to a bad type, too.
import { defineEndpoint } from '../../core/endpoint.ts';
import { any, flag, id, instant, number, someOf, text } from '../../core/fields.ts';
import { messageTypes } from './codes.ts';
import example from './message-failures.example.json';

export default defineEndpoint({
  name: 'message-failures',
  summary: 'Outbound messages that failed, by default those about loans',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/outbound-message/call-failed-log-list',
    read: '2026-11-21',
    notes: [
      'The provider takes the type flow where none is asked for; loanq asks for repayment.',
      'request and response hold what was sent and answered, as the tenant has configured it: people may be in it.',
    ],
  },
  path: '/api/openapi/v1/outboundMessageLogs',
  params: {
    messageType: {
      in: 'query',
      about: 'type of the messages: repayment is about loans',
      default: 'repayment',
      choices: ['message', 'dataLink', 'message_center', 'repayment', 'flow', 'InternalMessage'],
      filters: 'messageType',
    },
    startDate: { in: 'query', about: 'from this time on', required: true, instant: { form: 'ms' } },
    endDate: { in: 'query', about: 'up to this time', required: true, instant: { form: 'ms', end: true } },
  },
  answer: { items: 'items' },
  fields: {
    id: id('Message'),
    name: text('Configuration'),
    messageType: someOf('Message type', messageTypes),
    type: someOf('Direction', { INVOKING: 'call of the outside server', CALLBACK: 'callback of the outside server' }),
    state: someOf('State', { SUCCESS: 'delivered', FAILURE: 'failed' }, { tones: { SUCCESS: 'good', FAILURE: 'bad' } }),
    flowId: id('Form', { of: 'form' }),
    repaymentApplyId: id('Repayment application', { about: 'no documented call reads one' }),
    nodeName: text('Step'),
    createTime: instant('Created', 'ms'),
    updateTime: instant('Updated', 'ms'),
    request: any('Sent'),
    response: any('Answered'),
    messageId: id('Configuration id'),
    nodeId: id('Step id'),
    dataLinkId: id('Business object'),
    messageCenterConfigId: id('Message centre configuration'),
    active: flag('Active'),
    version: number('Version'),
    corporationId: id('Corporation'),
  },
  columns: ['id', 'name', 'messageType', 'state', 'flowId', 'repaymentApplyId', 'nodeName', 'createTime'],
  example,
});
