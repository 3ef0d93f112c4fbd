// What the bank account page of FinLend says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<account-ids...>',
  request: 'GET /api/v1/services/user/view-bank-account/123e4567-e89b-12d3-a456-426614174000',
  personal: ['accountNumber: account'],
  keys: 'accountId customerId accountNumber accountName bankCode bankName accountType isDefault isVerified createdDate',
  printed: ['"accountNumber": "0123456789"', '"isDefault": true'],
} satisfies EndpointFacts;
