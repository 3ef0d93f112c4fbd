// Records from a value that somebody saved: an envelope, a list, one record, or an envelope as text inside a webhook.
import type { Endpoint } from '../core/endpoint.ts';
import { ResponseError } from '../core/errors.ts';
import { getPath, isObject, isText, type Json, type JsonObject, parseJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';
import { openAnswer, takeItems } from './answer.ts';
import type { Drift } from './drift.ts';
import { isRefusal, type Problem, problemError, readProblem } from './problem.ts';
import { checkShape } from './shape.ts';

/** Whose answer it is, and where differences from the document are counted. */
export interface SavedForm {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly drift: Drift;
}

/** The records of a value that somebody saved. Throws what a refusal means, or ResponseError for what holds no records. */
export function unwrap(saved: SavedForm, value: Json): readonly JsonObject[] {
  const { provider, endpoint, drift } = saved;
  const wrapped = endpoint.unwrap === undefined ? undefined : getPath(value, endpoint.unwrap);
  if (wrapped !== undefined && isText(wrapped)) return unwrap(saved, parseJson(wrapped));
  if (Array.isArray(value)) return checkRecords(endpoint, value, drift);
  const bare = isObject(value) && isBareRecord(endpoint, value);
  if (!bare && isRefusal(provider, value, endpoint)) throw problemError(provider, readRefusal(saved, value), value, '');
  const opened = openAnswer(endpoint, value) ?? (bare ? [value] : undefined);
  const refusal = opened === undefined ? readRefusal(saved, value) : undefined;
  if (refusal?.failure !== undefined) throw problemError(provider, refusal, value, '');
  // What a record of an open endpoint is, no document says: its own JSON rows come back without their envelope.
  if (opened === undefined && endpoint.open && isObject(value)) return checkRecords(endpoint, [value], drift);
  return opened === undefined ? takeItems(endpoint, value, drift) : checkRecords(endpoint, opened, drift);
}

/** Nobody saves the status of an answer with it; a body whose code is a status tells it. */
function readRefusal({ provider, endpoint }: SavedForm, value: Json): Problem {
  const { code = '' } = readProblem(provider, endpoint, 200, value, '');
  const status = /^[45]\d\d$/.test(code) ? Number(code) : 200;
  return { ...readProblem(provider, endpoint, status, value, ''), saved: true };
}

/** A record rather than an envelope: it has its key, or several documented fields. */
function isBareRecord(endpoint: Endpoint, value: JsonObject): boolean {
  for (const parameter in endpoint.keys) {
    const field = endpoint.keys[parameter]?.field;
    if (field !== undefined && getPath(value, field) !== undefined) return true;
  }
  return Object.keys(endpoint.fields).filter(name => Object.hasOwn(value, name)).length > 1;
}

/** A record by its names alone, whatever its values are. */
export function isPlainRecord({ endpoint }: SavedForm, value: JsonObject): boolean {
  return isBareRecord(endpoint, value) && (endpoint.unwrap === undefined || getPath(value, endpoint.unwrap) === undefined);
}

function checkRecords(endpoint: Endpoint, records: readonly Json[], drift: Drift): readonly JsonObject[] {
  if (!records.every(isObject)) throw new ResponseError(say`the list holds something that is no object`);
  for (const record of records) checkShape(endpoint, record, drift);
  return records;
}
