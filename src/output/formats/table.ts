// -o table: the default columns, aligned; on a terminal as many as the screen has room for.
import type { Format } from '../format.ts';

export const table: Format = {
  name: 'table',
  forPeople: true,
  wholeRows: false,
  columns: 'default',
  reads: 'columns',
  place: 'anywhere',
  accepts: [],
  open: async view => {
    const { createTable } = await import('../text/table.ts');
    const { createRecords } = await import('../text/record.ts');
    return createTable({ ...view, narrow: () => createRecords(view) });
  },
};
