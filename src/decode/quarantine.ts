// Records that differ from the document, told one by one: with `--on-drift quarantine` each is kept back alone.
import type { Endpoint } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import { type JsonObject, textOrNumber } from '../core/json.ts';
import type { Words } from '../core/say.ts';
import { Drift } from './drift.ts';
import { checkShape } from './shape.ts';

/** Counts how a record differs. Throws ResponseError only where it cannot be told whose it is: an amount that is none keeps back no other record. */
export function checkAlone(endpoint: Endpoint, record: JsonObject, drift: Drift): void {
  try {
    checkShape(endpoint, record, drift);
  } catch (error) {
    if (!(error instanceof ResponseError) || !hasKeys(endpoint, record)) throw error;
  }
}

/** Why a record is kept back, in a sentence; undefined where it is as documented. */
export function whyHeld(endpoint: Endpoint, record: JsonObject, drift = new Drift()): Words | undefined {
  try {
    checkShape(endpoint, record, drift);
  } catch (error) {
    if (error instanceof ResponseError) return error.said;
    throw error;
  }
  return drift.describe();
}

function hasKeys({ keys = {} }: Endpoint, record: JsonObject): boolean {
  return Object.values(keys).every(({ field }) => field === undefined || textOrNumber(record[field] ?? null) !== undefined);
}
