// Whose answer a saved file is, where it is not of the endpoint that was asked to read it.
import type { Endpoint } from '../core/endpoint.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import { openAnswer } from '../decode/answer.ts';

const fewestFields = 3;
/** So much of a record has to be documented there. */
const enough = 0.6;

export interface Origin {
  readonly provider: string;
  readonly endpoint: string;
}

/** The endpoint whose document fits a saved answer best; undefined where none does well. */
export function savedOrigin(text: string, providers: readonly Provider[]): Origin | undefined {
  const body = parsed(text);
  if (body === undefined) return undefined;
  const ranked = providers.flatMap(provider =>
    provider.endpoints.map(endpoint => ({ provider: provider.name, endpoint: endpoint.name, fit: fitOf(endpoint, body) })),
  );
  const [best] = ranked.filter(({ fit }) => fit >= enough).toSorted((a, b) => b.fit - a.fit);
  return best && { provider: best.provider, endpoint: best.endpoint };
}

/** Which part of the members of the first record is documented, provided that it is a few. */
function fitOf(endpoint: Endpoint, body: Json): number {
  if (endpoint.open) return 0;
  const [record] = recordsOf(endpoint, body);
  const members = record === undefined ? [] : Object.keys(record);
  const known = members.filter(name => Object.hasOwn(endpoint.fields, name));
  return known.length < fewestFields ? 0 : known.length / members.length;
}

function recordsOf(endpoint: Endpoint, body: Json): readonly JsonObject[] {
  if (Array.isArray(body)) return body.filter(isObject);
  try {
    return openAnswer(endpoint, body) ?? (isObject(body) ? [body] : []);
  } catch {
    return [];
  }
}

/** The document, or its first line where each is one. */
function parsed(text: string): Json | undefined {
  for (const candidate of [text, text.split('\n', 1)[0] ?? '']) {
    try {
      return parseJson(candidate);
    } catch {}
  }
  return undefined;
}
