// -o csv: RFC 4180, the columns fixed by the endpoint.
import type { Format } from '../format.ts';

export const csv: Format = {
  name: 'csv',
  forPeople: false,
  wholeRows: true,
  names: 'in-head',
  columns: 'all',
  reads: 'columns',
  place: 'anywhere',
  accepts: ['bom', 'delimiter', 'decimal'],
  open: async view => (await import('../text/csv.ts')).createCsv({ ...view, kind: 'csv' }),
};
