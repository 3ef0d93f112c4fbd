// Which columns an endpoint has, from its declared fields alone: the set never depends on the data.
import { closest, distance } from 'fastest-levenshtein';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { Field, Fields, ListField } from '../core/fields.ts';
import { keyHeading } from '../core/keys.ts';
import { say, type Words } from '../core/say.ts';
import { nearNames } from './near-names.ts';
import type { EndpointTranslations } from './translations.ts';

/** One column: a documented field that is no group, an element's field of an exploded list, or a key asked for. */
export interface Column {
  /** Documented name, nested ones dotted; `request.<parameter>` for a key the answer does not repeat. */
  readonly name: string;
  /** Header for people; labels of groups stand before it. */
  readonly label: string;
  /** The parts of `label`, one for each part of `path`: groups, outermost first, then the field. */
  readonly labels: readonly string[];
  readonly field: Field;
  /** Where the value is in the record, or the parameter name among the keys asked for. */
  readonly path: readonly string[];
  readonly request?: true;
  /** Name of the followed field of whose thing this is a field. */
  readonly followed?: string;
  /**
   * No document declares what stands here: the data says. At the name '' it stands for every field beside the declared ones, else
   * for a value that may turn out to be an object with fields of its own, or the elements of an exploded list.
   */
  readonly fromData?: true;
}

/** How a row is cut from a record. */
export interface ColumnOptions {
  /** Name of the nested list of which each element is a row of its own. */
  readonly explode?: string | undefined;
  /** Fields whose things stand in the record, under `_follow`. */
  readonly follow?: readonly Followed[] | undefined;
}

/** A field that is followed, and the endpoint that answers with the thing it names. */
export interface Followed {
  /** Prefix of the columns: the name of the field, behind that of the followed field by which it was reached. */
  readonly name: string;
  /** Heading of the field, groups before it. */
  readonly label: string;
  readonly endpoint: Endpoint;
}

/** The member of a record in which the things it names stand, by the names of the fields. A name of ours: the provider's own is lost. */
export const followMember = '_follow';

/**
 * Every column of an endpoint: keys the answer does not repeat, then documented fields in the document's order, then what the data
 * adds to an open record. Throws UsageError.
 */
export function allColumns(endpoint: Endpoint, options: ColumnOptions = {}): Column[] {
  checkExplode(endpoint, options.explode);
  return [
    ...requestColumns(endpoint),
    ...fieldColumns(endpoint.fields, options.explode),
    ...followedColumns(options.follow ?? []),
    ...(endpoint.open ? [dataColumn([])] : []),
  ];
}

/** The documented fields of records, and of the things that stand in them. */
export function recordFields(endpoint: Endpoint, follow: readonly Followed[]): Fields {
  return follow.length === 0 ? endpoint.fields : { ...endpoint.fields, ...followedFields(follow) };
}

function followedFields(follow: readonly Followed[]): Fields {
  const things = follow.map(({ name, label, endpoint: { fields, open } }) => {
    const thing: Field = { kind: 'group', label, fields, ...(open && { open }) };
    return [name, thing] as const;
  });
  // A record shows no heading for what has no label.
  return { [followMember]: { kind: 'group', label: '', fields: Object.fromEntries(things) } };
}

function followedColumns(follow: readonly Followed[]): Column[] {
  return fieldColumns(followedFields(follow), undefined).map(column => ({ ...column, followed: column.path[1] ?? '' }));
}

/** Every column that a document declares. */
export function declaredColumns(endpoint: Endpoint, options: ColumnOptions = {}): Column[] {
  return allColumns(endpoint, options).filter(({ fromData }) => !fromData);
}

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

/** Columns of the elements of a list with documented fields: names and paths are the element's own. */
export function elementColumns(list: ListField): Column[] {
  return fieldColumns(inheritPersonal(list, list.fields ?? {}), undefined);
}

/** Names of the nested lists that can be exploded. */
export function explodableLists(endpoint: Endpoint): string[] {
  return fieldColumns(endpoint.fields, undefined)
    .filter(column => column.field.kind === 'list')
    .map(column => column.name);
}

