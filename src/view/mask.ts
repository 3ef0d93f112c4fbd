// Personal values with most of them hidden. Enough stays to tell two people apart who are known anyway.
import type { Field, Fields, PersonalKind } from '../core/fields.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../core/json.ts';

const hidden = '••••';

/** How many characters at the end stay readable. */
const kept: Readonly<Record<Exclude<PersonalKind, 'email'>, number>> = { document: 2, phone: 2, account: 4, birth: 0, income: 0 };
const shortest = 5;

/** Hides a personal text: `a••••@example.com`, `••••0000`. An empty text stays empty. */
export function maskText(kind: PersonalKind, text: string): string {
  if (text === '') return '';
  if (kind === 'email') return maskEmail(text);
  const characters = [...text];
  return characters.length < shortest ? hidden : hidden + characters.slice(characters.length - kept[kind]).join('');
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@');
  if (at < 1) return hidden;
  const [first = '', ...others] = [...text.slice(0, at)];
  return `${others.length === 0 ? '' : first}${hidden}${text.slice(at)}`;
}

/** Hides every text, number and truth value inside a personal value; null stays null. */
export function maskJson(kind: PersonalKind, value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((element: Json) => maskJson(kind, element));
  if (isObject(value)) return mapMembers(value, (_, member) => maskJson(kind, member));
  return maskText(kind, scalarText(value) ?? '');
}

/** The record with every documented personal field hidden. */
export function maskRecord(record: JsonObject, fields: Fields, inherited?: PersonalKind): JsonObject {
  return mapMembers(record, (name, member) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field !== undefined) return maskField(member, field, field.personal ?? inherited);
    return inherited === undefined ? member : maskJson(inherited, member);
  });
}

function maskField(value: Json, field: Field, personal: PersonalKind | undefined): Json {
  const fields = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
  if (fields !== undefined && Array.isArray(value)) return value.map((element: Json) => maskField(element, field, personal));
  if (fields !== undefined && isObject(value)) return maskRecord(value, fields, personal);
  return personal === undefined ? value : maskJson(personal, value);
}

function mapMembers(object: JsonObject, change: (name: string, member: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(name, member)]));
}
