// Forms (单据) page by page, loan forms unless another type is asked for.
// Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details-byStaff, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { recordId } from './codes.ts';
import { formFields, unifiedForm } from './form-fields.ts';
import example from './forms.example.json';

export default defineEndpoint({
  name: 'forms',
  summary: 'Forms, by default loan forms, of a tenant or of one of its staff',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details-byStaff',
    read: '2026-11-21',
    notes: [
      'Without --active deleted forms are among the rows; --active true leaves them out.',
      'Fields that a tenant has made pass in JSON; they are no columns.',
      '--state PROCESSING finds nothing: ask for paying, which answers both.',
      'Which time zone startDate and endDate are in is not stated; by its place in the document they filter by the field of --order-by.',
    ],
  },
  path: '/api/openapi/v1.1/docs/getApplyList',
  params: {
    type: {
      in: 'query',
      about: 'type of the forms',
      default: 'loan',
      required: true,
      choices: ['expense', 'loan', 'payment', 'requisition', 'custom', 'receipt', 'permit'],
      filters: 'formType',
    },
    uid: { in: 'query', about: 'only forms of this staff id; without it all of the tenant', grammar: recordId, filters: 'ownerId' },
    state: { in: 'query', about: 'only these states, separated by commas', filters: 'state' },
    start: { in: 'query', about: 'rows to leave out before the first', type: 'number' },
    count: { in: 'query', about: 'rows of a page, at most 100', type: 'number' },
    orderBy: {
      in: 'query',
      about: 'what to sort by; payDate needs a date',
      choices: ['createTime', 'updateTime', 'submitDate', 'payDate'],
    },
    orderByType: { in: 'query', about: 'direction, by default desc', choices: ['asc', 'desc'] },
    startDate: { in: 'query', about: 'only from this time on', instant: { form: 'text' } },
    endDate: { in: 'query', about: 'only up to this time', instant: { form: 'text', end: true } },
    specificationId: { in: 'query', about: 'only of these templates, separated by commas, without version' },
    active: { in: 'query', about: 'true: without deleted forms; false: deleted ones only; without it both', choices: ['true', 'false'] },
  },
  answer: { items: 'items' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 100, maxSize: 100, total: 'count' },
  fields: formFields,
  columns: ['id', 'form.code', 'form.title', 'state', 'form.loanMoney.standard', 'form.loanDate', 'form.repaymentDate', 'ownerId'],
  unified: unifiedForm,
  example,
});
