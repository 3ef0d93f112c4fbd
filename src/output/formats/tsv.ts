// -o tsv: TAB between cells, and no TAB or line end inside one.
import type { Format } from '../format.ts';

export const tsv: Format = {
  name: 'tsv',
  forPeople: false,
  wholeRows: true,
  names: 'in-head',
  columns: 'all',
  reads: 'columns',
  place: 'anywhere',
  accepts: ['bom', 'decimal'],
  open: async view => (await import('../text/csv.ts')).createCsv({ ...view, kind: 'tsv' }),
};
