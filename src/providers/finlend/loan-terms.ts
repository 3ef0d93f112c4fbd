// The loan terms of an organisation. Doc: https://docs.fincode.technology/api/lending/get-loan-terms, read 2026-11-21.
// The page prints placeholders only ("<string>", {}): the values of the sample are made up, and what the empty objects hold is.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { any, dateText, id, text } from '../../core/fields.ts';
import { idempotent, notFound } from './calls.ts';
import example from './loan-terms.example.json';

export default defineEndpoint({
  name: 'loan-terms',
  summary: 'Loan terms and conditions of an organisation',
  doc: {
    url: 'https://docs.fincode.technology/api/lending/get-loan-terms',
    read: '2026-11-21',
    notes: ['What the rates, fees, repayment terms and criteria hold is not documented; it is passed on as sent.'],
  },
  path: '/api/v1/services/user/get-loan-terms/{organisationId}',
  keys: {
    organisationId: { arg: 'organisation-ids', about: 'organisations', grammar: uuid, many: 'each', field: 'organisationId' },
  },
  headers: idempotent,
  answer: { item: 'data' },
  failures: [
    {
      ...notFound,
      about: 'no such resource: the organisation is not known in this tenant',
      when: { unknown: 'organisationId' },
    },
  ],
  fields: {
    organisationId: id('Organisation'),
    termsAndConditions: text('Terms and conditions'),
    interestRateRange: any('Interest rates'),
    feeStructure: any('Fees'),
    repaymentTerms: any('Repayment terms'),
    eligibilityCriteria: any('Eligibility'),
    lastUpdated: dateText('Updated'),
  },
  columns: ['organisationId', 'interestRateRange', 'feeStructure', 'repaymentTerms', 'lastUpdated'],
  example,
  exampleKeys: [{ organisationId: '123e4567-e89b-12d3-a456-426614174000' }],
});
