// -o ndjson: one record a line.
import type { Format } from '../format.ts';

export const ndjson: Format = {
  name: 'ndjson',
  forPeople: false,
  wholeRows: true,
  names: 'in-rows',
  columns: 'all',
  reads: 'fields',
  place: 'anywhere',
  accepts: ['numbers'],
  open: async view => (await import('../text/json.ts')).createNdjson(view),
};
