// -o xlsx: a workbook for people who work in a spreadsheet. What is in it is exact, and nothing in it is a formula.
import type { Format } from '../format.ts';

export const xlsx: Format = {
  name: 'xlsx',
  forPeople: true,
  wholeRows: false,
  columns: 'all',
  reads: 'record',
  place: 'file',
  accepts: [],
  open: async view => (await import('../sheet/workbook.ts')).createWorkbook(view),
};
