// Where records stand in an answer: opening the documented sample, and putting other records in their place.
import { type Endpoint, type Envelope, envelopesOf } from '../core/endpoint.ts';
import { getPath, isObject, type Json, type JsonObject, parseJson, withMember, writeJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';

/** A documented sample, taken apart. */
export interface Sample {
  /** The sample as the provider would send it; `rows` stand at `place`. */
  readonly body: Json;
  /** The body as compact text. */
  readonly text: string;
  /** The body as the document prints it, blanks and line ends included. */
  readonly printed: string;
  readonly place: string;
  readonly isList: boolean;
  readonly rows: readonly JsonObject[];
}

/** Opens the documented sample of an endpoint. Throws when the sample fits none of the documented envelopes. */
export function openSample(provider: Provider, endpoint: Endpoint): Sample {
  const body = parseJson(endpoint.example);
  const envelopes = envelopesOf(endpoint);
  for (const envelope of envelopes) {
    const isList = 'items' in envelope;
    const place = isList ? envelope.items : envelope.item;
    const found = getPath(body, place);
    const rows = isList && Array.isArray(found) ? found.filter(isObject) : !isList && isObject(found) ? [found] : undefined;
    if (rows === undefined) continue;
    return place === '' && typeof endpoint.path !== 'string'
      ? wrapSample(provider, endpoint, envelopes, rows)
      : { body, text: writeJson(body), printed: endpoint.example, place, isList, rows };
  }
  throw new TypeError(`the sample of ${provider.name} ${endpoint.name} fits none of its envelopes`);
}

/** A bare documented object of an endpoint without a published path: sent in the first documented envelope that suits it. */
function wrapSample(provider: Provider, endpoint: Endpoint, envelopes: readonly Envelope[], rows: readonly JsonObject[]): Sample {
  const isList = endpoint.paging !== undefined;
  const envelope = envelopes.find(one => ('items' in one ? isList && one.items !== '' : !isList && one.item !== ''));
  const place = envelope === undefined ? '' : 'items' in envelope ? envelope.items : envelope.item;
  const body = withValue(successBody(provider), place, rows[0] ?? null);
  const text = writeJson(body);
  return { body, text, printed: text, place, isList, rows };
}

/** What a success without further content looks like, by the values the provider calls a success. */
export function successBody(provider: Provider): JsonObject {
  let body: JsonObject = {};
  for (const { at, is } of provider.failure.success ?? []) {
    const [value] = is;
    if (value !== undefined) body = withMember(body, at, value === 'true' ? true : value);
  }
  const message = provider.failure.message[0];
  return Object.keys(body).length > 0 &&
    message !== undefined &&
    provider.failure.success?.some(({ at }) => at === provider.failure.code[0])
    ? withMember(body, message, 'success')
    : body;
}

/** A copy of a body with another value at a dotted place; '' is the whole body. */
export function withValue(body: Json, place: string, value: Json): Json {
  return place === '' ? value : withMember(isObject(body) ? body : {}, place, value);
}
