// Settlements: the part of a record that was put against one demand (instalment).
// Doc: https://api-docs.crego.io/api-10694103. The page names no paging parameters.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { any, flag, id, instant, money, number } from '../../core/fields.ts';
import example from './settlements.example.json';

/** The page declares every field of a settlement optional. */
const optional = { optional: true } as const;

export default defineEndpoint({
  name: 'settlements',
  summary: 'Settlements of a demand (instalment) or a loan',
  doc: {
    url: 'https://api-docs.crego.io/api-10694103',
    notes: [
      'All filters are optional; what a call without any answers is not documented, and there is no documented filter by record.',
      'Whether count is the total of all pages is not stated; it is taken for it.',
    ],
  },
  path: '/v1/lms/settlements/',
  params: {
    demand: { in: 'query', about: 'only settlements of this demand (instalment)', grammar: uuid, filters: 'demand' },
    expand: { in: 'query', about: 'reference to expand in the answer, such as record' },
    loan: { in: 'query', about: 'only settlements of this loan' },
  },
  answer: { items: 'results' },
  paging: {
    kind: 'page',
    page: 'page',
    first: 1,
    defaultSize: 15,
    total: 'count',
    current: 'current_page',
    pageSize: 'page_size',
    unverified: true,
  },
  fields: {
    id: id('Settlement', optional),
    created_at: instant('Created', 's', optional),
    updated_at: instant('Updated', 's', optional),
    date: instant('Date', 's', optional),
    amount: money('Amount', optional),
    outstanding_amount: money('Outstanding', optional),
    remaining_amount: money('Remaining', optional),
    sent_to_gl: flag('Sent to GL', { ...optional, about: 'GL: general ledger' }),
    due_amount: money('Due', optional),
    dpd: number('DPD', { ...optional, about: 'by its name: days past due' }),
    peak_dpd: number('Peak DPD', optional),
    to_be_deleted: flag('To be deleted', optional),
    account: id('Account', { ...optional, about: 'loan account' }),
    demand: id('Demand', { ...optional, about: 'instalment' }),
    record: any('Record', { ...optional, of: 'record', about: 'id of a record, or the record itself with --expand record' }),
  },
  columns: ['id', 'date', 'amount', 'remaining_amount', 'dpd', 'demand', 'record'],
  unified: {
    kind: 'settlement',
    id: 'id',
    amount: 'amount',
    outstanding: 'outstanding_amount',
    date: 'date',
    party: 'account',
  },
  example,
});
