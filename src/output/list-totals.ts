// What rows add up to without being asked for: only amounts of which a literal says that adding them up makes sense.
import type { Endpoint } from '../core/endpoint.ts';
import type { Field } from '../core/fields.ts';
import { allColumns, type Column } from './columns.ts';
import { cellOf, explodeRow, type Row, rowCount } from './rows.ts';
import { type SumColumn, Sums, sumColumns } from './sums.ts';

/** Of each amount its exact total, `350.00` or `12.00 USD + 5.00 CNY`. */
export type ListTotals = readonly { readonly name: string; readonly amounts: string }[];

/** Whether the amounts of several rows make a sum that means something, and may be shown. */
function addsUp(field: Field): boolean {
  return field.kind === 'money' && field.adds === true && field.personal === undefined;
}

/** Columns of a list that are added up without being asked for: where rows are of many things, only by their currency. */
export function additiveColumns(endpoint: Endpoint, shown: readonly Column[]): SumColumn[] {
  const names = shown.filter(({ field, request, followed }) => addsUp(field) && !request && followed === undefined).map(({ name }) => name);
  return sumColumns(endpoint, names, {}).filter(({ currency }) => currency !== undefined);
}

/** What the elements of a nested list add up to: parts of one thing. An amount that is missing, unreadable or of an unknown currency leaves its total out. */
export function listTotals(endpoint: Endpoint, row: Row, list: Column): ListTotals {
  const { field, name: explode } = list;
  if (field.kind !== 'list' || field.fields === undefined || list.followed !== undefined) return [];
  const chosen = field.columns?.map(name => `${explode}.${name}`);
  const names = allColumns(endpoint, { explode }).flatMap(({ name, field: each }) =>
    addsUp(each) && name.startsWith(`${explode}.`) && (chosen?.includes(name) ?? true) ? [name] : [],
  );
  if (names.length === 0) return [];
  const sums = new Sums(sumColumns(endpoint, names, { explode }));
  const rows = rowCount(row.record, explode.split('.'));
  if (rows < 2) return [];
  for (const each of explodeRow(row, explode)) sums.add(column => cellOf(each, column));
  const facts = sums.facts();
  return names.flatMap(name => {
    const own = facts.filter(fact => fact.field === name);
    const isWhole = own.every(({ total }) => total !== null) && own.reduce((count, { amounts }) => count + amounts, 0) === rows;
    const amounts = own.map(({ total, currency }) => [total, currency].filter(part => part !== null).join(' '));
    return isWhole ? [{ name, amounts: amounts.join(' + ') }] : [];
  });
}
