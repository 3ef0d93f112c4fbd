// The loan package (借款包) that a form opened. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-loanInfo-ByFlowId, read 2026-11-21.
// The path says `loans` where that of a package says `loan`. The sample answers another flowId than the one asked for: no echo to compare.
import { defineEndpoint } from '../../core/endpoint.ts';
import { recordId } from './codes.ts';
import { loanFields, openState, unifiedLoan } from './loan-fields.ts';
import example from './loan-of-form.example.json';

export default defineEndpoint({
  name: 'loan-of-form',
  summary: 'The loan package of a loan form, or of a requisition with a loan',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-loanInfo-ByFlowId',
    read: '2026-11-21',
    notes: [openState, 'A form has no package before it is finished: that is reported as not found, too.'],
  },
  path: '/api/openapi/v1/loans/getLoanInfoByFlowId/${flowId}',
  keys: {
    flowId: { arg: 'flow-ids', about: 'form ids (flowId of a repayment record or a loan)', grammar: recordId, many: 'each', of: 'form' },
  },
  answer: { item: 'value' },
  failures: [
    {
      status: 400,
      message: /获取不到对应的借款包/,
      means: 'not-found',
      about: 'no loan package of that form, or the form is not finished yet',
      when: { unknown: 'flowId' },
      body: '{"errorCode":400,"errorMessage":"根据借款单Id:{flowId}, 获取不到对应的借款包,请核查","errorDetails":null,"code":null,"data":null}',
    },
    { code: '400', message: /获取不到对应的借款包/, means: 'not-found', about: 'the same inside another HTTP status' },
  ],
  fields: loanFields,
  columns: ['id', 'state', 'total', 'remain', 'reserved', 'repayment', 'repaymentDate', 'title'],
  unified: unifiedLoan,
  example,
  exampleKeys: [{ flowId: '2a8bsS2qFgck00' }],
});
