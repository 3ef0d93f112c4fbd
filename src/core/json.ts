// Exact JSON (interim).
import { randomBytes } from 'node:crypto';
import { ResponseError } from './errors.ts';
import { scanJson } from './json-scan.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };
const mark = `\u0091${randomBytes(9).toString('base64url')}`;
const markCode = 0x91;
const open = `"${mark}`;
export function parseJson(text: string, { maxDepth = 64 }: { maxDepth?: number } = {}): Json {
  const scan = scanJson(text, maxDepth);
  if (scan === undefined) throw new ResponseError(`the answer is nested deeper than ${maxDepth} levels`);
  let value: Json;
  try {
    value = JSON.parse(scan.exact.length === 0 ? text : wrapNumbers(text, scan.exact));
  } catch {
    throw new ResponseError('the answer is not JSON');
  }
  const tally = { members: 0, exact: 0 };
  count(value, tally);
  if (tally.members !== scan.members || tally.exact * 2 !== scan.exact.length) throw new ResponseError('the answer has a key twice');
  return value;
}
function wrapNumbers(text: string, exact: readonly number[]): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < exact.length; i += 2) {
    const s = exact[i] ?? 0;
    const e = exact[i + 1] ?? 0;
    out += `${text.slice(from, s)}${open}${text.slice(s, e)}"`;
    from = e;
  }
  return out + text.slice(from);
}
function count(value: Json, tally: { members: number; exact: number }): void {
  if (typeof value === 'string') {
    if (value.charCodeAt(0) === markCode && value.startsWith(mark)) tally.exact++;
  } else if (Array.isArray(value)) for (const item of value) count(item, tally);
  else if (typeof value === 'object' && value !== null)
    for (const k in value) {
      tally.members++;
      count(value[k] ?? null, tally);
    }
}
const wrapped = (v: unknown): v is string => typeof v === 'string' && v.charCodeAt(0) === markCode && v.startsWith(mark);
export function isNumber(v: Json): boolean {
  return typeof v === 'number' || wrapped(v);
}
export function numberText(v: Json): string | undefined {
  return typeof v === 'number' ? String(v) : wrapped(v) ? v.slice(mark.length) : undefined;
}
export function isText(v: unknown): v is string {
  return typeof v === 'string' && !wrapped(v);
}
export function makeNumber(text: string): Json {
  return String(Number(text)) === text ? Number(text) : mark + text;
}
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ResponseError('the answer is not UTF-8');
  }
}
const special = /[\u0000-\u001f"\\\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]/;
function quote(s: string): string {
  if (!special.test(s)) return `"${s}"`;
  return JSON.stringify(s).replace(
    /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
export function writeJson(v: unknown, indent = 0, depth = 0): string {
  if (v === null || typeof v === 'boolean' || typeof v === 'number') return String(v);
  if (wrapped(v)) return v.slice(mark.length);
  if (typeof v === 'string') return quote(v);
  const nl = indent === 0 ? '' : `\n${' '.repeat(indent * (depth + 1))}`;
  const end = indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`;
  if (Array.isArray(v)) return v.length === 0 ? '[]' : `[${v.map(x => nl + writeJson(x, indent, depth + 1)).join(',')}${end}]`;
  const e = Object.entries(v as object);
  return e.length === 0
    ? '{}'
    : `{${e.map(([k, x]) => `${nl}${quote(k)}:${indent ? ' ' : ''}${writeJson(x, indent, depth + 1)}`).join(',')}${end}}`;
}
export function getPath(v: Json, path: string): Json | undefined {
  let at: Json | undefined = v;
  if (path === '') return v;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}
