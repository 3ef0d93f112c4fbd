// Records as JSON: the provider's own names, values and number texts, nothing renamed and nothing lost.
import { isObject, type Json, type JsonObject, numberText, writeJson } from '../../core/json.ts';
import { type Column, followMember } from '../columns.ts';
import type { RowText } from '../format.ts';
import { standsFor } from '../named-columns.ts';
import { type Row, valueAt } from '../rows.ts';

export interface JsonOptions {
  /** Every column of the endpoint, to tell keys asked for from fields. */
  readonly columns: readonly Column[];
  /** Only these fields, in this order; a dotted name stays nested. */
  readonly fields?: readonly string[] | undefined;
  /** Adds the keys asked for as last member `_request`. */
  readonly withRequest: boolean;
  /** Numbers as they came, or as strings. */
  readonly numbers: 'source' | 'text';
}

const requestMember = '_request';
/** Rows stand within an array. */
const lineStart = '\n  ';

/** One array, two blanks per level. Without its tail it stays open on purpose: a stopped run is no valid JSON. */
export function createJson(options: JsonOptions): RowText {
  const shape = shapeRow(options);
  return {
    frame: { head: '[', first: '', between: ',', tail: '\n]\n', emptyTail: ']\n' },
    // Added up, not joined: a join would copy all of it once more.
    rows: rows => rows.reduce((text, row, at) => `${text}${at === 0 ? '' : ','}${lineStart}${writeJson(shape(row), 2, lineStart)}`, ''),
  };
}

/** One record per line. */
export function createNdjson(options: JsonOptions): RowText {
  const shape = shapeRow(options);
  return {
    frame: { head: '', first: '', between: '', tail: '', emptyTail: '' },
    rows: rows => rows.reduce((text, row) => `${text}${writeJson(shape(row))}\n`, ''),
  };
}

/** How a row becomes the object that is written. */
function shapeRow({ columns, fields, withRequest, numbers }: JsonOptions): (row: Row) => JsonObject {
  const cut = fields === undefined ? ({ record }: Row) => record : projector(fields, columns);
  const project = numbers === 'source' ? cut : (row: Row) => textMembers(cut(row));
  if (!withRequest) return project;
  return row => {
    const { [requestMember]: _, ...members } = project(row);
    return { ...members, [requestMember]: { ...row.request } };
  };
}

/** The object with each number, however deep, as a string of the text it came as. */
function textMembers(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, textNumbers(member)]));
}

function textNumbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(textNumbers);
  return isObject(value) ? textMembers(value) : (numberText(value) ?? value);
}

/** Keeps only the named fields. Missing fields stay missing; a group that is null stays null. */
function projector(fields: readonly string[], columns: readonly Column[]): (row: Row) => JsonObject {
  const paths = fields.map(name => {
    const request = columns.find(column => column.request && (column.name === name || name === 'request'));
    const of = columns.find(column => column.followed !== undefined && standsFor(name, column))?.followed;
    if (of !== undefined) return [followMember, of, ...name.slice(of.length + 1).split('.')];
    const path = name.split('.');
    if (request === undefined) return path;
    return name === 'request' ? [requestMember] : [requestMember, ...request.path];
  });
  return ({ record, request }) => {
    const source: JsonObject = { ...record, [requestMember]: { ...request } };
    const kept: JsonObject = {};
    for (const path of paths) copyPath(source, kept, path);
    return kept;
  };
}

function copyPath(source: JsonObject, target: JsonObject, [name = '', ...rest]: readonly string[]): void {
  const value: Json | undefined = valueAt(source, [name]);
  if (value === undefined) return;
  if (rest.length === 0 || !isObject(value)) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  // The whole group was asked for already.
  if (inner === value) return;
  const group = isObject(inner) ? inner : {};
  target[name] = group;
  copyPath(value, group, rest);
}
