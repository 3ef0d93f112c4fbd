// -o html: one page that needs nothing else, for a ticket or a colleague. Rows are a table, the only record of a lookup a list of all its fields.
import type { Format } from '../format.ts';

export const html: Format = {
  name: 'html',
  forPeople: true,
  wholeRows: false,
  columns: 'default',
  reads: 'record',
  place: 'no-terminal',
  accepts: [],
  open: async view => (await import('../page/table-page.ts')).createTablePage(view),
};

/** The same for one record: there is room for all of it. */
export const htmlRecord: Format = {
  ...html,
  columns: 'all',
  open: async view => (await import('../page/record-page.ts')).createRecordPage(view),
};
