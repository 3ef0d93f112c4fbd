// A CSV export as a table: its columns with what they hold, and those that tell one row from another.
import type { Endpoint } from '../../core/endpoint.ts';
import type { Field } from '../../core/fields.ts';
import { isList } from '../../core/keys.ts';
import type { Provider } from '../../core/provider.ts';
import { type Column, type ColumnOptions, declaredColumns } from '../../output/columns.ts';
import { selectColumns } from '../../output/named-columns.ts';

/** What a cell holds, as far as every reader can tell it apart. */
export type Content = 'text' | 'amount' | 'number' | 'instant' | 'day' | 'flag' | 'json';

export interface TableColumn {
  readonly name: string;
  readonly content: Content;
  readonly title: string;
  readonly about: string | undefined;
}

export interface TableShape {
  /** `crego-record`: names files; with underscores it names tables. */
  readonly name: string;
  /** `crego record`. */
  readonly call: string;
  readonly document: string;
  readonly columns: readonly TableColumn[];
  /** Columns that are never empty and never the same in two rows; none for a list, of which no document says what tells its rows apart. */
  readonly key: readonly string[];
}

const contents: Readonly<Record<Field['kind'], Content>> = {
  text: 'text',
  url: 'text',
  'date-text': 'text',
  id: 'text',
  enum: 'text',
  any: 'text',
  group: 'json',
  list: 'json',
  money: 'amount',
  number: 'number',
  instant: 'instant',
  day: 'day',
  flag: 'flag',
};

/** The table that `-o csv` with these options writes. Throws UsageError for unknown fields. */
export function tableOf(
  provider: Provider,
  endpoint: Endpoint,
  { explode, fields }: ColumnOptions & { readonly fields?: readonly string[] | undefined },
): TableShape {
  const columns = fields === undefined ? declaredColumns(endpoint, { explode }) : selectColumns(endpoint, fields, { explode });
  const key = explode === undefined && !isList(endpoint) ? keyNames(endpoint) : [];
  const isWhole = key.every(name => columns.some(column => column.name === name));
  return {
    name: `${provider.name}-${endpoint.name}`,
    call: `${provider.name} ${endpoint.name}`,
    document: endpoint.doc.url,
    columns: columns.map(tableColumn),
    key: isWhole ? key : [],
  };
}

/** Columns of the keys that were asked for: the field that repeats a key, else the column that carries it. */
export function keyNames(endpoint: Endpoint): string[] {
  return Object.entries(endpoint.keys ?? {}).map(([parameter, key]) => key.field ?? `request.${parameter}`);
}

function tableColumn({ name, label, field }: Column): TableColumn {
  return { name, content: contents[field.kind], title: label, about: field.about };
}
