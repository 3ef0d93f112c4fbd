// Many nights → since when each difference is there, or until when it was.
import type { Night } from './nights.ts';

export interface Difference {
  readonly endpoint: string;
  /** `missing`, `unknown`, `changed` or `unlisted`. */
  readonly kind: string;
  /** The field, and for an unlisted code the code behind a blank. */
  readonly what: string;
  /** The first of the nights without a break up to the last one that has it. */
  readonly since: string;
  /** The last night that has it; undefined while it lasts. */
  readonly until: string | undefined;
  /** It was there on the first night that is known: it may be older. */
  readonly isOlder: boolean;
}

/** What there is to say of one endpoint: its nights in their order, and what differed on any of them. */
export interface History {
  readonly endpoint: string;
  readonly nights: readonly Night[];
  readonly differences: readonly Difference[];
}

export function historiesOf(all: readonly Night[]): History[] {
  const sorted = [...all].sort((a, b) => (a.ended < b.ended ? -1 : a.ended > b.ended ? 1 : 0));
  const endpoints = [...new Set(sorted.map(({ endpoint }) => endpoint))].sort();
  return endpoints.map(endpoint => {
    const nights = sorted.filter(night => night.endpoint === endpoint);
    const words = new Set(nights.flatMap(({ differences }) => [...differences]));
    return { endpoint, nights, differences: [...words].map(word => differenceOf(endpoint, nights, word)) };
  });
}

function differenceOf(endpoint: string, nights: readonly Night[], word: string): Difference {
  const last = nights.findLastIndex(({ differences }) => differences.has(word));
  let first = last;
  while (first > 0 && nights[first - 1]?.differences.has(word)) first -= 1;
  const blank = word.indexOf(' ');
  return {
    endpoint,
    kind: word.slice(0, blank),
    what: word.slice(blank + 1),
    since: nights[first]?.ended ?? '',
    until: last === nights.length - 1 ? undefined : nights[last]?.ended,
    isOlder: first === 0,
  };
}
