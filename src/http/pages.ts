// Reads a list page after page with the endpoint's paging parameters, and stops when the provider has no more or stops making sense.

import { compareDecimals, isDecimal } from '../core/decimal.ts';
import type { Paging } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import { getPath, type Json, type JsonObject, scalarText, textOrNumber, writeJson } from '../core/json.ts';
import { say, type Words } from '../core/say.ts';

/** One page as decoded: its records and the whole answer, for totals. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly body: Json;
}

export interface PageRequest {
  readonly paging: Paging | undefined;
  /** Parameters the user gave; a given page, size or offset is where reading begins. */
  readonly params: Readonly<Record<string, string>>;
  /** Follow pages until this many rows; `Infinity` for all; undefined for one page as the provider cuts it. */
  readonly limit: number | undefined;
  readonly fetchPage: (page: PageParams) => Promise<Page>;
  /** Told when the provider counts more rows than it sent. */
  readonly warn: (sentence: Words) => void;
  /** Told when reading stops before the end of the list, before the last records are handed out. */
  readonly stopped: (part: ListPart) => void;
}

/** A list of which only the beginning was read. */
export interface ListPart {
  readonly rows: number;
  /** Rows of the whole list, where the provider counts them and reading began at the first. */
  readonly total: number | undefined;
}

/** Yields the records of each page; never more than `limit` in total. Throws ResponseError when the provider repeats a page. */
export async function* readPages(request: PageRequest): AsyncGenerator<readonly JsonObject[]> {
  const { paging, limit } = request;
  if (paging === undefined || limit === undefined) {
    const page = await request.fetchPage(openingParams(request));
    const part = firstPart(request, page);
    if (part !== undefined) request.stopped(part);
    yield limit === undefined ? page.items : page.items.slice(0, limit);
    return;
  }
  let asked = openingParams(request);
  let seen = 0;
  let previous: string | undefined;
  let counted = 0;
  while (seen < limit) {
    const page = await request.fetchPage(asked);
    assertAsked(paging, asked, page);
    const fingerprint = page.items.length === 0 ? undefined : writeJson(page.items as Json);
    if (fingerprint !== undefined && fingerprint === previous) throw new ResponseError(say`the provider sent the same page twice`);
    previous = fingerprint;
    const rows = page.items.slice(0, limit - seen);
    seen += page.items.length;
    const next = nextParams(paging, asked, page, seen);
    if (seen > limit || (seen === limit && next !== undefined)) request.stopped(partOf(request, page, limit));
    yield rows;
    counted = Math.max(counted, statedTotal(paging, page) ?? 0);
    if (next === undefined) {
      if (seen < Math.min(counted, limit) && startsAtFirst(paging, request.params)) {
        request.warn(say`the provider counts ${counted} rows, but sent ${seen}`);
      }
      return;
    }
    asked = next;
  }
}

/** Page, size, offset or cursor, by the provider's names. */
export type PageParams = Readonly<Record<string, string>>;

/** The page parameters of the first request. */
export function openingParams({ paging, params, limit }: Pick<PageRequest, 'paging' | 'params' | 'limit'>): PageParams {
  if (paging === undefined || (limit === undefined && paging.kind === 'page')) return {};
  return firstParams(paging, params, limit);
}

function firstParams(paging: Paging, params: PageParams, limit: number | undefined): PageParams {
  const size = firstSize(paging, params, limit);
  const sized = paging.size !== undefined && size !== undefined ? { [paging.size]: size } : {};
  if (paging.kind === 'page') {
    return paging.unverified ? sized : { [paging.page]: params[paging.page] ?? `${paging.first}`, ...sized };
  }
  const place = paging.kind === 'offset' ? paging.offset : paging.cursor;
  const needed = paging.size !== undefined && size === undefined ? { [paging.size]: `${paging.maxSize ?? paging.defaultSize}` } : sized;
  return { [place]: params[place] ?? '0', ...needed };
}

/** Page size to ask for. A page number that the user gave counts pages of the size given with it, or of the provider's own. */
function firstSize(paging: Paging, params: PageParams, limit: number | undefined): string | undefined {
  if (paging.size === undefined) return undefined;
  const given = params[paging.size];
  if (given !== undefined || limit === undefined || (paging.kind === 'page' && params[paging.page] !== undefined)) return given;
  const wanted = Math.min(paging.maxSize ?? Number.POSITIVE_INFINITY, limit);
  return Number.isFinite(wanted) ? `${wanted}` : undefined;
}

