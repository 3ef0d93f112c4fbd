// A checked request → the body of its answer: the records asked for, in the envelope of the documented sample.
import type { Endpoint, Paging } from '../core/endpoint.ts';
import { getPath, isObject, isText, type Json, type JsonObject, makeNumber, scalarText, withMember, writeJson } from '../core/json.ts';
import { type KeyValues, mainKey } from '../core/keys.ts';
import { withValue } from './envelope.ts';
import { ownFilter } from './pools.ts';
import type { MockRecords } from './records.ts';

export interface Asked {
  readonly endpoint: Endpoint;
  /** Values of the path's parameters; packed ones as they stand, `a,b`. */
  readonly keys: KeyValues;
  /** Query and form parameters. */
  readonly params: ReadonlyMap<string, string>;
}

/** What a call is answered with, or why it is not. */
export type Answered = { readonly body: string } | { readonly unknown: string } | { readonly invalid: string };

/** Answers a call for records. */
export function answerCall(records: MockRecords, asked: Asked): Answered {
  const { endpoint, keys } = asked;
  const main = mainKey(endpoint);
  if (main?.key.many === 'packed') return { body: bodyOf(records, endpoint, packedRecords(records, asked, main.parameter), undefined) };
  const found = main === undefined ? undefined : records.find(endpoint, keys);
  if (found !== undefined && 'unknown' in found) return found;
  const isOneRecord = main?.key.field !== undefined || (main !== undefined && !records.sample(endpoint).isList);
  if (found !== undefined && isOneRecord) return answerRecord(records, asked, records.record(endpoint, found));
  const rows = filterRows(endpoint, found === undefined ? listed(records, asked) : records.rows(endpoint, found), asked.params);
  const page = cutPage(endpoint.paging, rows, new Map([...Object.entries(keys), ...asked.params]));
  return 'invalid' in page ? page : { body: bodyOf(records, endpoint, page.rows, page) };
}

/** The rows of a list without a key, or those that a parameter names by their own ids. */
function listed(records: MockRecords, { endpoint, params }: Asked): readonly JsonObject[] {
  const ids = params.get(ownFilter(endpoint) ?? '');
  return ids === undefined ? records.list(endpoint) : records.listed(endpoint, ids.split(','));
}

/** One record; of one whose list is paged, the part asked for. */
function answerRecord(records: MockRecords, { endpoint, keys, params }: Asked, record: JsonObject): Answered {
  const within = endpoint.paging?.kind === 'page' ? endpoint.paging.within : undefined;
  const list = within === undefined ? undefined : getPath(record, within);
  if (within === undefined || !Array.isArray(list)) return { body: bodyOf(records, endpoint, [record], undefined) };
  const page = cutPage(endpoint.paging, list.filter(isObject), new Map([...Object.entries(keys), ...params]));
  return 'invalid' in page ? page : { body: bodyOf(records, endpoint, [withMember(record, within, [...page.rows])], page) };
}

/** Records of a bracket list, each once: unknown ids are left out. */
function packedRecords(records: MockRecords, { endpoint, keys }: Asked, parameter: string): JsonObject[] {
  const found = (keys[parameter] ?? '').split(',').map(id => records.find(endpoint, { ...keys, [parameter]: id }));
  const known = new Map(found.flatMap(one => ('unknown' in one ? [] : [[one.keys[parameter], one] as const])));
  return [...known.values()].map(one => records.record(endpoint, one));
}

/** Rows whose field holds one of the values a parameter names. */
function filterRows(endpoint: Endpoint, rows: readonly JsonObject[], params: Asked['params']): readonly JsonObject[] {
  const filters = Object.entries(endpoint.params ?? {}).flatMap(([name, { filters: field }]) => {
    const wanted = params.get(name);
    return field === undefined || wanted === undefined ? [] : [{ field, wanted: new Set(wanted.split(',')) }];
  });
  return filters.length === 0
    ? rows
    : rows.filter(row => filters.every(({ field, wanted }) => wanted.has(scalarText(getPath(row, field)) ?? '')));
}