/** The same columns with the labels of a language. `prefix` stands before names that are relative to a list: `invoice_items.`. */
export function resolveLabels(columns: readonly Column[], words: EndpointTranslations, prefix = ''): Column[] {
  return columns.map(column => {
    const nameOf = (at: number) => (column.request ? column.name : prefix + nameAt(column.path.slice(0, at + 1)));
    const labels = column.labels.map((label, at) => words.label(nameOf(at), label));
    return { ...column, labels, label: joinLabels(labels) };
  });
}

function requestColumns(endpoint: Endpoint): Column[] {
  return Object.entries(endpoint.keys ?? {})
    .filter(([, key]) => key.field === undefined)
    .map(([parameter]) => {
      const label = keyHeading(parameter);
      return { name: `request.${parameter}`, label, labels: [label], field: { kind: 'id', label }, path: [parameter], request: true };
    });
}

/** Columns of fields in their order; `path` and `heads` are the names and labels of the groups they are in. */
export function fieldColumns(
  fields: Fields,
  explode: string | undefined,
  path: readonly string[] = [],
  heads: readonly string[] = [],
): Column[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const at = [...path, key];
    const name = nameAt(at);
    const labels = [...heads, field.label];
    if (field.kind === 'group') return fieldColumns(inheritPersonal(field, field.fields), explode, at, labels);
    if (field.kind !== 'list' || name !== explode) return [{ name, label: joinLabels(labels), labels, field, path: at }];
    if (field.fields !== undefined) return fieldColumns(inheritPersonal(field, field.fields), undefined, at, labels);
    return [{ name, label: joinLabels(labels), labels, field: elementField(field), path: at, fromData: true }];
  });
}

function nameAt(path: readonly string[]): string {
  return (path[0] === followMember ? path.slice(1) : path).join('.');
}

function joinLabels(labels: readonly string[]): string {
  return labels.filter(label => label !== '').join(': ');
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

/** What the data decides at a place; the whole record where there is no path. */
function dataColumn(path: readonly string[]): Column {
  const name = nameAt(path);
  const labels = path.map((part, at) => (at === 0 && part === followMember ? '' : part));
  return { name, label: name, labels, field: { kind: 'any', label: name }, path, fromData: true };
}

/** An element whose shape is not documented is a column by itself. */
function elementField({ label, personal }: ListField): Field {
  return { kind: 'any', label, ...(personal && { personal }) };
}

/** What makes a whole personal makes its parts personal. */
function inheritPersonal({ personal }: Field, fields: Fields): Fields {
  if (personal === undefined) return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { personal, ...field }]));
}

function isDeclared({ fields }: Endpoint, name: string): boolean {
  return fieldColumns(fields, undefined).some(column => isWithin(column.name, name));
}

function isWithin(name: string, list: string): boolean {
  return name === list || name.startsWith(`${list}.`);
}

function checkExplode(endpoint: Endpoint, explode: string | undefined): void {
  if (explode === undefined || (endpoint.open && !isDeclared(endpoint, explode))) return;
  const lists = explodableLists(endpoint);
  if (lists.includes(explode)) return;
  const hint = lists.length === 0 ? say`${endpoint.name} has no nested list` : say`nested lists of ${endpoint.name}: ${lists.join(', ')}`;
  throw new UsageError(say`unknown list field: ${explode}`, { hint });
}

function unknownField(endpoint: Endpoint, name: string, known: readonly Column[]): UsageError {
  const list = explodableLists(endpoint).find(candidate => name.startsWith(`${candidate}.`));
  const names = known.flatMap(column => column.name || []);
  if (list !== undefined)
    return new UsageError(say`${name} is inside a list; it is a field with --explode ${list}`, { hint: fieldsHint(name, names) });
  const near = closest(name, names);
  const said = near !== undefined && distance(name, near) < Math.min(3, name.length) ? say` (did you mean ${near}?)` : '';
  return new UsageError(say`unknown field: ${name}${said}`, { hint: fieldsHint(name, names) });
}

/** The few that may be meant, and where all stand. */
export function fieldsHint(name: string, names: readonly string[]): Words {
  const near = nearNames(name, names);
  return near.length === 0 ? say`all names: --fields without a value` : say`near: ${near.join(', ')}; all names: --fields without a value`;
}
