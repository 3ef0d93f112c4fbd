// What the page on the list of forms says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

export default {
  usage: '',
  request: 'GET /api/openapi/v1.1/docs/getApplyList?type=loan&start=0&count=100',
  params: [
    'query type expense loan payment requisition custom receipt permit',
    'query uid',
    'query state',
    'query start',
    'query count',
    'query orderBy createTime updateTime submitDate payDate',
    'query orderByType asc desc',
    'query startDate',
    'query endDate',
    'query specificationId',
    'query active true false',
  ],
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
  failures: [{ about: 'a type the provider does not know', status: 400, body: refusal(400, '参数type无法识别'), exit: 22, code: '400' }],
} satisfies EndpointFacts;
