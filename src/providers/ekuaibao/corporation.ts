// The tenant a token belongs to. Doc: https://docs.ekuaibao.com/docs/open-api/corporation/corporation-info, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { id, text } from '../../core/fields.ts';
import example from './corporation.example.json';

export default defineEndpoint({
  name: 'corporation',
  summary: 'The tenant that the credential belongs to',
  doc: { url: 'https://docs.ekuaibao.com/docs/open-api/corporation/corporation-info', read: '2026-11-21' },
  path: '/api/openapi/v1/corporations',
  answer: { item: 'value' },
  fields: { id: id('Corporation'), name: text('Name') },
  columns: ['id', 'name'],
  example,
});
