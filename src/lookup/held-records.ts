// What becomes of a key some of whose records are kept back: of a list the others are delivered, a key of one record fails with it.
import type { Endpoint } from '../core/endpoint.ts';
import { type ErrorFacts, ResponseError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import { isList, type KeyTuple } from '../core/keys.ts';
import type { Drift } from '../decode/drift.ts';
import { whyHeld } from '../decode/quarantine.ts';
import type { ListPart } from '../http/pages.ts';
import type { Held, Outcome } from './outcome.ts';

/** The records of a key that was answered. */
export interface Answered {
  readonly key: KeyTuple;
  readonly records: readonly JsonObject[];
  readonly part: ListPart | undefined;
}

/** Keeps back the records that differ from the document. `facts` are those of the call. */
export function holdDrifting(endpoint: Endpoint, answered: Answered, facts: ErrorFacts, openDrift: () => Drift): Outcome {
  const held = answered.records.flatMap((record): Held[] => {
    const why = whyHeld(endpoint, record, openDrift());
    return why === undefined ? [] : [{ record, error: new ResponseError(why, facts) }];
  });
  const [first] = held;
  if (first === undefined) return { kind: 'delivered', ...answered };
  if (!isList(endpoint)) return { kind: 'failed', key: answered.key, ...first };
  const kept = new Set(held.map(({ record }) => record));
  return { kind: 'delivered', ...answered, records: answered.records.filter(record => !kept.has(record)), held };
}
