// Systems that can look for an id only within something else, such as an entry in its wallet: the guide asks for that.
import type { Endpoint, Key } from '../../core/endpoint.ts';
import { fits, identifies } from '../../lookup/unified/grammar.ts';
import { isReady, type KnownSystem } from './systems.ts';

export interface Within {
  /** The system's. */
  readonly title: string;
  readonly endpoint: Endpoint;
  readonly parameter: string;
  readonly key: Key;
  /** What it is, and the option of `lookup` that takes it. */
  readonly of: string;
}

/** What would have to be known to ask every system for the id, each once. */
export function wantedFor(id: string, systems: readonly KnownSystem[]): Within[] {
  const all = systems.filter(isReady).flatMap(({ provider: { title, endpoints } }) =>
    endpoints
      .filter(endpoint => identifies(endpoint) && fits(endpoint, id))
      .flatMap(endpoint =>
        Object.entries(endpoint.keys ?? {})
          .slice(0, -1)
          .flatMap(([parameter, key]) => (key.of === undefined ? [] : [{ title, endpoint, parameter, key, of: key.of }])),
      ),
  );
  return [...new Map(all.map(one => [one.of, one])).values()];
}
