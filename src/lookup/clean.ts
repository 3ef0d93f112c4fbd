// Masks loaded secrets before texts are cut: behind a cut the last filter would meet only a part of one, and let it pass.
import { type ByteFilter, filterWhole } from '../auth/secret.ts';
import { isText, type Json, type JsonObject } from '../core/json.ts';
import type { HttpResponse } from '../core/request.ts';
import type { Row } from '../output/rows.ts';

/** The answer with secrets in its body masked; the same object when there are none. */
export function cleanAnswer(response: HttpResponse, filter: ByteFilter): HttpResponse {
  const body = filterWhole(filter, response.body);
  return body.equals(response.body) ? response : { ...response, body: new Uint8Array(body) };
}

/** A row with secrets in its texts masked. */
export function cleanRow(row: Row, filter: (text: string) => string): Row {
  return { ...row, record: cleanObject(row.record, filter) };
}

function cleanObject(value: JsonObject, filter: (text: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [filter(name), cleanValue(member, filter)]));
}

function cleanValue(value: Json, filter: (text: string) => string): Json {
  if (isText(value)) return filter(value);
  if (Array.isArray(value)) return value.map(element => cleanValue(element, filter));
  return typeof value === 'object' && value !== null ? cleanObject(value, filter) : value;
}
