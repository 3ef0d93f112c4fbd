// Which members of a record its rows are made from: what a file has beside them need not be read.
import type { FormatPlan, OutputPlan } from './output-plan.ts';

/** Their names; undefined where the whole record is wanted, or the data says what is. */
export function membersRead(plan: OutputPlan): ReadonlySet<string> | undefined {
  const { one, many, explode, follow, order, sums, totals, fields, terminal } = plan;
  const isCut = ({ format: { reads } }: FormatPlan): boolean => reads === 'columns' || (reads === 'fields' && fields !== undefined);
  // A terminal that is too narrow for a table gets whole records.
  if (explode !== undefined || follow.length > 0 || terminal !== undefined || !isCut(one) || !isCut(many)) return undefined;
  const added = [...sums, ...totals].flatMap(({ column, currency }) => (currency === undefined ? [column] : [column, currency]));
  const columns = [...one.columns, ...many.columns, ...(order === undefined ? [] : [order.column]), ...added];
  if (columns.some(({ fromData }) => fromData)) return undefined;
  return new Set(columns.flatMap(({ path, request }) => (request ? [] : (path[0] ?? []))));
}
