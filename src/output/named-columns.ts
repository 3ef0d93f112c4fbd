// Which columns a name means, and which are shown where nobody names any.
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { Field, Fields } from '../core/fields.ts';
import { say, type Words } from '../core/say.ts';
import {
  allColumns,
  type Column,
  type ColumnOptions,
  dataColumn,
  explodableLists,
  type Followed,
  followedColumns,
  followMember,
  isWithin,
} from './columns.ts';
import { nearNames, slipOf } from './near-names.ts';

/** The column with this name, also one that the data may have where something is open. */
export function findColumn(known: readonly Column[], name: string): Column | undefined {
  const declared = known.find(column => column.name === name);
  if (declared !== undefined || name === '') return declared?.name === '' ? undefined : declared;
  const isOpen = known.some(column => column.fromData && (column.name === '' || isWithin(name, column.name)));
  return isOpen ? dataColumn(name.split('.')) : undefined;
}

/**
 * The columns with these names, in this order, each once. The name of a group or of the exploded list stands for its columns.
 * Throws a UsageError that lists the valid names.
 */
export function selectColumns(endpoint: Endpoint, names: readonly string[], options: ColumnOptions = {}): Column[] {
  const known = allColumns(endpoint, options);
  const chosen = new Map<string, Column>();
  for (const name of names) {
    const found = known.filter(column => standsFor(name, column));
    const open =
      found.length === 0
        ? (openFollowed(options.follow ?? [], name) ?? findColumn(known, name) ?? openGroup(endpoint.fields, name))
        : undefined;
    if (found.length === 0 && open === undefined) throw unknownField(endpoint, name, known);
    for (const column of open === undefined ? found : [open]) chosen.set(column.name, column);
  }
  return [...chosen.values()];
}

/** Whether a name, or that of a group, means a column. An id and the columns of the thing it names begin alike. */
export function standsFor(name: string, column: Column): boolean {
  const isOfThing = column.followed !== undefined && !name.startsWith(`${column.followed}.`);
  return column.name !== '' && isWithin(column.name, name) && !isOfThing;
}

/** Columns of a table nobody chose columns for. With an exploded list: what tells the records apart, then the element's plain fields. */
export function defaultColumns(endpoint: Endpoint, options: ColumnOptions = {}): Column[] {
  const list = options.explode;
  const rest = [...(options.follow ?? []).flatMap(defaultsOf), ...(endpoint.open ? [dataColumn([])] : [])];
  if (list === undefined) return [...selectColumns(endpoint, endpoint.columns), ...rest];
  const parents = selectColumns(endpoint, endpoint.columns, options).filter(column => !isWithin(column.name, list));
  const first = parents.find(column => !column.request);
  const elements = allColumns(endpoint, { explode: list }).filter(column => isWithin(column.name, list) && column.field.kind !== 'list');
  return [...parents.filter(column => column.request || column === first), ...elements, ...rest];
}

/** What a table shows of a thing, but for the id, which names it. */
function defaultsOf(followed: Followed): Column[] {
  const own = new Set(Object.values(followed.endpoint.keys ?? {}).map(({ field }) => field));
  const names = followed.endpoint.columns.filter(name => !own.has(name) && !name.startsWith('request.'));
  return followedColumns([followed]).filter(column => names.some(name => isWithin(column.name, `${followed.name}.${name}`)));
}

/** The column of a field that no document declares, of a thing whose fields the data says. */
function openFollowed(follow: readonly Followed[], name: string): Column | undefined {
  const of = follow.filter(followed => name.startsWith(`${followed.name}.`)).at(-1);
  if (of === undefined) return undefined;
  const rest = name.slice(of.name.length + 1);
  const isOpen = of.endpoint.open ?? openGroup(of.endpoint.fields, rest) !== undefined;
  return isOpen ? { ...dataColumn([followMember, of.name, ...rest.split('.')]), followed: of.name } : undefined;
}

/** The column of a field that a tenant has made in an open group: no column unless it is named. */
function openGroup(fields: Fields, name: string): Column | undefined {
  const path = name.split('.');
  let inner: Field | undefined = { kind: 'group', label: '', fields };
  for (const part of path) {
    if (inner?.kind !== 'group') return undefined;
    const next: Field | undefined = Object.hasOwn(inner.fields, part) ? inner.fields[part] : undefined;
    if (next === undefined) return inner.open ? dataColumn(path) : undefined;
    inner = next;
  }
  return undefined;
}

function unknownField(endpoint: Endpoint, name: string, known: readonly Column[]): UsageError {
  const list = explodableLists(endpoint).find(candidate => name.startsWith(`${candidate}.`));
  const names = known.flatMap(column => column.name || []);
  if (list !== undefined)
    return new UsageError(say`${name} is inside a list; it is a field with --explode ${list}`, { hint: nearHint(nearNames(name, names)) });
  return refusedField(name, slipOf(name, names), nearNames(name, names));
}

/** The error for a name that is none: which one is meant, and the few that may be. */
export function refusedField(name: string, meant: string | undefined, near: readonly string[]): UsageError {
  const said = meant === undefined ? '' : say` (did you mean ${meant}?)`;
  return new UsageError(say`unknown field: ${name}${said}`, { hint: nearHint(near) });
}

/** The few that may be meant, and where all stand. */
export function nearHint(near: readonly string[]): Words {
  return near.length === 0 ? say`all names: --fields without a value` : say`near: ${near.join(', ')}; all names: --fields without a value`;
}
