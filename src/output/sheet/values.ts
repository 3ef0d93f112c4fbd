// What a value is in a spreadsheet: a number or a date where a sheet holds all of it, else text. Sheets count in doubles and
// know no day before 1900. A flag is a word: to LibreOffice a truth value is a formula, and to Excel in Portuguese another word.
import { visible } from '../../console/escape.ts';
import type { Field } from '../../core/fields.ts';
import { isText, type Json, numberText } from '../../core/json.ts';
import type { Zone } from '../../core/zones.ts';
import { type CellStyle, instantOf, isRightAligned } from '../text/cells.ts';
import { humanText, type Instant, localSeconds } from '../text/instants.ts';
import { plainText } from '../values.ts';

/** A cell of a sheet; undefined stands for an empty one. */
export type SheetValue =
  /** Digits as sent, of which so many stand behind the point. */
  | { readonly kind: 'number'; readonly digits: string; readonly decimals: number }
  /** Days since the sheet's beginning of time. */
  | { readonly kind: 'time' | 'time-ms' | 'day'; readonly serial: number }
  | { readonly kind: 'text' | 'digits'; readonly text: string };

export function sheetValue(value: Json | undefined, field: Field, name: string, style: CellStyle): SheetValue | undefined {
  if (value === undefined || value === null) return undefined;
  const isQuantity = isRightAligned(field);
  const digits = numberText(value) ?? (isQuantity && isText(value) ? value : undefined);
  if (digits !== undefined && (isQuantity || field.kind === 'any')) return exactNumber(digits) ?? textValue(digits, 'digits');
  if (field.kind === 'instant') {
    if (field.none !== undefined && plainText(value) === field.none.is) return textValue(style.words.none(name, field.none.say));
    const instant = instantOf(value, field);
    if (instant !== undefined) return timeOf(instant, style.zone) ?? textValue(humanText(instant, style.zone));
  }
  const text = plainText(value);
  return (field.kind === 'day' ? dayOf(text) : undefined) ?? textValue(text);
}

const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;
/** One less than a double has: of 999999999999.999 LibreOffice shows 1000000000000.000. */
const mostDigits = 14;
const mostDecimals = 15;
const most = 1e21;

/** The number, where the double that a sheet makes of it is the same, to the last digit that the sheet shows. */
function exactNumber(digits: string): SheetValue | undefined {
  const match = plainNumber.exec(digits);
  if (match === null) return undefined;
  const decimals = match[1]?.length ?? 0;
  const significant = digits.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  // A sheet has no negative zero.
  const isNothing = digits.startsWith('-') && significant === '';
  if (isNothing || significant.length > mostDigits || decimals > mostDecimals || Math.abs(Number(digits)) >= most) return undefined;
  return { kind: 'number', digits, decimals };
}

const daySeconds = 86_400;
/** 1970-01-01 in days of a sheet. */
const epochDay = 25_569;
/** 1900-03-01: sheets do not agree on the days before, as one of them has a 29 February 1900. */
const firstDay = 61;
/** 9999-12-31. */
const lastDay = 2_958_465;

/** Places that fifteen digits leave a day; one is less than a hundredth of a millisecond. */
const places = 1e10;

/** A reader that cuts what it reads must not find the millisecond before. 1024ths of a day are doubles themselves, and no other time is. */
function raised(serial: number): number {
  return serial % 2 ** -10 === 0 ? serial : (Math.floor(serial * places) + 2) / places;
}

/** To the millisecond: sheets show no finer ones. */
function timeOf(instant: Instant, zone: Zone): SheetValue | undefined {
  const milliseconds = Number(instant.fraction.slice(0, 3).padEnd(3, '0'));
  const serial = ((localSeconds(instant, zone) + epochDay * daySeconds) * 1000 + milliseconds) / (daySeconds * 1000);
  return isHeld(serial) ? { kind: instant.fraction === '' ? 'time' : 'time-ms', serial: raised(serial) } : undefined;
}

function dayOf(text: string): SheetValue | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 30 February would become a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined;
  const serial = at / (daySeconds * 1000) + epochDay;
  return isHeld(serial) ? { kind: 'day', serial } : undefined;
}

function isHeld(serial: number): boolean {
  return serial >= firstDay && serial < lastDay + 1;
}

/** Text as people read it everywhere; a cell has lines, so that their ends need no escape. */
function textValue(text: string, kind: 'text' | 'digits' = 'text'): SheetValue | undefined {
  if (text === '') return undefined;
  const shown = /[\n\t]/.test(text) ? text.split(/(\r?\n|\t)/).map((part, at) => (at % 2 === 1 ? part : visible(part))) : [visible(text)];
  return { kind, text: shown.join('') };
}
