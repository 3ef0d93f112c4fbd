// One requisition item by id. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-requisition-byId, read 2026-11-21.
// Unlike every other call of this API it answers the object alone, without `value` around it.
import { defineEndpoint } from '../../core/endpoint.ts';
import { recordId } from './codes.ts';
import example from './requisition.example.json';
import { requisitionFields } from './requisition-fields.ts';

export default defineEndpoint({
  name: 'requisition',
  summary: 'One requisition by id: what was asked for, and what was expensed',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-requisition-byId',
    read: '2026-11-21',
    notes: ['The id of a requisition is the id of its form.', 'A requisition may open a loan: loan-of-form finds it.'],
  },
  path: '/api/openapi/v1/requisition/${id}',
  keys: { id: { arg: 'ids', about: 'requisition ids, which are form ids', grammar: recordId, many: 'each', field: 'id', of: 'form' } },
  answer: { item: '' },
  failures: [
    {
      status: 400,
      message: /申请事项ID不存在/,
      means: 'not-found',
      about: 'no requisition with that id',
      when: { unknown: 'id' },
      body: '{"errorCode":400,"errorMessage":"申请事项ID不存在","errorDetails":null,"code":null,"data":null}',
    },
    { code: '400', message: /申请事项ID不存在/, means: 'not-found', about: 'the same inside another HTTP status' },
  ],
  fields: requisitionFields,
  columns: ['id', 'code', 'title', 'state', 'requisitionMoney', 'expenseMoneyDone', 'expenseMoneyProcess', 'requisitionDate'],
  unified: {
    kind: 'requisition',
    id: 'id',
    status: 'state',
    amount: 'requisitionMoney',
    currency: 'requisitionMoneyNode.standardStrCode',
    date: 'requisitionDate',
    party: 'ownerId',
    title: 'title',
  },
  example,
  exampleKeys: [{ id: 'ID_3zE5G_02rw0' }],
});
