// Records with personal values hidden: those that a document declares, those that a member's name tells, and in free text those
// that can be told by value. docs/security.md has the table.

import { isDecimal } from '../core/decimal.ts';
import type { Field, Fields, PersonalKind } from '../core/fields.ts';
import { isObject, isText, type Json, type JsonObject, scalarText } from '../core/json.ts';
import { looksLikeId, maskText, namesId, namesNumber, personalByName } from '../core/personal.ts';
import { hideByValue, personalByValue } from '../core/personal-text.ts';
import { elementSize, finish, type Steps } from '../core/turn.ts';

/** Hides every text, number and truth value inside a personal value; null stays null. */
export function* maskJson(kind: PersonalKind, value: Json): Steps<Json> {
  if (value === null) return null;
  if (Array.isArray(value)) return yield* eachElement(value, element => maskJson(kind, element));
  if (isObject(value)) return yield* mapMembers(value, (_, member) => maskJson(kind, member));
  return maskText(kind, scalarText(value) ?? '');
}

/** The record with every personal value hidden. */
export function maskRecord(record: JsonObject, fields: Fields): JsonObject {
  return finish(maskSteps(record, fields));
}

/** The same in steps, because a record may have 16 MiB. */
export function* maskSteps(record: JsonObject, fields: Fields, inherited?: PersonalKind): Steps<JsonObject> {
  const change = (name: string, member: Json): Steps<Json> => {
    const field = fieldOf(fields, name);
    if (field !== undefined) return maskField(name, member, field, field.personal ?? inherited);
    return inherited === undefined ? maskNamed(name, member) : maskJson(inherited, member);
  };
  return yield* mapMembers(record, change, name => (fieldOf(fields, name) === undefined ? personalByValue(name) : name));
}

function fieldOf(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function* maskField(name: string, value: Json, field: Field, personal: PersonalKind | undefined): Steps<Json> {
  const fields = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
  if (fields !== undefined && Array.isArray(value)) return yield* eachElement(value, element => maskField(name, element, field, personal));
  if (fields !== undefined && isObject(value)) return yield* maskSteps(value, fields, personal);
  if (personal !== undefined) return yield* maskJson(personal, value);
  if (isText(value)) return isAsDeclared(value, field) ? value : yield* hideByValue(value);
  return yield* maskInside(name, value);
}

/** Whether a text is the id, code or number that the field is declared as, which stays however it looks. */
function isAsDeclared(text: string, field: Field): boolean {
  switch (field.kind) {
    case 'id':
      return looksLikeId(text);
    case 'enum':
      return Object.hasOwn(field.values, text);
    case 'money':
    case 'number':
    case 'instant':
      return isDecimal(text);
    default:
      return false;
  }
}

/** A member that no document declares. Numbers and truth values are told by the name alone: most are amounts and counts. */
function* maskNamed(name: string, value: Json): Steps<Json> {
  const personal = typeof value === 'boolean' ? undefined : personalByName(name);
  if (personal === undefined) return yield* maskInside(name, value);
  return yield* personal === 'account' ? maskAccount(value) : maskJson(personal, value);
}

/** An account or a card as an object has an id, a bank and a state beside its number. */
function* maskAccount(value: Json): Steps<Json> {
  if (Array.isArray(value)) return yield* eachElement(value, maskAccount);
  if (!isObject(value)) return yield* maskJson('account', value);
  return yield* mapMembers(
    value,
    (name, member) => (namesNumber(name) ? maskJson('account', member) : maskNamed(name, member)),
    personalByValue,
  );
}

/** A value whose parts no document declares, such as a reference that came expanded. */
function* maskInside(name: string, value: Json): Steps<Json> {
  if (isText(value)) return namesId(name) && looksLikeId(value) ? value : yield* hideByValue(value);
  if (Array.isArray(value)) return yield* eachElement(value, element => maskInside(name, element));
  return isObject(value) ? yield* mapMembers(value, maskNamed, personalByValue) : value;
}

/** The object with its members changed, and its names shown as `show` says; names that then are one are numbered. */
function* mapMembers(
  object: JsonObject,
  change: (name: string, member: Json) => Steps<Json>,
  show = (name: string) => name,
): Steps<JsonObject> {
  const uses = new Map<string, number>();
  const members: [string, Json][] = [];
  for (const name of Object.keys(object)) {
    yield elementSize;
    const shown = show(name);
    const use = shown === name ? 1 : (uses.get(shown) ?? 0) + 1;
    uses.set(shown, use);
    members.push([use === 1 ? shown : `${shown} (${use})`, yield* change(name, object[name] ?? null)]);
  }
  return Object.fromEntries(members);
}

function* eachElement(list: readonly Json[], change: (element: Json) => Steps<Json>): Steps<Json> {
  const changed: Json[] = [];
  for (const element of list) {
    yield elementSize;
    changed.push(yield* change(element));
  }
  return changed;
}