interface PageCut {
  readonly rows: readonly JsonObject[];
  /** Values of the places where an answer states its paging. */
  readonly stated: ReadonlyMap<string, number | boolean>;
}

function cutPage(
  paging: Paging | undefined,
  rows: readonly JsonObject[],
  params: ReadonlyMap<string, string>,
): PageCut | { readonly invalid: string } {
  if (paging === undefined) return { rows, stated: new Map() };
  const most = paging.kind === 'page' && paging.advised ? undefined : paging.maxSize;
  const size = countParam(params, paging.size, paging.defaultSize, 1, most);
  if (size === undefined) return { invalid: `${paging.size} must be 1 to ${most ?? 'any number'}` };
  if (paging.kind === 'cursor') return cutAfter(paging, rows, params, size);
  const isPage = paging.kind === 'page';
  const name = isPage ? paging.page : paging.offset;
  const first = isPage ? paging.first : 0;
  const place = countParam(params, name, first, first);
  if (place === undefined) return { invalid: `${name} must be a number from ${first}` };
  const from = isPage ? (place - first) * size : place;
  const stated = new Map<string, number | boolean>();
  if (paging.total !== undefined) stated.set(paging.total, rows.length);
  if (isPage && paging.current !== undefined) stated.set(paging.current, place);
  if (isPage && paging.pageSize !== undefined) stated.set(paging.pageSize, size);
  if (isPage && paging.more !== undefined) stated.set(paging.more, from + size < rows.length);
  if (isPage && paging.last !== undefined) stated.set(paging.last, from + size >= rows.length);
  return { rows: rows.slice(from, from + size), stated };
}

function cutAfter(
  paging: Extract<Paging, { kind: 'cursor' }>,
  rows: readonly JsonObject[],
  params: ReadonlyMap<string, string>,
  size: number,
): PageCut | { readonly invalid: string } {
  const after = countParam(params, paging.cursor, 0, 0);
  if (after === undefined) return { invalid: `${paging.cursor} must be a number` };
  const placed = rows.map(row => ({ row, at: Number(scalarText(getPath(row, paging.from)) ?? '') })).filter(({ at }) => at > after);
  placed.sort((a, b) => a.at - b.at);
  return { rows: placed.slice(0, size).map(({ row }) => row), stated: new Map() };
}

function countParam(
  params: ReadonlyMap<string, string>,
  name: string | undefined,
  otherwise: number,
  least: number,
  most?: number,
): number | undefined {
  const given = name === undefined ? undefined : params.get(name);
  if (given === undefined) return otherwise;
  const count = /^\d{1,15}$/.test(given) ? Number(given) : -1;
  return count < least || count > (most ?? Number.MAX_SAFE_INTEGER) ? undefined : count;
}

function bodyOf(records: MockRecords, endpoint: Endpoint, rows: readonly JsonObject[], page: PageCut | undefined): string {
  const sample = records.sample(endpoint);
  const content: Json = sample.isList ? [...rows] : (rows[0] ?? null);
  let body = withValue(sample.body, sample.place, content);
  for (const [place, value] of page?.stated ?? []) body = withValue(body, place, stateLike(getPath(sample.body, place), value, endpoint));
  const text = writeJson(body);
  return text === sample.text ? sample.printed : text;
}

/** `"False"` where the sample writes `"True"`. */
function truthLike(like: string, value: boolean): string {
  const word = `${value}`;
  return /^[A-Z]/.test(like) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** Counts are numbers at some providers and texts at others; an envelope the sample does not show has texts. */
function stateLike(like: Json | undefined, value: number | boolean, endpoint: Endpoint): Json {
  if (typeof value === 'boolean') return like !== undefined && isText(like) ? truthLike(like, value) : value;
  const isWrapped = typeof endpoint.path !== 'string';
  return (like !== undefined && isText(like)) || (like === undefined && isWrapped) ? `${value}` : makeNumber(`${value}`);
}
