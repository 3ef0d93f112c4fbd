// In which order a screen shows the fields of a record nobody chose the fields of: the answer first, then what else there is, and
// what is empty or false by name only.
import { isObject } from '../../core/json.ts';
import type { Column } from '../columns.ts';
import { cellOf, type Row, valueAt } from '../rows.ts';

export interface ScreenOrder {
  /** The default columns of a table, in their order. */
  readonly leading: readonly Column[];
  /** What else has a value. */
  readonly others: readonly Column[];
  /** Headings of flags that are false. */
  readonly no: readonly string[];
  /** Headings of fields without a value; a group that is not there is named once. */
  readonly empty: readonly string[];
}

/** `leading` are names of columns. */
export function screenOrder(row: Row, columns: readonly Column[], leading: readonly string[]): ScreenOrder {
  const first = leading.flatMap(name => columns.filter(column => column.name === name));
  const others: Column[] = [];
  const [no, empty] = [new Set<string>(), new Set<string>()];
  for (const column of columns) {
    if (leading.includes(column.name)) continue;
    const groups = column.request ? [] : column.path.slice(0, -1);
    const missing = groups.findIndex((_, at) => (valueAt(row.record, groups.slice(0, at + 1)) ?? null) === null);
    const value = cellOf(row, column);
    // A group that is something else than an object is shown as sent, by the first of its columns.
    const isOdd = groups.some((_, at) => !isObject(valueAt(row.record, groups.slice(0, at + 1)) ?? {}));
    if (missing >= 0) empty.add(heading(column.labels.slice(0, missing + 1)));
    else if (isOdd) others.push(column);
    else if (value === false) no.add(heading(column.labels));
    else if (isEmpty(value)) empty.add(heading(column.labels));
    else others.push(column);
  }
  return { leading: first, others, no: [...no], empty: [...empty] };
}

function isEmpty(value: ReturnType<typeof cellOf>): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function heading(labels: readonly string[]): string {
  return labels.filter(label => label !== '').join(': ');
}
