// Staff page by page, those who left among them. Doc: https://docs.ekuaibao.com/docs/open-api/corporation/get-all-staffs, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { staffFields } from './staff-fields.ts';
import example from './staffs.example.json';

export default defineEndpoint({
  name: 'staffs',
  summary: 'The staff of the tenant',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/corporation/get-all-staffs',
    read: '2026-11-21',
    notes: [
      'Without --active staff who left are among the rows, without --external both kinds.',
      'Times are text without a zone. startDate and endDate filter by the time of the last change.',
    ],
  },
  path: '/api/openapi/v1.1/staffs',
  params: {
    start: { in: 'query', about: 'rows to leave out before the first', type: 'number' },
    count: { in: 'query', about: 'rows of a page, at most 100', type: 'number' },
    active: { in: 'query', about: 'true: enabled staff; false: disabled staff; without it both', choices: ['true', 'false'] },
    external: { in: 'query', about: 'true: external staff; false: internal staff; without it both', choices: ['true', 'false'] },
    startDate: { in: 'query', about: 'only changed from this time on', instant: { form: 'text' } },
    endDate: { in: 'query', about: 'only changed up to this time', instant: { form: 'text', end: true } },
    orderBy: { in: 'query', about: 'what to sort by', choices: ['updateTime'] },
    orderByType: { in: 'query', about: 'direction, by default asc', choices: ['asc', 'desc'] },
  },
  answer: { items: 'items' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 100, maxSize: 100, total: 'count' },
  fields: staffFields,
  columns: ['id', 'name', 'code', 'defaultDepartment', 'active', 'authState', 'external'],
  example,
});
