// One form (单据) by its number. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details-byCode, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { deletedForm, formCode, missingForm } from './codes.ts';
import example from './form-by-code.example.json';
import { formFields, unifiedForm } from './form-fields.ts';

export default defineEndpoint({
  name: 'form-by-code',
  summary: 'One form by its number, as people see it in the product',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details-byCode',
    read: '2026-11-21',
    notes: [
      'A number is unique within a tenant only. A deleted form is not found.',
      'Fields that a tenant has made pass in JSON; they are no columns.',
    ],
  },
  path: '/api/openapi/v1.1/flowDetails/byCode',
  keys: {
    code: { in: 'query', arg: 'codes', about: 'form numbers such as J20000002', grammar: formCode, many: 'each', field: 'form.code' },
  },
  answer: { item: 'value' },
  failures: [{ ...missingForm, when: { unknown: 'code' } }, deletedForm],
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
  exampleKeys: [{ code: 'J20000002' }],
});
