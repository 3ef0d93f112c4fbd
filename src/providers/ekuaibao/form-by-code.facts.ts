// What the page on one form by its number says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

export default {
  usage: '<codes...>',
  request: 'GET /api/openapi/v1.1/flowDetails/byCode?code=J20000002',
  keys: `
    pipeline grayver version active createTime updateTime corporationId sourceCorporationId dataCorporationId form form.code
    form.title form.loanDate form.payMoney form.payMoney.standard form.payMoney.standardUnit form.payMoney.standardScale
    form.payMoney.standardSymbol form.payMoney.standardNumCode form.payMoney.standardStrCode form.loanMoney form.loanMoney.standard
    form.loanMoney.standardUnit form.loanMoney.standardScale form.loanMoney.standardSymbol form.loanMoney.standardNumCode
    form.loanMoney.standardStrCode form.voucherNo form.printCount form.printState form.submitDate form.attachments form.description
    form.submitterId form.repaymentDate form.voucherStatus form.loanDepartment form.specificationId form.voucherCreateTime
    form.preNodeApprovedTime ownerId ownerDefaultDepartment state flowType formType logs logs.action logs.state logs.operatorId
    logs.byDelegateId logs.operatorDefaultDepartment logs.nextOperatorId logs.nextOperatorIds logs.time logs.attributes
    logs.attributes.nextId logs.attributes.nodeId logs.attributes.comment logs.attributes.isUrgent logs.attributes.nextName
    logs.attributes.urgentReason logs.attributes.resubmitMethod logs.attributes.nextCounterSign logs.attributes.sensitiveContent
    logs.attributes.resubmitOperatorIds logs.modifyFlowLog logs.modifyFlowLog.version logs.modifyFlowLog.flowVersionedId
    logs.modifyFlowLog.operatorId logs.modifyFlowLog.operatorTime logs.modifyFlowLog.operatorState logs.modifyFlowLog.editeReason
    logs.modifyFlowLog.byDelegateId logs.attachments logs.attributes.isAuto logs.attributes.isEbotNode logs.attributes.isStaffExit
    logs.attributes.isCostControlCheck actions actions.djg8LshfUkfM00:fuwb0AND7Mio00 invoiceRemind id`,
  printed: ['"standard": "100.00"', '"repaymentDate": 9007199254740991', '"code": "J20000002"', '"id": "-UkbAFQSiIk000"'],
  failures: [
    { about: 'no such form', status: 412, body: refusal(412, '单据不存在'), exit: 21, code: '412' },
    { about: 'a deleted form', status: 412, body: refusal(412, '单据已删除'), exit: 21, code: '412' },
    { about: 'another precondition', status: 412, body: refusal(412, '参数错误'), exit: 22, code: '412' },
  ],
} satisfies EndpointFacts;
