// -o record: every field of a record as a vertical list, codes with their meaning.
import type { Format } from '../format.ts';

export const record: Format = {
  name: 'record',
  forPeople: true,
  wholeRows: false,
  columns: 'all',
  reads: 'record',
  place: 'anywhere',
  accepts: [],
  open: async view => (await import('../text/record.ts')).createRecords(view),
};
