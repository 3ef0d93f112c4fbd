// The user behind the credential. Doc: https://docs.fincode.technology/api/ciam/profile.
// The page prints no answer: what the sample holds is made up.
import { defineEndpoint } from '../../core/endpoint.ts';
import { withoutStatus } from './calls.ts';
import example from './profile.example.json';

export default defineEndpoint({
  name: 'profile',
  summary: 'The user the credential belongs to',
  doc: {
    url: 'https://docs.fincode.technology/api/ciam/profile',
    notes: ['Who is meant is told by the token; the address of a customer is not wanted here.'],
  },
  path: '/api/v6/services/usermanagement/profile',
  omits: ['x-fapi-auth-date', 'x-fapi-customer-ip-address', 'x-fapi-interaction-id'],
  answer: [{ item: 'data' }, { item: '' }],
  success: withoutStatus,
  fields: {},
  open: true,
  columns: [],
  example,
});
