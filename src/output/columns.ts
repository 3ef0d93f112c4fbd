// Which columns an endpoint has, from its declared fields alone: the set never depends on the data.
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { Field, Fields, ListField } from '../core/fields.ts';
import { keyHeading } from '../core/keys.ts';
import { say } from '../core/say.ts';
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
    ...(options.explode === undefined ? documentedColumns(endpoint.fields) : fieldColumns(endpoint.fields, options.explode)),
    ...followedColumns(options.follow ?? []),
    ...(endpoint.open ? [dataColumn([])] : []),
  ];
}

const documented = new WeakMap<Fields, readonly Column[]>();

/** Made once: a call asks for them when it is checked, when it is planned and for what it shows. */
function documentedColumns(fields: Fields): readonly Column[] {
  const columns = documented.get(fields) ?? fieldColumns(fields, undefined);
  documented.set(fields, columns);
  return columns;
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

/** The columns of things that stand in records. */
export function followedColumns(follow: readonly Followed[]): Column[] {
  return fieldColumns(followedFields(follow), undefined).map(column => ({ ...column, followed: column.path[1] ?? '' }));
}

/** Every column that a document declares. */
export function declaredColumns(endpoint: Endpoint, options: ColumnOptions = {}): Column[] {
  return allColumns(endpoint, options).filter(({ fromData }) => !fromData);
}

/** Columns of the elements of a list with documented fields: names and paths are the element's own. */
export function elementColumns(list: ListField): Column[] {
  return fieldColumns(inheritPersonal(list, list.fields ?? {}), undefined);
}

/** Names of the nested lists that can be exploded. */
export function explodableLists(endpoint: Endpoint): string[] {
  return documentedColumns(endpoint.fields)
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

/** What the data decides at a place; the whole record where there is no path. */
export function dataColumn(path: readonly string[]): Column {
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
  return documentedColumns(fields).some(column => isWithin(column.name, name));
}

/** Whether a name is that of a field or of what is inside of it. */
export function isWithin(name: string, list: string): boolean {
  return name === list || name.startsWith(`${list}.`);
}

function checkExplode(endpoint: Endpoint, explode: string | undefined): void {
  if (explode === undefined || (endpoint.open && !isDeclared(endpoint, explode))) return;
  const lists = explodableLists(endpoint);
  if (lists.includes(explode)) return;
  const hint = lists.length === 0 ? say`${endpoint.name} has no nested list` : say`nested lists of ${endpoint.name}: ${lists.join(', ')}`;
  throw new UsageError(say`unknown list field: ${explode}`, { hint });
}
