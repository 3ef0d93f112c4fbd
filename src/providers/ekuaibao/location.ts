// Where a tenant is served: the base URL of its profile. Doc: https://docs.ekuaibao.com/docs/open-api/getting-started/origin, read 2026-11-21.
import { defineEndpoint, plainId } from '../../core/endpoint.ts';
import { url } from '../../core/fields.ts';
import example from './location.example.json';

export default defineEndpoint({
  name: 'location',
  summary: 'The base URL that serves a tenant',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/getting-started/origin',
    read: '2026-11-21',
    notes: [
      'The address may change with an upgrade of the provider; a wrong one shows as HTTP 403.',
      'It ends with a slash, which baseUrl of a profile does without. What an unknown tenant is answered is not documented.',
    ],
  },
  path: '/api/openapi/v2/location',
  keys: { corpId: { in: 'query', arg: 'corp-ids', about: 'tenants', grammar: plainId, many: 'each' } },
  credential: 'none',
  answer: { item: '' },
  fields: { value: url('Base URL') },
  columns: ['request.corpId', 'value'],
  example,
  exampleKeys: [{ corpId: 'e4A8oQS29g0w00' }],
});
