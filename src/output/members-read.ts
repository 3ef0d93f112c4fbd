// Which members of a record its rows are made from: what a file has beside them need not be read.
import type { FormatPlan, OutputPlan } from './output-plan.ts';

/** Their names; undefined where the whole record is wanted, or the data says what is. */
export function membersRead({ one, many, explode, follow, order, sums, totals }: OutputPlan): ReadonlySet<string> | undefined {
  if (explode !== undefined || follow.length > 0 || !hasFixedCells(one) || !hasFixedCells(many)) return undefined;
  const added = [...sums, ...totals].flatMap(({ column, currency }) => (currency === undefined ? [column] : [column, currency]));
  const columns = [...one.columns, ...many.columns, ...(order === undefined ? [] : [order.column]), ...added];
  if (columns.some(({ fromData }) => fromData)) return undefined;
  return new Set(columns.flatMap(({ path, request }) => (request ? [] : (path[0] ?? []))));
}

/** Names that stand once, in the head, stand for all there is in a row. */
function hasFixedCells({ format }: FormatPlan): boolean {
  return format.wholeRows && format.names === 'in-head';
}
