// JSON with exact numbers. JSON.parse would turn 150.00 into 150 and 9007199254740993 into …992, so before it runs, each number
// that a double would change is wrapped as a string behind a mark of this process. Only this module knows that: everybody
// else asks `numberText` and `isText`. The mark is drawn at random and never printed, and a text that hit it all the same is
// found by counting.

import { isAscii, isUtf8 } from 'node:buffer';
import { ResponseError } from './errors.ts';
import { type JsonLimits, type JsonScan, scanJson } from './json-scan.ts';
import { say } from './say.ts';
import { finish, type Steps } from './turn.ts';

/** A JSON value. Numbers are JS numbers only where their text survives that; look at them with `numberText`. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

const markCode = 0x91;
// Loading node:crypto for it would cost help and errors a tenth of their time; the count below does not rest on luck.
const mark = String.fromCharCode(markCode) + Math.random().toString(36).slice(2, 14).padEnd(12, '0');
const defaultDepth = 64;

/** What a provider may send: as many values as fit into 16 MiB of records, but not of brackets. Each costs time in every stage. */
export const answerLimits = { maxValues: 1_000_000 };

/**
 * Parses JSON text. Throws ResponseError, which never quotes the text, for what is no JSON, is nested too deeply, has too many
 * values, or gives a key twice.
 */
export function parseJson(text: string, limits: Partial<JsonLimits> = {}): Json {
  return finish(parseInSteps(text, limits));
}

/** JSON of UTF-8 bytes, at once. Throws ResponseError. */
export function parseUtf8(bytes: Uint8Array): Json {
  const own = withoutMark(bytes);
  const text = decodeUtf8(own);
  const scan = readScan(text, {}, own);
  const value = parseText(scan.exact.length === 0 ? text : wrapNumbers(text, scan.exact));
  checkMembers(text, value, scan);
  return value;
}

/** The same in steps; the longest is what JSON.parse does. */
export function* parseInSteps(text: string, limits: Partial<JsonLimits> = {}): Steps<Json> {
  const scan = readScan(text, limits);
  yield text.length;
  const value = parseText(scan.exact.length === 0 ? text : wrapNumbers(text, scan.exact));
  yield text.length;
  checkMembers(text, value, scan);
  return value;
}

function readScan(
  text: string,
  { maxDepth = defaultDepth, maxValues = Number.POSITIVE_INFINITY }: Partial<JsonLimits>,
  utf8?: Uint8Array,
): JsonScan {
  const scan = scanJson(text, { maxDepth, maxValues }, utf8);
  if (scan === 'maxDepth') throw new ResponseError(say`the answer is nested deeper than ${maxDepth} levels`);
  if (scan === 'maxValues') throw new ResponseError(say`the answer is too large: more than ${maxValues.toLocaleString('en')} values`);
  return scan;
}

/** Throws ResponseError where a key stands twice, or a text looks like a wrapped number. */
function checkMembers(text: string, value: Json, scan: JsonScan): void {
  if (countMembers(value) !== scan.members) throw new ResponseError(say`the answer gives a key twice`);
  if (mayHoldMark(text) && countWrapped(value) * 2 !== scan.exact.length) throw new ResponseError(say`the answer is not JSON`);
}

function parseText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new ResponseError(say`the answer is not JSON`);
  }
}

function wrapNumbers(text: string, exact: readonly number[]): string {
  let wrapped = '';
  let from = 0;
  for (let at = 0; at < exact.length; at += 2) {
    const start = exact[at] ?? 0;
    const end = exact[at + 1] ?? 0;
    wrapped += `${text.slice(from, start)}"${mark}${text.slice(start, end)}"`;
    from = end;
  }
  return wrapped + text.slice(from);
}

/** Members that are left: fewer than the text has when it gives a key twice. */
function countMembers(value: Json): number {
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += countMembers(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      const item = value[key];
      members += typeof item === 'object' ? 1 + countMembers(item) : 1;
    }
  }
  return members;
}

/** Whether the mark could stand in the text, raw or escaped. Nearly no text has its first character. */
function mayHoldMark(text: string): boolean {
  return text.includes('\\u0091') || text.includes('\u0091');
}

/** Wrapped numbers, and what only looks like one. */
function countWrapped(value: Json): number {
  if (isWrapped(value)) return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + countWrapped(item), 0);
}

