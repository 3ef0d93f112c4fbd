// The currency of an amount, where its own record names it: what a record on a screen shows beside the amount.
import type { Endpoint } from '../core/endpoint.ts';
import { isText, scalarText } from '../core/json.ts';
import { allColumns, type Column } from './columns.ts';
import { cellOf, type Row } from './rows.ts';
import { currencyOf, longestCurrency } from './sums.ts';

/** Tells the currency of a column in a row; undefined where the record does not say. */
export function currencyTeller(endpoint: Endpoint): (row: Row, column: Column) => string | undefined {
  const known = allColumns(endpoint);
  const naming = new Map<string, Column | undefined>();
  return (row, column) => {
    if (column.field.kind !== 'money' || column.followed !== undefined) return undefined;
    if (!naming.has(column.name))
      naming.set(column.name, currencyOf(endpoint.fields, column, known) ?? unifiedCurrency(endpoint, column, known));
    const from = naming.get(column.name);
    const value = from === undefined ? null : (cellOf(row, from) ?? null);
    const text = isText(value) ? scalarText(value)?.trim() : undefined;
    return text === undefined || text === '' || text.length > longestCurrency ? undefined : text;
  };
}

/** An endpoint may say for its rows of `lookup` which field names the currency of the amounts in them. */
function unifiedCurrency({ unified }: Endpoint, { name }: Column, known: readonly Column[]): Column | undefined {
  const { amount, outstanding, currency } = unified ?? {};
  return name === amount || name === outstanding ? known.find(column => column.name === currency) : undefined;
}
