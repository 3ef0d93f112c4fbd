// One loan package (借款包) by id. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-flow-byLoanInfoId, read 2026-11-21.
// The `$` before the id is a literal character of the path; a missing package is HTTP 400, not 404.
import { defineEndpoint } from '../../core/endpoint.ts';
import { recordId } from './codes.ts';
import example from './loan.example.json';
import { loanFields, openState, unifiedLoan } from './loan-fields.ts';

export default defineEndpoint({
  name: 'loan',
  summary: 'One loan package by id',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-flow-byLoanInfoId',
    read: '2026-11-21',
    notes: [openState],
  },
  path: '/api/openapi/v1/loan/loanInfo/${id}',
  keys: { id: { arg: 'ids', about: 'loan package ids (loanInfoId of a repayment record)', grammar: recordId, many: 'each', field: 'id' } },
  answer: { item: 'value' },
  failures: [
    {
      status: 400,
      message: /获取不到对应的借款包/,
      means: 'not-found',
      about: 'no loan package with that id',
      when: { unknown: 'id' },
      body: '{"errorCode":400,"errorMessage":"根据借款包Id:{id}, 获取不到对应的借款包,请核查","errorDetails":null,"code":null,"data":null}',
    },
    // The page that prints the body prints no HTTP status with it.
    { code: '400', message: /获取不到对应的借款包/, means: 'not-found', about: 'the same inside another HTTP status' },
  ],
  fields: loanFields,
  columns: ['id', 'state', 'total', 'remain', 'reserved', 'repayment', 'repaymentDate', 'title'],
  unified: unifiedLoan,
  example,
  exampleKeys: [{ id: 'ID_3HV7_Hq1yKw' }],
});
