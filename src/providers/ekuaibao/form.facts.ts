// What the page on one form says, typed from there: tests hold the literal against it. Its samples are one for each type of form.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

export default {
  usage: '<flow-ids...>',
  request: 'GET /api/openapi/v1.1/flowDetails?flowId=lrMb7AO5So2800',
  keys: `
    pipeline grayver version active createTime updateTime corporationId sourceCorporationId dataCorporationId form form.code
    form.title form.details form.details.feeTypeId form.details.feeTypeForm form.details.feeTypeForm.amount
    form.details.feeTypeForm.amount.standard form.details.feeTypeForm.amount.standardUnit
    form.details.feeTypeForm.amount.standardScale form.details.feeTypeForm.amount.standardSymbol
    form.details.feeTypeForm.amount.standardNumCode form.details.feeTypeForm.amount.standardStrCode form.details.feeTypeForm.feeDate
    form.details.feeTypeForm.invoice form.details.feeTypeForm.detailId form.details.feeTypeForm.attachments
    form.details.feeTypeForm.invoiceForm form.details.feeTypeForm.invoiceForm.type form.details.feeTypeForm.invoiceForm.invoices
    form.details.feeTypeForm.invoiceForm.invoices.itemIds form.details.feeTypeForm.invoiceForm.invoices.invoiceId
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standard
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standardUnit
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standardScale
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standardSymbol
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standardNumCode
    form.details.feeTypeForm.invoiceForm.invoices.taxAmount.standardStrCode form.details.feeTypeForm.invoiceForm.invoiceConfirm
    form.details.feeTypeForm.consumptionReasons form.details.feeTypeForm.linkDetailEntities
    form.details.feeTypeForm.linkDetailEntities.amount form.details.feeTypeForm.linkDetailEntities.amount.standard
    form.details.feeTypeForm.linkDetailEntities.amount.standardUnit form.details.feeTypeForm.linkDetailEntities.amount.standardScale
    form.details.feeTypeForm.linkDetailEntities.amount.standardSymbol
    form.details.feeTypeForm.linkDetailEntities.amount.standardNumCode
    form.details.feeTypeForm.linkDetailEntities.amount.standardStrCode
    form.details.feeTypeForm.linkDetailEntities.linkDetailEntityId form.details.feeTypeForm.linkDetailEntities.expenseLink
    form.details.specificationId form.details.feeType form.details.feeType.id form.details.feeType.name
    form.details.feeType.parentId form.details.feeType.active form.details.feeType.code form.expenseLinks form.payeeId form.payMoney
    form.payMoney.standard form.payMoney.standardUnit form.payMoney.standardScale form.payMoney.standardSymbol
    form.payMoney.standardNumCode form.payMoney.standardStrCode form.voucherNo form.printCount form.printState form.submitDate
    form.description form.expenseDate form.submitterId form.expenseMoney form.expenseMoney.standard form.expenseMoney.standardUnit
    form.expenseMoney.standardScale form.expenseMoney.standardSymbol form.expenseMoney.standardNumCode
    form.expenseMoney.standardStrCode form.voucherStatus form.companyRealPay form.companyRealPay.standard
    form.companyRealPay.standardUnit form.companyRealPay.standardScale form.companyRealPay.standardSymbol
    form.companyRealPay.standardNumCode form.companyRealPay.standardStrCode form.paymentChannel form.paymentAccountId
    form.specificationId form.writtenOffMoney form.writtenOffMoney.standard form.writtenOffMoney.standardUnit
    form.writtenOffMoney.standardScale form.writtenOffMoney.standardSymbol form.writtenOffMoney.standardNumCode
    form.writtenOffMoney.standardStrCode form.expenseDepartment form.voucherCreateTime form.writtenOffRecords
    form.writtenOffRecords.id form.writtenOffRecords.amount form.writtenOffRecords.loanId ownerId ownerDefaultDepartment state
    flowType formType logs logs.action logs.state logs.operatorId logs.byDelegateId logs.operatorDefaultDepartment
    logs.nextOperatorId logs.nextOperatorIds logs.time logs.attributes logs.attributes.nextId logs.attributes.nodeId
    logs.attributes.comment logs.attributes.isUrgent logs.attributes.nextName logs.attributes.urgentReason
    logs.attributes.resubmitMethod logs.attributes.nextCounterSign logs.attributes.sensitiveContent
    logs.attributes.resubmitOperatorIds logs.modifyFlowLog logs.modifyFlowLog.version logs.modifyFlowLog.flowVersionedId
    logs.modifyFlowLog.operatorId logs.modifyFlowLog.operatorTime logs.modifyFlowLog.operatorState logs.modifyFlowLog.editeReason
    logs.modifyFlowLog.byDelegateId logs.attachments actions actions.djg8LshfUkfM00:Dwk7NVkt7o1E00 invoiceRemind id`,
  printed: ['"standard": "33.00"', '"amount": "222"', '"loanId": "ID_3I$b8tPgCdg"', '"id": "lrMb7AO5So2800"'],
  failures: [
    { about: 'no such form', status: 412, body: refusal(412, '单据不存在'), exit: 21, code: '412' },
    { about: 'a deleted form', status: 412, body: refusal(412, '单据已删除'), exit: 21, code: '412' },
    { about: 'another precondition', status: 412, body: refusal(412, '参数错误'), exit: 22, code: '412' },
  ],
} satisfies EndpointFacts;
