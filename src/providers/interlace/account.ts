// What the account objects of the card negative page share: where such an object may stand in an answer, and its account type.
import type { Envelope, Paging } from '../../core/endpoint.ts';

export const doc = { url: 'https://developer.interlace.money/docs/card-negative-resource' } as const;

/**
 * The page prints bare objects. Lists elsewhere in this API stand at `data.list`, single objects at `data`. A batch that is delivered
 * holds them in a `list` of its own, before a bare object: both have a `total`.
 */
export const answer: readonly Envelope[] = [
  { items: 'data.list' },
  { items: 'data' },
  { item: 'data' },
  { items: 'list' },
  { items: '' },
  { item: '' },
];

/** What no page prints may be missing without a word. */
export const optional = { optional: true } as const;

/** Paging of ordinary lists, by https://developer.interlace.money/reference/cardbalancenegativelist. */
export const paging: Paging = { kind: 'page', page: 'page', first: 1, size: 'limit', defaultSize: 10, maxSize: 100, total: 'data.total' };

export const accountTypes = { '0': 'Api Client', '1': 'Api Client Customer' } as const;

/** Nothing says that what a path of the profile answers has pages, and if so which. */
export const assumedPaging: Paging = { ...paging, unverified: true };

/** What to do about a missing path. */
export const noPath =
  'the provider publishes no path for this object: ask Interlace for it and set it under "paths" in the profile, or decode a saved answer with --input';
