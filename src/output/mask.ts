// Records with personal values hidden: those that are documented, and where no document says what is there, those told by their names.
import type { Field, Fields, PersonalKind } from '../core/fields.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../core/json.ts';
import { maskText, personalByName } from '../core/personal.ts';

/** Hides every text, number and truth value inside a personal value; null stays null. */
export function maskJson(kind: PersonalKind, value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((element: Json) => maskJson(kind, element));
  if (isObject(value)) return mapMembers(value, (_, member) => maskJson(kind, member));
  return maskText(kind, scalarText(value) ?? '');
}

/** The record with every personal field hidden. */
export function maskRecord(record: JsonObject, fields: Fields, inherited?: PersonalKind): JsonObject {
  return mapMembers(record, (name, member) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field !== undefined) return maskField(member, field, field.personal ?? inherited);
    return inherited === undefined ? maskNamed(name, member) : maskJson(inherited, member);
  });
}

function maskField(value: Json, field: Field, personal: PersonalKind | undefined): Json {
  const fields = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
  if (fields !== undefined && Array.isArray(value)) return value.map((element: Json) => maskField(element, field, personal));
  if (fields !== undefined && isObject(value)) return maskRecord(value, fields, personal);
  return personal === undefined ? maskInside(value) : maskJson(personal, value);
}

/** A member that no document declares. */
function maskNamed(name: string, value: Json): Json {
  const personal = typeof value === 'boolean' ? undefined : personalByName(name);
  return personal === undefined ? maskInside(value) : maskJson(personal, value);
}

/** A value whose parts no document declares, such as a reference that came expanded. */
function maskInside(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskInside);
  return isObject(value) ? mapMembers(value, maskNamed) : value;
}

function mapMembers(object: JsonObject, change: (name: string, member: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(name, member)]));
}
