// The cells that a documented sample has to become, worked out from the document by a parser of other people.
import { isLosslessNumber, parse } from 'lossless-json';
import { type Endpoint, envelopesOf } from '../../src/core/endpoint.ts';
import { any, type Field, type Fields, type InstantField } from '../../src/core/fields.ts';

type Row = Readonly<Record<string, unknown>>;

/** Records of a sample, wherever its envelope puts them; numbers as they stand. */
export function recordsIn(endpoint: Endpoint): Row[] {
  const body = parse(endpoint.example);
  for (const envelope of envelopesOf(endpoint)) {
    const found = valueAt(body, 'items' in envelope ? envelope.items : envelope.item);
    if ('items' in envelope ? Array.isArray(found) : isRow(found)) return [found].flat().filter(isRow);
  }
  return [];
}

/** Names of the members of rows, nested ones dotted, each once. */
export function namesIn(rows: readonly Row[], prefix = ''): string[] {
  const names = rows.flatMap(row =>
    Object.entries(row).flatMap(([name, value]) =>
      isRow(value) && !isLosslessNumber(value) ? namesIn([value], `${prefix}${name}.`) : [`${prefix}${name}`],
    ),
  );
  return [...new Set(names)];
}

/** Header and rows: columns in the order of the literal, groups dotted, keys that the answer does not repeat in front; or those named. */
export function cellsOf(endpoint: Endpoint, keys: readonly string[], rows: readonly Row[], named?: readonly string[]): string[][] {
  const declared = columnsOf(endpoint.fields);
  const columns = named?.map(path => declared.find(column => column.path === path) ?? { path, field: any(path) }) ?? declared;
  const requested =
    named !== undefined
      ? []
      : Object.entries(endpoint.keys ?? {}).flatMap(([parameter, key], at) =>
          key.field === undefined ? [[`request.${parameter}`, keys[at] ?? ''] as const] : [],
        );
  const head = [...requested.map(([column]) => column), ...columns.map(({ path }) => path)];
  const body = rows.map(row => [
    ...requested.map(([, value]) => value),
    ...columns.map(({ path, field }) => cell(field, valueAt(row, path))),
  ]);
  return [head, ...body];
}

function columnsOf(fields: Fields, prefix = ''): { readonly path: string; readonly field: Field }[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.kind === 'group' ? columnsOf(field.fields, `${prefix}${name}.`) : [{ path: `${prefix}${name}`, field }],
  );
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (name === '' ? at : isRow(at) ? at[name] : undefined), value);
}

/** Amounts and numbers as sent, instants in UTC with their own precision, lists as JSON; a text or an id that begins as a formula is guarded. */
function cell(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  const source = isLosslessNumber(value) ? value.value : value;
  if (field.kind === 'instant') return utcText(field, String(source));
  if (typeof source === 'object') return compact(source);
  return (field.kind === 'text' || field.kind === 'id') && /^[-+=@]/.test(String(source)) ? `'${source}` : String(source);
}

function utcText({ unit, none }: InstantField, source: string): string {
  if (source === none?.is) return '';
  if (unit === 'iso') return source;
  if (unit === 'ms') return new Date(Number(source)).toISOString();
  const [seconds = '', fraction] = source.split('.');
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

function compact(value: unknown): string {
  if (isLosslessNumber(value)) return value.value;
  if (Array.isArray(value)) return `[${value.map(compact).join(',')}]`;
  if (isRow(value)) {
    const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${compact(inner)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
