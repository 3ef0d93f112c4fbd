// The JSON values of an answer, and how they are written again. A number that a double would change is held as a string
// of its source text behind a mark. Who needs a number asks the functions here; nobody else knows the mark.
import { randomBytes } from 'node:crypto';

/** A parsed value. A `string` may be a number in disguise: ask `isText` or `isNumber` before using it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** First character of the mark: a control character that no text has a use for. */
export const markStart = '\u0091';
/** Before the text of a number. Drawn anew by each process, so that no server can send it; a text holding it is refused anyway. */
export const numberMark = `${markStart}${randomBytes(9).toString('base64url')}`;

const markedNumber = new RegExp(`"${numberMark}([-+.0-9eE]+)"`, 'g');

/**
 * What JSON allows raw but a terminal, an editor or a JavaScript source may act upon: DEL, C1, bidi controls, line
 * separators, invisible spaces. Joiners (U+200C, U+200D) stay: names are spelled with them.
 */
const risky = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Whether the value stood in the source as a number. */
export function isNumber(value: Json): boolean {
  return typeof value === 'number' || isMarked(value);
}

/** Source text of a number, such as `10.0`; undefined for anything else. */
export function numberText(value: Json): string | undefined {
  if (typeof value === 'number') return String(value);
  return isMarked(value) ? value.slice(numberMark.length) : undefined;
}

/** Whether the value is text, not a number held as text. */
export function isText(value: Json): value is string {
  return typeof value === 'string' && !isMarked(value);
}

/** Whether the value is a number held as text. */
export function isMarked(value: Json): value is string {
  return typeof value === 'string' && value.startsWith(numberMark);
}

/**
 * The value as JSON: keys in order, numbers as their source text, control and bidi characters and lone surrogates
 * escaped. Parsing it gives the same value again.
 */
export function writeJson(value: Json, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(markedNumber, '$1').replace(risky, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
