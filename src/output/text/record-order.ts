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
  const [no, empty] = [new Headings(), new Headings()];
  for (const column of columns) {
    if (leading.includes(column.name)) continue;
    const groups = column.request ? [] : column.path.slice(0, -1);
    const missing = groups.findIndex((_, at) => (valueAt(row.record, groups.slice(0, at + 1)) ?? null) === null);
    const value = cellOf(row, column);
    // A group that is something else than an object is shown as sent, by the first of its columns.
    const isOdd = groups.some((_, at) => !isObject(valueAt(row.record, groups.slice(0, at + 1)) ?? {}));
    if (missing >= 0) empty.add(column.labels.slice(0, missing + 1));
    else if (isOdd) others.push(column);
    else if (value === false) no.add(column.labels);
    else if (isEmpty(value)) empty.add(column.labels);
    else others.push(column);
  }
  return { leading: first, others, no: no.texts, empty: empty.texts };
}

function isEmpty(value: ReturnType<typeof cellOf>): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** Headings by their groups: `Collection bank (Tags, Name at bank)`. */
class Headings {
  readonly #groups = new Map<string, Set<string>>();

  add(labels: readonly string[]): void {
    const said = labels.filter(label => label !== '');
    const group = said.slice(0, -1).join(': ');
    // What is in no group stands for itself, in its place.
    const key = group === '' ? `\n${said.join()}` : group;
    const names = this.#groups.get(key) ?? new Set();
    this.#groups.set(key, names.add(said.at(-1) ?? ''));
  }

  get texts(): string[] {
    return [...this.#groups].map(([group, names]) => {
      const [only = '', ...more] = names;
      if (group.startsWith('\n')) return only;
      return more.length === 0 ? `${group}: ${only}` : `${group} (${[...names].join(', ')})`;
    });
  }
}
