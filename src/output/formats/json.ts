// -o json: one array of the provider's records.
import type { Format } from '../format.ts';

export const json: Format = {
  name: 'json',
  forPeople: false,
  wholeRows: true,
  names: 'in-rows',
  columns: 'all',
  reads: 'fields',
  place: 'anywhere',
  accepts: ['numbers'],
  open: async view => (await import('../text/json.ts')).createJson(view),
};
