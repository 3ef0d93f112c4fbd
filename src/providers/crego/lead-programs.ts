// Programs (credit lines) of a lead. Doc: https://api-docs.crego.io/api-10693989, read 2026-11-21.
// The page prints no answer: what the sample holds is made up, its envelope is that of the settlements.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import example from './lead-programs.example.json';

export default defineEndpoint({
  name: 'lead-programs',
  summary: 'Programs (credit lines) of a lead',
  doc: {
    url: 'https://api-docs.crego.io/api-10693989',
    read: '2026-11-21',
    notes: ['Whether the list is paged is not documented; an answer may be a list, a page of one, or one object.'],
  },
  path: '/v1/crm/leads/{id}/programs/',
  keys: { id: { arg: 'lead-ids', about: 'leads', grammar: uuid, many: 'each' } },
  answer: [{ items: 'results' }, { items: '' }, { item: '' }],
  fields: {},
  open: true,
  columns: [],
  example,
  exampleKeys: [{ id: '512bd868-260a-42a2-8ba9-b82ecef7f022' }],
});
