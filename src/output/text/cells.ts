// One value as people read it, in a table or a record. Everything that leaves here is safe for a terminal.

import { distance } from 'fastest-levenshtein';
import { visible } from '../../console/escape.ts';
import type { Field, InstantField } from '../../core/fields.ts';
import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Zone } from '../../core/zones.ts';
import type { EndpointTranslations } from '../translations.ts';
import { plainText } from '../values.ts';
import { humanText, type Instant, minuteText, readInstant } from './instants.ts';

export interface CellStyle {
  readonly words: EndpointTranslations;
  readonly zone: Zone;
  /** Present where the text goes to a terminal. */
  readonly terminal?: object | undefined;
  /** Present where times are shown to the minute, without the offset that stands in the heading. */
  readonly minutes?: { readonly offset: string | undefined } | undefined;
}

/** On a terminal nobody reads more of a value, and it would take minutes to wrap it. Elsewhere values are whole. */
const mostOnScreen = 10_000;

/** Text of a provider as it may be printed. */
export function shownText(text: string, { terminal }: Pick<CellStyle, 'terminal'>): string {
  if (terminal === undefined || text.length <= mostOnScreen) return visible(text);
  return `${visible(text.slice(0, mostOnScreen).replace(/[\ud800-\udbff]$/, ''))}…`;
}

/** Text of a value in a table: codes as sent, instants in the zone, '' for null and missing. `name` is the field's dotted name. */
export function humanCell(value: Json | undefined, field: Field, name: string, style: CellStyle): string {
  const { words, zone, minutes } = style;
  if (value === undefined || value === null) return '';
  if (field.kind === 'instant') {
    if (field.none !== undefined && plainText(value) === field.none.is) return visible(words.none(name, field.none.say));
    const instant = instantOf(value, field);
    if (instant !== undefined && minutes !== undefined) return minuteText(instant, zone, minutes.offset);
    if (instant !== undefined) return shownText(humanText(instant, zone), style);
  }
  if (field.kind === 'list' && Array.isArray(value)) return listCell(value, style);
  // In a pipe a table holds what was sent.
  if (typeof value === 'boolean' && style.terminal !== undefined) return words.flag(value);
  return shownText(plainText(value), style);
}

/** The point in time a value is; undefined for one that says there is none, or that is shown as sent. */
export function instantOf(value: Json | undefined, { unit, none }: InstantField): Instant | undefined {
  if (value === undefined || value === null || (none !== undefined && plainText(value) === none.is)) return undefined;
  return readInstant(value, unit);
}

/** Plain values are listed; of objects only the count is shown. */
function listCell(elements: readonly Json[], style: CellStyle): string {
  if (elements.length === 0 || !elements.every(isPlain)) return visible(style.words.items(elements.length));
  return shownText(elements.map(plainText).join(', '), style);
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
    const more = beyondCode(meaning, code);
    return more === '' || meaning === text ? text : `${text} (${more})`;
  }
  if (field.kind === 'list' && Array.isArray(value) && !value.every(isPlain) && !isTabular(field, value))
    return shownText(plainText(value), style);
  return text;
}

/** What a gloss says that its code does not: `closed (no more items)` of `closed` is `no more items`. */
function beyondCode(gloss: string, code: string): string {
  if (saysTheSame(gloss, code)) return '';
  const repeated = gloss.toLowerCase().startsWith(inWords(code)) ? gloss.slice(code.length) : '';
  const rest = /^(?: \(|[,;:])/.test(repeated) ? repeated.replace(/^[ ,;:]+/, '').replace(/^\(([^()]*)\)$/, '$1') : gloss;
  // One pair of brackets is around it already.
  return rest.replace(/ \(([^()]*)\)$/, ', $1');
}

const inWords = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, ' ');

/** Whether a gloss is only the code in other letters: `opened` and `open`, `DIRECT_DEBIT` and `direct debit`. */
function saysTheSame(gloss: string, code: string): boolean {
  const [a, b] = [inWords(gloss), inWords(code)];
  const isOther = (short: string, long: string) => short.length > 2 && long.startsWith(short) && long.length - short.length <= 2;
  return a === b || isOther(a, b) || isOther(b, a) || (a.length > 5 && distance(a, b) < 2);
}

/** What a table on a terminal has beside a code that is only a number; undefined for any other. */
export function numberGloss(value: Json | undefined, field: Field, name: string, { words }: CellStyle): string | undefined {
  const code = plainText(value);
  if (field.kind !== 'enum' || !/^\d+$/.test(code) || !Object.hasOwn(field.values, code)) return undefined;
  return visible(words.gloss(name, code, field.values[code] ?? ''));
}

/** Whether a column's values and header stand at the right edge. */
export function isRightAligned({ kind }: Field): boolean {
  return kind === 'money' || kind === 'number';
}
