// How far the pages of a provider carry an endpoint.
import type { Endpoint } from './endpoint.ts';

/** `documented`; or what is to be said of it: `deprecated`, `unverified`, `columns from data`. */
export function statusOf({ doc, paging, open }: Endpoint): string[] {
  const isUnverified = doc.unverified !== undefined || (paging !== undefined && 'unverified' in paging && paging.unverified);
  const said = [
    ...(doc.deprecated === undefined ? [] : ['deprecated']),
    ...(isUnverified ? ['unverified'] : []),
    ...(open ? ['columns from data'] : []),
  ];
  return said.length === 0 ? ['documented'] : said;
}
