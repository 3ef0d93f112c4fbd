// One form (单据) by id. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { deletedForm, missingForm, recordId } from './codes.ts';
import example from './form.example.json';
import { formFields, unifiedForm } from './form-fields.ts';

export default defineEndpoint({
  name: 'form',
  summary: 'One form by id: a loan form, an expense report, a requisition …',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details',
    read: '2026-11-21',
    notes: [
      'A deleted form is not found.',
      'form.writtenOffRecords of an expense report or a receipt names the loans that it repaid.',
      'Fields that a tenant has made pass in JSON; they are no columns.',
    ],
  },
  path: '/api/openapi/v1.1/flowDetails',
  keys: { flowId: { in: 'query', arg: 'flow-ids', about: 'form ids', grammar: recordId, many: 'each', field: 'id' } },
  answer: { item: 'value' },
  failures: [{ ...missingForm, when: { unknown: 'flowId' } }, deletedForm],
  fields: formFields,
  columns: [
    'id',
    'formType',
    'form.code',
    'form.title',
    'state',
    'form.loanMoney.standard',
    'form.loanDate',
    'form.repaymentDate',
    'ownerId',
  ],
  unified: unifiedForm,
  example,
  exampleKeys: [{ flowId: 'lrMb7AO5So2800' }],
});