/** Strict UTF-8 text, without the byte order mark. Throws ResponseError. */
export function decodeUtf8(bytes: Uint8Array): string {
  const own = withoutMark(bytes);
  const buffer = Buffer.from(own.buffer, own.byteOffset, own.byteLength);
  if (isAscii(own)) return buffer.toString('latin1');
  if (!isUtf8(own)) throw new ResponseError(say`the answer is not UTF-8`);
  return buffer.toString('utf8');
}

/** The bytes behind a byte order mark. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Source text of a number; undefined for anything else. */
export function numberText(value: Json): string | undefined {
  if (typeof value === 'number') return String(value);
  return isWrapped(value) ? value.slice(mark.length) : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or the source text of a number: providers write ids, counts and amounts as either. Undefined for anything else. */
export function textOrNumber(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return numberText(value) ?? (isText(value) ? value : undefined);
}

/** The text of a text, number or truth value as sent; undefined for null, arrays, objects and nothing. */
export function scalarText(value: Json | undefined): string | undefined {
  return typeof value === 'boolean' ? String(value) : textOrNumber(value);
}

/** Whether a value is a JSON string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !isWrapped(value);
}

/** A number with this source text, which must be a JSON number. */
export function makeNumber(text: string): Json {
  return String(Number(text)) === text ? Number(text) : mark + text;
}

/** The same without a look at what a double would make of it. */
export function markedNumber(text: string): Json {
  return mark + text;
}

function isWrapped(value: unknown): value is string {
  return typeof value === 'string' && value.charCodeAt(0) === markCode && value.startsWith(mark);
}

// Beside what JSON demands: C1 controls, line and paragraph separators, bidirectional controls, and blanks nobody sees.
const quiet = /^[^"\\\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]*$/;
const loud = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * JSON text: numbers as they came, keys in order, nothing in it that could drive a terminal. Where it stands within other text,
 * `lineStart` is what each of its lines begins behind: `\n` and blanks.
 */
export function writeJson(value: Json, indent = 0, lineStart = '\n'): string {
  const out = { text: '' };
  append(out, value, indent === 0 ? '' : ' '.repeat(indent), indent === 0 ? '' : lineStart);
  return out.text;
}

/** Each part is added once: to join them level by level would copy what is nested deeply again and again. */
function append(out: { text: string }, value: Json, indent: string, lineStart: string): void {
  if (typeof value === 'string') out.text += isWrapped(value) ? value.slice(mark.length) : quote(value);
  else if (typeof value !== 'object' || value === null) out.text += String(value);
  else if (Array.isArray(value)) appendList(out, value, indent, lineStart);
  else appendObject(out, value, indent, lineStart);
}

function appendList(out: { text: string }, list: readonly Json[], indent: string, lineStart: string): void {
  const inner = lineStart + indent;
  let between = `[${inner}`;
  for (const item of list) {
    out.text += between;
    append(out, item, indent, inner);
    between = `,${inner}`;
  }
  out.text += list.length === 0 ? '[]' : `${lineStart}]`;
}

function appendObject(out: { text: string }, value: JsonObject, indent: string, lineStart: string): void {
  const inner = lineStart + indent;
  const colon = indent === '' ? ':' : ': ';
  const keys = Object.keys(value);
  let between = `{${inner}`;
  for (const key of keys) {
    out.text += between + quoteName(key) + colon;
    append(out, value[key] ?? null, indent, inner);
    between = `,${inner}`;
  }
  out.text += keys.length === 0 ? '{}' : `${lineStart}}`;
}

function quote(text: string): string {
  if (quiet.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(loud, escapeOf);
}

/** Names as they are written: records have the same ones again and again. */
const names = new Map<string, string>();
const mostNames = 1000;
const longestName = 100;

function quoteName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const quoted = quote(name);
  if (names.size < mostNames && name.length <= longestName) names.set(name, quoted);
  return quoted;
}

const escapes = new Map<string, string>();

function escapeOf(character: string): string {
  const written = escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  escapes.set(character, written);
  return written;
}

/** A copy of an object with another value at a dotted path; objects on the way are made. */
export function withMember(object: JsonObject, path: string, value: Json): JsonObject {
  const [head = '', ...rest] = path.split('.');
  const inner = object[head];
  return { ...object, [head]: rest.length === 0 ? value : withMember(isObject(inner) ? inner : {}, rest.join('.'), value) };
}

/** The value at a dotted path of own members, such as `value.errorMessage`; '' is the value itself. */
export function getPath(value: Json, path: string): Json | undefined {
  if (!path.includes('.') && path !== '') return ownMember(value, path);
  let at: Json | undefined = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (at === undefined) return undefined;
    at = ownMember(at, name);
  }
  return at;
}

function ownMember(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
