// What a cell means, so that two spellings of one value are no change: amounts by value, times by time, lists by their parts.
import { canonicalDecimal, isDecimal } from '../core/decimal.ts';
import { LoanqError } from '../core/errors.ts';
import type { Field, Fields } from '../core/fields.ts';
import { unguardText } from '../core/formula-guard.ts';
import { isObject, type Json, type JsonObject, parseJson, textOrNumber, writeJson } from '../core/json.ts';
import { readInstant } from '../output/text/instants.ts';

export interface Spelling {
  /** The cell comes from a csv or tsv whose texts were guarded against formulas. */
  readonly isGuarded: boolean;
  /** Amounts and numbers differ when their texts do. */
  readonly exactText: boolean;
}

const commaDecimal = /^-?\d+,\d+(?:[eE][+-]?\d+)?$/;

/** The text as it was before it was made harmless for spreadsheets. */
export function plainCell(cell: string, { kind }: Field, { isGuarded }: Pick<Spelling, 'isGuarded'>): string {
  if (kind === 'money' || kind === 'number') return commaDecimal.test(cell) ? cell.replace(',', '.') : cell;
  return isGuarded && cell.includes("'") ? unguardText(cell) : cell;
}

/** Equal for two cells that mean the same. */
export function meaningOf(cell: string, field: Field, { exactText }: Pick<Spelling, 'exactText'>): string {
  switch (field.kind) {
    case 'money':
    case 'number':
      return exactText ? cell : quantity(cell);
    case 'instant':
      return timeOf(cell, field);
    case 'list':
    case 'group':
    case 'any':
      return /^[[{]/.test(cell) ? partsOf(cell, field, exactText) : cell;
    default:
      return cell;
  }
}

function quantity(text: string): string {
  return isDecimal(text) ? canonicalDecimal(text) : text;
}

function timeOf(cell: string, field: Extract<Field, { kind: 'instant' }>): string {
  if (cell === field.none?.is) return '';
  const instant = readInstant(cell, 'iso') ?? readInstant(cell, field.unit);
  return instant === undefined ? cell : `${instant.seconds}.${instant.fraction.replace(/0+$/, '')}`;
}

function partsOf(cell: string, field: Field, exactText: boolean): string {
  try {
    return writeJson(sorted(parseJson(cell), field, exactText));
  } catch (error) {
    if (error instanceof LoanqError) return cell;
    throw error;
  }
}

/** Members in one order, values of documented fields by their meaning. */
function sorted(value: Json, field: Field | undefined, exactText: boolean): Json {
  if (Array.isArray(value)) return value.map(element => sorted(element, field, exactText));
  if (isObject(value)) return sortedMembers(value, field !== undefined && 'fields' in field ? field.fields : undefined, exactText);
  if (field === undefined || field.kind === 'list' || field.kind === 'group' || field.kind === 'any' || value === null) return value;
  const text = textOrNumber(value);
  return text === undefined ? value : meaningOf(text, field, { exactText });
}

function sortedMembers(object: JsonObject, fields: Fields | undefined, exactText: boolean): JsonObject {
  const names = Object.keys(object).sort();
  return Object.fromEntries(
    names.map(name => [name, sorted(object[name] ?? null, fields && Object.hasOwn(fields, name) ? fields[name] : undefined, exactText)]),
  );
}
