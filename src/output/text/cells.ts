// One value as people read it, in a table or a record. Everything that leaves here is safe for a terminal.

import { visible } from '../../console/escape.ts';
import type { Field } from '../../core/fields.ts';
import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Zone } from '../../core/zones.ts';
import type { EndpointTranslations } from '../translations.ts';
import { plainText } from '../values.ts';
import { humanText, readInstant } from './instants.ts';

export interface CellStyle {
  readonly words: EndpointTranslations;
  readonly zone: Zone;
}

/** Text of a value in a table: codes as sent, instants in the zone, '' for null and missing. `name` is the field's dotted name. */
export function humanCell(value: Json | undefined, field: Field, name: string, { words, zone }: CellStyle): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'instant') {
    if (field.none !== undefined && plainText(value) === field.none.is) return visible(words.none(name, field.none.say));
    const instant = readInstant(value, field.unit);
    if (instant !== undefined) return humanText(instant, zone);
  }
  if (field.kind === 'list' && Array.isArray(value)) return listCell(value, words);
  return visible(plainText(value));
}

/** Plain values are listed; of objects only the count is shown. */
function listCell(elements: readonly Json[], words: EndpointTranslations): string {
  if (elements.length === 0 || !elements.every(isPlain)) return visible(words.items(elements.length));
  return visible(elements.map(plainText).join(', '));
}

const isPlain = (element: Json): boolean => !isObject(element) && !Array.isArray(element);

/** Whether a record shows a list as a table of its own. */
export function isTabular(field: Field, value: Json | undefined): value is JsonObject[] {
  return field.kind === 'list' && field.fields !== undefined && Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** Text of a value in a record: as in a table, but codes carry their meaning and undocumented elements are shown whole. */
export function recordCell(value: Json | undefined, field: Field, name: string, style: CellStyle): string {
  const text = humanCell(value, field, name, style);
  if (field.kind === 'enum' && value !== undefined && value !== null) {
    const code = plainText(value);
    const gloss = Object.hasOwn(field.values, code) ? field.values[code] : undefined;
    const meaning = gloss === undefined ? text : visible(style.words.gloss(name, code, gloss));
    return meaning === text ? text : `${text} (${meaning})`;
  }
  if (field.kind === 'list' && Array.isArray(value) && !value.every(isPlain) && !isTabular(field, value)) return visible(plainText(value));
  return text;
}

/** Whether a column's values and header stand at the right edge. */
export function isRightAligned({ kind }: Field): boolean {
  return kind === 'money' || kind === 'number';
}
