// A nested list in a record on a terminal: how many elements, what they add up to, and one table of what its literal shows first.
import { wrap } from '../../console/width.ts';
import { isObject, type Json, type JsonObject, writeJson } from '../../core/json.ts';
import { type Column, elementColumns, resolveLabels } from '../columns.ts';
import { expandColumns } from '../data-fields.ts';
import type { Terminal } from '../format.ts';
import type { ListTotals } from '../list-totals.ts';
import { cellOf, type Row } from '../rows.ts';
import { layScreenTable, type ScreenOptions, screenCells } from './screen-table.ts';

/** More elements nobody reads on a screen, nor a year or two of instalments fewer. */
const mostRows = 50;
/** So many tell the columns of elements that no document declares. */
const mostMeasured = 1_000;

const counter: Column = {
  name: '#',
  label: '#',
  labels: ['#'],
  field: { kind: 'number', label: '#' },
  path: ['#'],
  request: true,
};

/** Stands for every field of elements that no document declares. */
const anyField: Column = { name: '', label: '', labels: [], field: { kind: 'any', label: '' }, path: [], fromData: true };

export interface NestedOptions extends Omit<ScreenOptions, 'header'> {
  readonly terminal?: Terminal | undefined;
  /** What the elements of a list add up to, where that makes sense. */
  readonly totalsOf?: ((row: Row, list: Column) => ListTotals | undefined) | undefined;
}

/** The elements of a list that a terminal shows as a table, also where no document says what they are. */
export function elementsOf(value: Json | undefined): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : undefined;
}

export interface Nested {
  /** Behind the heading of the list. */
  readonly head: string;
  /** What is shown of the elements, and in which columns. */
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** Undefined where the terminal is too narrow for any table. */
  readonly lines: readonly string[] | undefined;
  /** What is left out, and how to get it. */
  readonly rest: readonly string[];
}

/** `terminal`: what is left of it for the table. */
export function nestedTable(row: Row, column: Column, elements: readonly JsonObject[], terminal: Terminal, options: NestedOptions): Nested {
  const { words, prefix = '' } = options;
  const name = prefix + column.name;
  const ordered = orderedColumns(row, column, elements, options);
  const columns = ordered.columns[0]?.field.kind === 'number' ? ordered.columns : [counter, ...ordered.columns];
  const head = [words.items(elements.length), ...totals(row, column, columns, options)].join('  ');
  const rows = elements.slice(0, mostRows).map((record, at) => ({ record, request: { '#': `${at + 1}` } }));
  const lay = (count: number) =>
    layScreenTable(rows, { ...options, columns: columns.slice(0, count), prefix: `${name}.`, header: true }, terminal);
  // What the literal shows first is not cut to make room for what it does not.
  let count = ordered.first === 0 ? columns.length : columns.length - ordered.columns.length + ordered.first;
  while (count < columns.length && lay(count + 1).whole) count += 1;
  const { legible, ...table } = lay(count);
  const more = words.more(elements.length - rows.length, legible ? table.left.length + columns.length - count : 0);
  const all = column.followed === undefined && prefix === '' ? `--explode ${name}` : '-o json';
  return {
    head,
    rows,
    columns: ordered.columns,
    lines: legible ? [...table.head, ...rows.map(table.line)] : undefined,
    rest: more === '' ? [] : wrap(`… ${more}: ${all}`, screenCells(terminal)),
  };
}

/** What the literal shows first, then what else has values; what the record itself says is not said again. */
function orderedColumns(
  row: Row,
  column: Column,
  elements: readonly JsonObject[],
  { words, prefix = '' }: NestedOptions,
): { columns: readonly Column[]; first: number } {
  const { field } = column;
  const declared = field.kind === 'list' ? field.fields : undefined;
  const all =
    field.kind === 'list' && declared !== undefined
      ? resolveLabels(elementColumns(field), words, `${prefix}${column.name}.`)
      : expandColumns([anyField], rowsOf(elements), []);
  const rows = rowsOf(elements);
  const own = all.filter(each => !repeats(row, column, each, rows));
  const chosen = field.kind === 'list' ? (field.columns ?? []) : [];
  const first = chosen.flatMap(name => own.filter(each => each.name === name));
  const others = own.filter(each => !first.includes(each));
  const [filled, empty] = [true, false].map(wanted => others.filter(each => rows.some(element => hasValue(element, each)) === wanted));
  return { columns: [...first, ...(filled ?? []), ...(empty ?? [])], first: first.length };
}

function rowsOf(elements: readonly JsonObject[]): readonly Row[] {
  return elements.slice(0, mostMeasured).map(record => ({ record, request: {} }));
}

function hasValue(row: Row, column: Column): boolean {
  const value = cellOf(row, column) ?? '';
  return value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Whether each element only says again what stands beside the list: the key of the thing that it belongs to. */
function repeats(row: Row, list: Column, { path, name, field }: Column, elements: readonly Row[]): boolean {
  const [member = '', ...rest] = path;
  if (rest.length > 0 || field.kind !== 'id') return false;
  const beside = cellOf(row, { ...list, path: [...list.path.slice(0, -1), name] });
  if (beside === undefined || beside === null || isObject(beside) || Array.isArray(beside)) return false;
  return elements.every(({ record }) => Object.hasOwn(record, member) && writeJson(record[member] ?? null) === writeJson(beside));
}

/** `sum 350.00`; with several amounts each by its heading. None where one is missing, unreadable or of an unknown currency. */
function totals(row: Row, list: Column, columns: readonly Column[], { words, totalsOf, prefix = '' }: NestedOptions): string[] {
  const known = prefix === '' ? (totalsOf?.(row, list) ?? []) : [];
  const headed = known.map(({ name, amounts }) => {
    const label = columns.find(column => `${list.name}.${column.name}` === name)?.labels.at(-1) ?? name;
    return known.length === 1 ? amounts : `${label} ${amounts}`;
  });
  return headed.length === 0 ? [] : [`${words.total}${known.length === 1 ? '' : ':'} ${headed.join(', ')}`];
}
