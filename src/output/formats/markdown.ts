// -o markdown: for a ticket. Several rows are a table, a single one is a list; the last line says where it is from.
import type { Format } from '../format.ts';

export const markdown: Format = {
  name: 'markdown',
  forPeople: true,
  wholeRows: false,
  columns: 'default',
  reads: 'columns',
  place: 'anywhere',
  accepts: [],
  open: async view => (await import('../text/markdown.ts')).createMarkdown(view),
};
