// Repayment records by id. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-repayment-record, read 2025-06-23.
// A "repayment record" is any event of a loan's history. Unknown ids are no error upstream: the list is just shorter.
import { defineEndpoint } from '../../core/endpoint.ts';
import { any, flag, id, instant, money, number, oneOf, someOf, text, values } from '../../core/fields.ts';
import { formTypes, recordId, repaymentTypes } from './codes.ts';
import example from './repayment-records.example.json';

export default defineEndpoint({
  name: 'repayment-records',
  summary: 'Repayment records by id',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-repayment-record',
    read: '2025-06-23',
    notes: ['Record ids come from outbound messages (webhooks).', 'updateTime is the repayment time; the record has no currency field.'],
  },
  path: '/api/openapi/v1/loan/repaymentRecord/[{ids}]',
  keys: { ids: { arg: 'ids', about: 'repayment record ids', grammar: recordId, many: 'packed', packSetting: 'packSize', field: 'id' } },
  answer: { items: 'items' },
  fields: {
    id: id('Record', { of: 'repayment-records' }),
    repaymentType: oneOf('Type', repaymentTypes),
    amount: money('Amount'),
    updateTime: instant('Repaid', 'ms'),
    ownerId: id('Borrower', { of: 'staff', about: 'staff id, corporationId:staffId' }),
    title: text('Loan'),
    loanInfoId: id('Loan package', { of: 'loan' }),
    flowId: id('Form', { of: 'form' }),
    formType: someOf('Form type', formTypes),
    foreignAmount: any('Foreign amount', { about: 'shape when set is not documented' }),
    chargeAgainstMark: flag('Reversed'),
    attachments: values('Attachments'),
    createTime: instant('Created', 'ms'),
    corporationId: id('Corporation'),
    active: flag('Active'),
    version: number('Version'),
    pipeline: number('Pipeline'),
    grayver: text('Release'),
    sourceCorporationId: id('Source corporation'),
    dataCorporationId: id('Data corporation'),
    totalProfitAndLoss: any('Total profit and loss'),
  },
  columns: ['id', 'repaymentType', 'amount', 'updateTime', 'title'],
  unified: {
    kind: 'repayment',
    id: 'id',
    event: 'repaymentType',
    amount: 'amount',
    date: 'updateTime',
    party: 'ownerId',
    loan: 'loanInfoId',
    title: 'title',
  },
  example,
  exampleKeys: [{ ids: 'ID_3HV7_Hq1zKw' }],
});
