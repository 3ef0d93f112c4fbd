// A record whose list comes page by page is one record all the same: its pages are read and put together.
import type { Paging } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import { getPath, isObject, type Json, type JsonObject, withMember } from '../core/json.ts';
import { say, type Words } from '../core/say.ts';
import { type ListPart, type Page, readPages } from '../http/pages.ts';

type Within = Extract<Paging, { kind: 'page' }> & { readonly within: string };

/** The paging of an endpoint whose record is read in parts. */
export function pagedWithin(paging: Paging | undefined): Within | undefined {
  return paging?.kind === 'page' && paging.within !== undefined ? { ...paging, within: paging.within } : undefined;
}

/** One answer, its records sorted to the keys it was asked by. */
export interface Matched {
  readonly found: readonly (readonly JsonObject[])[];
  readonly attempts: number;
  readonly body: Json;
  /** What a list leaves unread. */
  readonly part: ListPart | undefined;
}

/** What one key finds, with all of its list; costs a call for each page. */
export async function askWhole(
  paging: Within,
  params: Readonly<Record<string, string>>,
  ask: (words: Readonly<Record<string, string>>) => Promise<Matched>,
  warn: (sentence: Words) => void,
): Promise<Omit<Matched, 'body'>> {
  let first: JsonObject | undefined;
  let attempts = 0;
  const all: JsonObject[] = [];
  const fetchPage = async (words: Readonly<Record<string, string>>): Promise<Page> => {
    const matched = await ask(words);
    const record = matched.found[0]?.[0];
    attempts += matched.attempts;
    first ??= record;
    return { items: record === undefined ? [] : listIn(record, paging.within), body: matched.body };
  };
  const pages = readPages({ paging, params, limit: Number.POSITIVE_INFINITY, fetchPage, warn, stopped: () => undefined });
  for await (const rows of pages) for (const row of rows) all.push(row);
  if (first === undefined) return { found: [[]], attempts, part: undefined };
  const record = getPath(first, paging.within) === undefined ? first : withMember(first, paging.within, all);
  return { found: [[record]], attempts, part: undefined };
}

function listIn(record: JsonObject, place: string): readonly JsonObject[] {
  const list = getPath(record, place) ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) throw new ResponseError(say`${place} is no list of objects`);
  return list;
}
