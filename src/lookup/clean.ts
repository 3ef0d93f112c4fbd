// Masks loaded secrets before texts are cut: behind a cut the last filter would meet only a part of one, and let it pass.
import { type ByteFilter, filterWhole } from '../auth/secret.ts';
import { isText, type Json, type JsonObject } from '../core/json.ts';
import type { HttpResponse } from '../core/request.ts';
import { elementSize, type Steps } from '../core/turn.ts';
import type { Row } from '../output/rows.ts';

/** The answer with secrets in its body masked; the same object when there are none. */
export async function cleanAnswer(response: HttpResponse, filter: ByteFilter, signal: AbortSignal): Promise<HttpResponse> {
  const body = await filterWhole(filter, response.body, signal);
  return Buffer.compare(body, response.body) === 0 ? response : { ...response, body: new Uint8Array(body) };
}

/** Masks secrets in a text that may be long. */
export type CleanText = (text: string) => Steps<string>;

/** A row with secrets in its texts masked. */
export function* cleanRow(row: Row, clean: CleanText): Steps<Row> {
  return { ...row, record: yield* cleanObject(row.record, clean) };
}

function* cleanObject(value: JsonObject, clean: CleanText): Steps<JsonObject> {
  const members: [string, Json][] = [];
  for (const name of Object.keys(value)) {
    yield elementSize;
    members.push([yield* clean(name), yield* cleanValue(value[name] ?? null, clean)]);
  }
  return Object.fromEntries(members);
}

function* cleanValue(value: Json, clean: CleanText): Steps<Json> {
  if (isText(value)) return yield* clean(value);
  if (Array.isArray(value)) {
    const elements: Json[] = [];
    for (const element of value) {
      yield elementSize;
      elements.push(yield* cleanValue(element, clean));
    }
    return elements;
  }
  return typeof value === 'object' && value !== null ? yield* cleanObject(value, clean) : value;
}
