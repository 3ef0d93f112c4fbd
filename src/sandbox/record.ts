// One made-up record: the documented one with ids of its own, its amounts times a whole number, so that what adds up still does,
// and its times some days earlier. Texts stay. Every value depends on what is asked for alone, so equal seeds give equal records.
import type { Field, Fields } from '../core/fields.ts';
import { isObject, isText, type Json, type JsonObject, makeNumber, textOrNumber } from '../core/json.ts';
import { namesId } from '../core/personal.ts';
import { innerFields, poolOfField } from './pools.ts';
import { hashOf } from './prng.ts';

/** What makes one record differ from the documented one and from all others. */
export interface RecordSeed {
  /** Hash of all that names the record. */
  readonly hash: number;
  /** The whole number its amounts are multiplied with. */
  readonly factor: number;
  readonly daysBack: number;
  /** The id that stands for a documented one, by the field and the pool it refers to. */
  readonly idFor: (name: string, pool: string, like: string) => string;
}

const dayMs = 86_400_000;

/** Makes a record like the documented one. */
export function makeRecord(fields: Fields, like: JsonObject, seed: RecordSeed, thing: string): JsonObject {
  return Object.fromEntries(Object.entries(like).map(([name, value]) => [name, makeValue(name, fields[name], value, seed, thing)]));
}

function makeValue(name: string, field: Field | undefined, like: Json, seed: RecordSeed, thing: string): Json {
  const inner = innerFields(field);
  if (inner !== undefined && isObject(like)) return makeRecord(inner, like, seed, name);
  if (inner !== undefined && Array.isArray(like)) {
    return like.map(value => (isObject(value) ? makeRecord(inner, value, seed, name) : value));
  }
  const text = textOrNumber(like);
  if (text === undefined || text === '') return like;
  if (field?.kind === 'any' && !isText(like)) return like;
  const made = makeText(name, field, text, seed, thing);
  return isText(like) ? made : makeNumber(made);
}

function makeText(name: string, field: Field | undefined, like: string, seed: RecordSeed, thing: string): string {
  switch (field?.kind) {
    case 'money':
      return timesWhole(like, seed.factor);
    case 'instant':
      return field.none?.is === like ? like : earlier(like, seed.daysBack);
    case 'day':
    case 'date-text':
      return earlier(like, seed.daysBack);
    case 'enum': {
      // A provider that writes numbers goes on to.
      const codes = Object.keys(field.values).filter(code => /\D/.test(code) === /\D/.test(like));
      return codes[hashOf(seed.hash, name) % codes.length] ?? like;
    }
    case 'id':
    case 'any':
      // What is not documented may be a reference all the same; one holds a digit and no blank.
      if (field.personal !== undefined || (field.kind === 'any' && !/^\S*\d\S*$/.test(like))) return like;
      return seed.idFor(name, poolOfField(name, field, thing), like);
    case undefined:
      // An open record: what is one tells only its name or its look.
      if (namesId(name) && /\d/.test(like)) return seed.idFor(name, poolOfField(name, field, thing), like);
      return isTime.test(like) ? earlier(like, seed.daysBack) : like;
    default:
      return like;
  }
}

const isTime = /^(?:\d{4}-\d{2}-\d{2}(?:[T ].*)?|1\d{12})$/;

/** A decimal times a whole number, with the decimals it had: `10.0` becomes `70.0`. */
function timesWhole(like: string, factor: number): string {
  const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(like) ?? [];
  if (whole === undefined) return like;
  const digits = `${BigInt(whole + fraction) * BigInt(factor)}`.padStart(fraction.length + 1, '0');
  const point = digits.length - fraction.length;
  return sign + (fraction === '' ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

/** A time or day in the documented style, some days earlier; clock, fraction and zone stay. */
function earlier(like: string, days: number): string {
  const [, day, epoch = '', rest = ''] = /^(?:(\d{4}-\d{2}-\d{2})|(\d{13}|\d{10}))(\D.*)?$/.exec(like) ?? [];
  const ms = Date.parse(day ?? '');
  if (!Number.isNaN(ms)) return new Date(ms - days * dayMs).toISOString().slice(0, 10) + rest;
  return epoch === '' ? like : `${Number(epoch) - (days * dayMs) / (epoch.length === 10 ? 1000 : 1)}${rest}`;
}
