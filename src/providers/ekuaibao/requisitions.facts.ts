// What the page on the requisitions of a member of staff says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

const unknown = refusal(400, "ID为'bwa3wajigF0WH0:ID_3lokDfb1p5w1'的员工不存在");

export default {
  usage: '<staff-ids...>',
  request: 'POST /api/openapi/v1/requisition/getData?staffId=bwa3wajigF0WH0:ID_3lokDfb1p5w&state=ALL&start=0&count=100',
  params: ['query start', 'query count', 'query state FORCE_CLOSED MANUAL_CLOSED PROCESS ALL'],
  keys: `
    id code name state title active flowId grayver ownerId related related.id related.code related.name related.rule related.money
    related.state related.formType related.moneyNode related.moneyNode.standard related.moneyNode.standardUnit
    related.moneyNode.standardScale related.moneyNode.standardSymbol related.moneyNode.standardNumCode
    related.moneyNode.standardStrCode related.submitDate related.isRequisition related.specificationId related.specificationName
    version closeLog pipeline nameSpell changeLogs changeLogs.action changeLogs.reason changeLogs.toStaffs changeLogs.fromStaff
    changeLogs.createTime changeLogs.operatorId createTime updateTime submitterId corporationId applyCloseRule sharedOwnerIds
    requisitionDate specificationId expenseMoneyDone requisitionMoney dataCorporationId specificationName expenseMoneyProcess
    sourceCorporationId requisitionMoneyNode requisitionMoneyNode.standard requisitionMoneyNode.standardUnit
    requisitionMoneyNode.standardScale requisitionMoneyNode.standardSymbol requisitionMoneyNode.standardNumCode
    requisitionMoneyNode.standardStrCode ignoreUsageSpecificationIds details details.feeTypeId details.feeTypeForm
    details.feeTypeForm.amount details.feeTypeForm.amount.standard details.feeTypeForm.amount.standardUnit
    details.feeTypeForm.amount.standardScale details.feeTypeForm.amount.standardSymbol details.feeTypeForm.amount.standardNumCode
    details.feeTypeForm.amount.standardStrCode details.feeTypeForm.writtenOffAmount details.feeTypeForm.writtenOffAmount.standard
    details.feeTypeForm.writtenOffAmount.standardUnit details.feeTypeForm.writtenOffAmount.standardScale
    details.feeTypeForm.writtenOffAmount.standardSymbol details.feeTypeForm.writtenOffAmount.standardNumCode
    details.feeTypeForm.writtenOffAmount.standardStrCode details.feeTypeForm.unwrittenOffAmount
    details.feeTypeForm.unwrittenOffAmount.standard details.feeTypeForm.unwrittenOffAmount.standardUnit
    details.feeTypeForm.unwrittenOffAmount.standardScale details.feeTypeForm.unwrittenOffAmount.standardSymbol
    details.feeTypeForm.unwrittenOffAmount.standardNumCode details.feeTypeForm.unwrittenOffAmount.standardStrCode
    details.feeTypeForm.品类 details.feeTypeForm.detailId details.feeTypeForm.linkDetailEntityId details.feeTypeForm.quantity
    details.feeTypeForm.unitPrice details.feeTypeForm.unitPrice.standard details.feeTypeForm.unitPrice.standardUnit
    details.feeTypeForm.unitPrice.standardScale details.feeTypeForm.unitPrice.standardSymbol
    details.feeTypeForm.unitPrice.standardNumCode details.feeTypeForm.unitPrice.standardStrCode details.feeTypeForm.attachments
    details.feeTypeForm.consumptionReasons details.specificationId`,
  printed: ['"requisitionMoney": 100.0,', '"expenseMoneyProcess": 5.0,', '"quantity": "20"'],
  failures: [
    { about: 'no such member of staff', status: 400, body: unknown, exit: 21, code: '400' },
    { about: 'another bad request', status: 400, body: refusal(400, '参数错误'), exit: 22, code: '400' },
  ],
} satisfies EndpointFacts;