function nextParams(paging: Paging, asked: PageParams, page: Page, seen: number): PageParams | undefined {
  const got = page.items.length;
  if (got === 0) return undefined;
  const size = pageSize(paging, asked, page);
  if (paging.kind === 'cursor') {
    if (!isFull(paging, got, size)) return undefined;
    const highest = page.items
      .map(item => textOrNumber(getPath(item, paging.from)) ?? '')
      .filter(isDecimal)
      .reduce((a, b) => (a === '' || compareDecimals(b, a) > 0 ? b : a), '');
    if (highest === '' || highest === asked[paging.cursor]) return undefined;
    return { ...asked, [paging.cursor]: highest };
  }
  const total = credibleTotal(paging, page, seen);
  if (paging.kind === 'offset') {
    const offset = Number(asked[paging.offset]) + got;
    return (total === undefined ? !isFull(paging, got, size) : offset >= total) ? undefined : { ...asked, [paging.offset]: `${offset}` };
  }
  const current = Number(asked[paging.page] ?? paging.first);
  const passed = (current - paging.first + 1) * size;
  if (hasMore(paging, page, got, size, total, passed, seen)) return { ...asked, [paging.page]: `${current + 1}` };
  return undefined;
}

function hasMore(
  paging: Extract<Paging, { kind: 'page' }>,
  page: Page,
  got: number,
  size: number,
  total: number | undefined,
  passed: number,
  seen: number,
): boolean {
  const more = wordAt(page.body, paging.more);
  if (more !== undefined) return saysYes(more);
  const last = wordAt(page.body, paging.last);
  if (last !== undefined && last !== null) return !saysYes(last);
  return total === undefined ? isFull(paging, got, size) : passed < total && seen < total;
}

function wordAt(body: Json, place: string | undefined): Json | undefined {
  return place === undefined ? undefined : getPath(body, place);
}

/** Truth values come as such, as numbers and as words; a URL says yes. */
function saysYes(value: Json): boolean {
  if (value === null) return false;
  return !/^(?:false|no|0|)$/i.test(scalarText(value) ?? 'yes');
}

/** A count that rows have already gone beyond is none: some providers count 0 behind their first page. */
function credibleTotal(paging: Paging, page: Page, seen: number): number | undefined {
  const total = statedTotal(paging, page);
  return total === undefined || total < seen ? undefined : total;
}

/** Rows of all pages, where the answer states them. */
function statedTotal(paging: Paging, page: Page): number | undefined {
  return paging.kind === 'cursor' || paging.total === undefined ? undefined : countAt(page.body, paging.total);
}

/** What a first page that is read alone leaves unread; undefined when it is the whole list. */
export function firstPart(request: Pick<PageRequest, 'paging' | 'params' | 'limit'>, page: Page): ListPart | undefined {
  const { paging, params, limit } = request;
  const rows = Math.min(limit ?? Number.POSITIVE_INFINITY, page.items.length);
  const goesOn =
    paging !== undefined && nextParams(paging, { ...params, ...openingParams(request) }, page, page.items.length) !== undefined;
  return goesOn || rows < page.items.length ? partOf(request, page, rows) : undefined;
}

function partOf({ paging, params }: Pick<PageRequest, 'paging' | 'params'>, page: Page, rows: number): ListPart {
  const isWhole = paging !== undefined && startsAtFirst(paging, params);
  return { rows, total: isWhole ? credibleTotal(paging, page, rows) : undefined };
}

/** Whether reading began where the provider begins to count. */
function startsAtFirst(paging: Paging, params: PageParams): boolean {
  return paging.kind !== 'cursor' && params[paging.kind === 'page' ? paging.page : paging.offset] === undefined;
}

/** Whether a page may have a successor. A provider that ignores the size asked for still cuts pages of its own size. */
function isFull(paging: Paging, got: number, size: number): boolean {
  return got >= size || got === paging.defaultSize;
}

function pageSize(paging: Paging, asked: PageParams, page: Page): number {
  const stated = paging.kind === 'page' && paging.pageSize !== undefined ? countAt(page.body, paging.pageSize) : undefined;
  const wanted = paging.size === undefined ? undefined : Number(asked[paging.size]);
  return stated ?? (wanted !== undefined && Number.isFinite(wanted) ? wanted : paging.defaultSize);
}

/** A provider that ignores the page parameter would be read for ever, and its first page counted many times. */
function assertAsked(paging: Paging, asked: PageParams, page: Page): void {
  if (paging.kind !== 'page' || paging.current === undefined) return;
  const current = countAt(page.body, paging.current);
  const wanted = Number(asked[paging.page] ?? paging.first);
  if (current !== undefined && current !== wanted) {
    throw new ResponseError(say`the provider answered page ${current} when page ${wanted} was asked for`);
  }
}

/** A count as a JSON number or as a string of digits. */
function countAt(body: Json, path: string): number | undefined {
  const source = textOrNumber(getPath(body, path)) ?? '';
  return /^\d{1,15}$/.test(source) ? Number(source) : undefined;
}
