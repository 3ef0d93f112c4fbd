// What the requisition page says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

const missing = refusal(400, '申请事项ID不存在');

export default {
  usage: '<ids...>',
  request: 'GET /api/openapi/v1/requisition/$ID_3zE5G_02rw0',
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
  printed: ['"requisitionMoney": 20.0,', '"expenseMoneyDone": 0,', '"expenseMoneyProcess": 5.0,', '"quantity": "20"'],
  failures: [
    { about: 'no requisition with that id', status: 400, body: missing, exit: 21, code: '400' },
    { about: 'another bad request is no missing requisition', status: 400, body: refusal(400, '参数错误'), exit: 22 },
  ],
} satisfies EndpointFacts;
