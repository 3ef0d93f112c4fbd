// Checks a record against its documented fields. Unreadable keys and amounts are errors; any other drift is collected.
import { isDecimal } from '../core/decimal.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import type { EnumField, Field, Fields } from '../core/fields.ts';
import { getPath, isObject, isText, type Json, type JsonObject, numberText, scalarText } from '../core/json.ts';
import { say } from '../core/say.ts';
import type { Drift } from './drift.ts';

/** Checks one record; adds to `drift`. Throws ResponseError for an amount that is no number and for a missing key. */
export function checkShape(endpoint: Endpoint, record: JsonObject, drift: Drift): void {
  for (const parameter in endpoint.keys) {
    const field = endpoint.keys[parameter]?.field;
    if (field === undefined) continue;
    const value = getPath(record, field) ?? null;
    if (!isText(value) && typeof value !== 'number' && numberText(value) === undefined) {
      throw new ResponseError(say`the answer has no ${field}, so it cannot be told whose it is`);
    }
  }
  checkFields(endpoint.fields, record, '', drift, endpoint.open);
}

/** A documented field as it is looked up in every record. */
interface Expected {
  readonly name: string;
  readonly field: Field;
  /** What `typeof` says of a value that needs no further look; '' when every value does. */
  readonly plainly: 'string' | 'boolean' | '';
  readonly mayBeNumber: boolean;
}

/** Made once for a set of fields: a file may hold a hundred thousand records. */
const expectedOf = new WeakMap<Fields, readonly Expected[]>();

function expected(fields: Fields): readonly Expected[] {
  let list = expectedOf.get(fields);
  if (list === undefined) {
    list = Object.entries(fields).map(([name, field]) => ({ name, field, ...plainTypes[field.kind] }));
    expectedOf.set(fields, list);
  }
  return list;
}

const justText = { plainly: 'string', mayBeNumber: false } as const;
const textOrNumber = { plainly: 'string', mayBeNumber: true } as const;
const closerLook = { plainly: '', mayBeNumber: false } as const;

const plainTypes: Readonly<Record<Field['kind'], Pick<Expected, 'plainly' | 'mayBeNumber'>>> = {
  text: justText,
  url: justText,
  day: justText,
  'date-text': justText,
  id: textOrNumber,
  instant: textOrNumber,
  number: textOrNumber,
  flag: { plainly: 'boolean', mayBeNumber: false },
  money: { plainly: '', mayBeNumber: true },
  enum: closerLook,
  group: closerLook,
  list: closerLook,
  any: closerLook,
};

/** Whether the check asks what stands at a path, and not only whether it is a text, a number or another kind of value. */
export function looksAtValue(fields: Fields, [name = '', ...rest]: readonly string[]): boolean {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field?.kind === 'enum' || field?.kind === 'money') return true;
  return field !== undefined && 'fields' in field && field.fields !== undefined && looksAtValue(field.fields, rest);
}

function checkFields(fields: Fields, record: JsonObject, prefix: string, drift: Drift, open = false): void {
  const list = expected(fields);
  let present = 0;
  // Most records have the documented members in the document's order: those are walked side by side, which asks for no name.
  for (const name in record) {
    const wanted = list[present];
    if (wanted === undefined || wanted.name !== name) break;
    present += 1;
    checkMember(wanted, record[name] ?? null, prefix, drift, open);
  }
  for (const wanted of present === list.length ? [] : list.slice(present)) {
    const value = record[wanted.name];
    if (value === undefined) {
      if (!wanted.field.optional) drift.noteField('missing', prefix + wanted.name);
      continue;
    }
    present += 1;
    checkMember(wanted, value, prefix, drift, open);
  }
  if (open) return;
  const names = Object.keys(record);
  if (names.length === present) return;
  for (const name of names) if (!Object.hasOwn(fields, name)) drift.noteMember(prefix, name);
}

function checkMember(wanted: Expected, value: Json, prefix: string, drift: Drift, open: boolean): void {
  if (value !== null && !isPlain(wanted, value)) checkValue(wanted.field, value, prefix + wanted.name, drift, open);
}

/** The usual case, decided without building the path. */
function isPlain({ plainly, mayBeNumber }: Expected, value: Json): boolean {
  const type = typeof value;
  if (type === 'number') return mayBeNumber;
  return type === plainly && (type === 'boolean' || mayBeNumber || isText(value));
}

function checkValue(field: Field, value: Json, path: string, drift: Drift, open: boolean): void {
  switch (field.kind) {
    case 'money':
      if (numberText(value) === undefined && !(isText(value) && isDecimal(value))) throw new ResponseError(say`${path} is not an amount`);
      return;
    case 'group':
      if (isObject(value)) checkFields(field.fields, value, `${path}.`, drift, open || field.open);
      else drift.noteField('changed', path);
      return;
    case 'list':
      checkList(field.fields, value, path, drift, open);
      return;
    case 'enum':
      checkCode(field, scalarText(value) ?? '', path, drift);
      return;
    case 'any':
      return;
    case 'flag':
      if (typeof value !== 'boolean') drift.noteField('changed', path);
      return;
    case 'number':
    case 'instant':
    case 'id':
      if (!isText(value) && numberText(value) === undefined) drift.noteField('changed', path);
      return;
    default:
      if (!isText(value)) drift.noteField('changed', path);
  }
}

function checkCode({ open, values }: EnumField, code: string, path: string, drift: Drift): void {
  if (!open && !Object.hasOwn(values, code)) drift.noteCode(path, code);
}

function checkList(fields: Fields | undefined, value: Json, path: string, drift: Drift, open: boolean): void {
  if (!Array.isArray(value)) {
    drift.noteField('changed', path);
    return;
  }
  if (fields === undefined) return;
  for (const element of value) {
    if (isObject(element)) checkFields(fields, element, `${path}.`, drift, open);
    else drift.noteField('changed', path);
  }
}
