// The requisition items of a member of staff. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-requisition-all, read 2026-11-21.
// A POST that reads: all of it stands in the query.
import { defineEndpoint } from '../../core/endpoint.ts';
import { recordId } from './codes.ts';
import { requisitionFields } from './requisition-fields.ts';
import example from './requisitions.example.json';

export default defineEndpoint({
  name: 'requisitions',
  summary: 'The requisitions of a member of staff',
  doc: { url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-requisition-all', read: '2026-11-21' },
  method: 'POST',
  path: '/api/openapi/v1/requisition/getData',
  keys: {
    staffId: { in: 'query', arg: 'staff-ids', about: 'staff ids, corporationId:staffId', grammar: recordId, many: 'each', of: 'staff' },
  },
  params: {
    start: { in: 'query', about: 'rows to leave out before the first', type: 'number' },
    count: { in: 'query', about: 'rows of a page, at most 100', type: 'number' },
    state: {
      in: 'query',
      about: 'only this state',
      default: 'ALL',
      required: true,
      choices: ['FORCE_CLOSED', 'MANUAL_CLOSED', 'PROCESS', 'ALL'],
    },
  },
  answer: { items: 'items' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 100, maxSize: 100, total: 'count' },
  failures: [
    {
      status: 400,
      message: /的员工不存在/,
      means: 'not-found',
      about: 'no such member of staff',
      when: { unknown: 'staffId' },
      body: `{"errorCode":400,"errorMessage":"ID为'{staffId}'的员工不存在","errorDetails":null,"code":null,"data":null}`,
    },
  ],
  fields: requisitionFields,
  columns: ['id', 'code', 'title', 'state', 'requisitionMoney', 'expenseMoneyDone', 'expenseMoneyProcess', 'requisitionDate'],
  example,
  exampleKeys: [{ staffId: 'bwa3wajigF0WH0:ID_3lokDfb1p5w' }],
});
