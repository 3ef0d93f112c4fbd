// An HTTP answer → records: status and body judged, envelope removed, shape checked, and matched to the keys asked for.
import { type Endpoint, type Envelope, envelopesOf } from '../core/endpoint.ts';
import { type LoanqError, NotFoundError, ResponseError } from '../core/errors.ts';
import {
  answerLimits,
  decodeUtf8,
  getPath,
  isObject,
  type Json,
  type JsonObject,
  parseInSteps,
  parseJson,
  textOrNumber,
} from '../core/json.ts';
import { isList, type KeyValues, mainKey, sameKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import type { HttpResponse } from '../core/request.ts';
import { joined, say, type Words } from '../core/say.ts';
import type { Steps } from '../core/turn.ts';
import type { Drift } from './drift.ts';
import { isRefusal, problemError, readProblem } from './problem.ts';
import { checkShape } from './shape.ts';

/** Records of one answer, and the whole body (for totals). */
export interface Answer {
  readonly items: readonly JsonObject[];
  readonly body: Json;
}

/** Decodes an answer. Throws what a refusal means, or ResponseError for an answer that cannot be used. */
export function* decodeAnswer(
  provider: Provider,
  endpoint: Endpoint,
  response: HttpResponse,
  drift: Drift,
  check = checkShape,
): Steps<Answer> {
  const body = yield* decodeBody(provider, endpoint, response);
  yield response.body.length;
  const items = takeItems(endpoint, body, drift, check);
  yield response.body.length;
  return { items, body };
}

/** Judges status and body, returns the JSON of a success. `endpoint` is absent for calls without a documented shape. */
export function* decodeBody(provider: Provider, endpoint: Endpoint | undefined, response: HttpResponse): Steps<Json> {
  if (response.status >= 200 && response.status < 300) {
    if (response.body.length === 0)
      throw new ResponseError(say`the answer is empty (HTTP ${response.status})`, { status: response.status });
    const body = yield* parseInSteps(decodeUtf8(response.body), answerLimits);
    if (isRefusal(provider, body, endpoint)) {
      throw problemError(provider, readProblem(provider, endpoint, response.status, body, ''), body, '', endpoint);
    }
    return body;
  }
  throw refusal(provider, endpoint, response);
}

/** Judges an answer that is passed on as it came; it need not be JSON where nobody says what it is. */
export function* judgeBody(provider: Provider, endpoint: Endpoint, response: HttpResponse): Steps<void> {
  try {
    yield* decodeBody(provider, endpoint, response);
  } catch (error) {
    if (!endpoint.anyBody || !(error instanceof ResponseError) || response.status >= 300) throw error;
  }
}

/** The error that an answer outside 2xx means. */
export function refusal(provider: Provider, endpoint: Endpoint | undefined, response: HttpResponse): LoanqError {
  const text = new TextDecoder().decode(response.body.subarray(0, 64 * 1024));
  let body: Json | undefined;
  try {
    body = parseJson(text);
  } catch {
    body = undefined;
  }
  const error = problemError(provider, readProblem(provider, endpoint, response.status, body, text), body, text, endpoint);
  if (response.unsigned === undefined || !(error instanceof NotFoundError)) return error;
  return new ResponseError(say`an answer that is not signed says: ${error.said}`, { ...error.given, ...response.unsigned });
}

/** Takes the records out of a body by the endpoint's envelopes, in order, and checks each. */
export function takeItems(endpoint: Endpoint, body: Json, drift: Drift, check = checkShape): readonly JsonObject[] {
  const items = openAnswer(endpoint, body);
  if (items === undefined) {
    throw new ResponseError(
      say`the answer has not the documented shape: expected ${joined(envelopesOf(endpoint).map(describeEnvelope), say` or `)}`,
    );
  }
  for (const item of items) check(endpoint, item, drift);
  return items;
}

/** The records of a body by the first envelope that fits; undefined when none does. */
export function openAnswer(endpoint: Endpoint, body: Json): readonly JsonObject[] | undefined {
  for (const envelope of envelopesOf(endpoint)) {
    const found = openEnvelope(envelope, body, endpoint);
    if (found !== undefined) return found;
  }
  return undefined;
}

function openEnvelope(envelope: Envelope, body: Json, endpoint: Endpoint): readonly JsonObject[] | undefined {
  if ('item' in envelope) {
    const item = getPath(body, envelope.item);
    // An object without one documented field is something else, such as an envelope around nothing.
    return isObject(item) && (endpoint.open === true || hasAny(endpoint.fields, item)) ? [item] : undefined;
  }
  const items = getPath(body, envelope.items);
  if (!Array.isArray(items)) return undefined;
  if (!items.every(isObject)) throw new ResponseError(say`${envelope.items || say`the list`} holds something that is no object`);
  return items;
}

function hasAny(fields: Endpoint['fields'], item: JsonObject): boolean {
  for (const name in fields) if (Object.hasOwn(item, name)) return true;
  return false;
}

function describeEnvelope(envelope: Envelope): Words {
  if ('item' in envelope) return envelope.item === '' ? say`an object` : say`an object at "${envelope.item}"`;
  return envelope.items === '' ? say`an array` : say`an array at "${envelope.items}"`;
}

/**
 * Sorts records to the keys they were asked by: one list per key, empty when the provider does not know it. Every key that
 * records repeat is compared, also the one of an outer thing.
 * Throws ResponseError when a record names a key nobody asked for, or one key twice.
 */
export function matchKeys(endpoint: Endpoint, keys: readonly KeyValues[], items: readonly JsonObject[]): JsonObject[][] {
  const found: JsonObject[][] = keys.map(() => []);
  for (const item of items) {
    const slots = found.filter((_, at) => isAnswerTo(endpoint, keys[at] ?? {}, item));
    if (slots.length === 0 && keys.length > 0) throw new ResponseError(say`the answer is for another key than the one asked for`);
    for (const slot of slots) {
      if (slot.length > 0 && !isList(endpoint)) throw new ResponseError(say`the answer has ${mainKeyOf(endpoint, item)} twice`);
      slot.push(item);
    }
  }
  return found;
}

function isAnswerTo(endpoint: Endpoint, asked: KeyValues, item: JsonObject): boolean {
  return Object.entries(endpoint.keys ?? {}).every(
    ([parameter, key]) => key.field === undefined || sameKey(key, asked[parameter] ?? '', textOrNumber(getPath(item, key.field)) ?? ''),
  );
}

function mainKeyOf(endpoint: Endpoint, item: JsonObject): string {
  return textOrNumber(getPath(item, mainKey(endpoint)?.key.field ?? '')) ?? '';
}

/** What is reported for a key the answer left out. */
export function missingKey({ title }: Pick<Provider, 'title'>): NotFoundError {
  return new NotFoundError(say`not found: ${title} has no record of it`);
}
