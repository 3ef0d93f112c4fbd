// What the loan terms page of FinLend says, typed from there: tests hold the literal against it.
// Four members are printed as empty objects: what the sample puts into them is made up.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<organisation-ids...>',
  request: 'GET /api/v1/services/user/get-loan-terms/123e4567-e89b-12d3-a456-426614174000',
  keys: `
    organisationId termsAndConditions interestRateRange interestRateRange.from interestRateRange.to feeStructure
    feeStructure.origination repaymentTerms repaymentTerms.months eligibilityCriteria eligibilityCriteria.residence lastUpdated`,
  printed: ['"to": 36.0'],
} satisfies EndpointFacts;
