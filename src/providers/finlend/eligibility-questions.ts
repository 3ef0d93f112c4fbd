// Eligibility questions of a loan product. Doc: https://docs.fincode.technology/api/lending/loan-eligibility-questions.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { idempotent, notFound } from './calls.ts';
import example from './eligibility-questions.example.json';

export default defineEndpoint({
  name: 'eligibility-questions',
  summary: 'Questions an applicant for a loan product is asked',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/loan-eligibility-questions',
    notes: ['The parameter is called productId in the path of the page and loan-product-id in its table.'],
  },
  path: '/api/v1/services/user/loan-eligibility-questions/{productId}',
  keys: { productId: { arg: 'product-ids', about: 'loan products whose questions to read', grammar: uuid, many: 'each' } },
  headers: idempotent,
  answer: [{ items: 'data' }, { item: 'data' }],
  failures: [
    {
      ...notFound,
      about: 'no such resource: the loan product is not known in this tenant',
      when: { unknown: 'productId' },
    },
  ],
  fields: {},
  open: true,
  columns: [],
  example,
  exampleKeys: [{ productId: '123e4567-e89b-12d3-a456-426614174000' }],
});
