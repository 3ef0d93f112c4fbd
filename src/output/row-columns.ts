// The columns of a result that no document declares: told from its first rows, and of many only as many as can be read.
import type { Endpoint } from '../core/endpoint.ts';
import { declaredColumns } from './columns.ts';
import { SeenColumns } from './data-fields.ts';
import type { FieldNotes } from './field-notes.ts';
import type { View } from './format.ts';
import type { FormatPlan, OutputPlan } from './output-plan.ts';
import type { Row } from './rows.ts';

/** More columns than this nobody reads beside each other. */
const mostUnasked = 8;

/** The view with the columns of these rows, which come in portions. A table that nobody chose columns for shows the first of them, and names the others. */
export async function withRowColumns(
  view: View,
  { fields, explode, follow }: OutputPlan,
  { format }: FormatPlan,
  origin: { readonly endpoint: Endpoint; readonly notes: FieldNotes },
  portions: AsyncIterable<readonly Row[]>,
): Promise<View> {
  const seen = new SeenColumns(view.columns);
  for await (const rows of portions) seen.see(rows);
  const all = seen.expanded(declaredColumns(origin.endpoint, { explode, follow }));
  if (fields !== undefined || format.columns === 'all') return { ...view, columns: all };
  const plain = all.filter(({ field, fromData }) => !fromData || field.kind !== 'list');
  const parent = plain.find(({ request }) => !request);
  const wanted =
    explode === undefined || !origin.endpoint.open
      ? plain
      : plain.filter(column => column.request || column === parent || column.name === explode || column.name.startsWith(`${explode}.`));
  const shown = (wanted.length === 0 ? all : wanted).slice(0, mostUnasked);
  origin.notes.leaveOut(all.filter(column => !shown.includes(column)));
  return { ...view, columns: shown };
}
