// A secret of the profile, sent back by the provider in every place where an answer can hold a text, each time spelled another way.
import { expect } from 'vitest';
import { type Endpoint, envelopesOf } from '../../src/core/endpoint.ts';
import type { Field, Fields } from '../../src/core/fields.ts';
import { getPath, isObject, isText, type Json, type JsonObject, parseJson, writeJson } from '../../src/core/json.ts';
import type { Provider } from '../../src/core/provider.ts';
import { withValue } from '../../src/sandbox/envelope.ts';
import { canarySecrets, echoedSecret } from './canary-profile.ts';

/** How a secret may be spelled in an answer. */
export function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

/** The documented sample with a secret in every text that may be any, in a member nobody documented, and in the name of one. */
export function plantInSample(endpoint: Endpoint, secret: string): string {
  const body = parseJson(endpoint.example);
  for (const envelope of envelopesOf(endpoint)) {
    const place = 'items' in envelope ? envelope.items : envelope.item;
    const found = getPath(body, place);
    const planter = new Planter(secret, endpoint);
    if ('items' in envelope && Array.isArray(found))
      return writeJson(
        withValue(
          body,
          place,
          found.map(row => planter.inRow(row)),
        ),
      );
    if ('item' in envelope && isObject(found ?? null)) return writeJson(withValue(body, place, planter.inRow(found ?? null)));
  }
  throw new Error(`the sample of ${endpoint.name} fits none of its envelopes`);
}

/** A body of a failure with a secret behind the provider's words. */
export function plantInFailure({ failure }: Provider, body: string, secret: string): string {
  if (body === '' || body.startsWith('<')) return body.replace('</h1>', ` ${secret}</h1>`);
  if (!body.startsWith('{')) return `${body} ${secret}`;
  let planted: Json = parseJson(body);
  for (const place of failure.message) {
    const said = getPath(planted, place);
    if (said !== undefined && isText(said)) planted = withValue(planted, place, `${said} ${secret}`);
  }
  return writeJson(planted);
}

/** No text holds a secret of the profile, however it is spelled; where the answer shows what was planted, the first has its mask. */
export function expectMasked(provider: Provider, planted: string, ...texts: readonly string[]): void {
  for (const secret of canarySecrets(provider)) {
    for (const form of spellings(secret)) for (const text of texts) expect(text).not.toContain(form);
  }
  if (planted.includes(echoedSecret(provider).slice(0, 20)) && !planted.startsWith('<')) expect(texts[0]).toContain('[redacted]');
}

class Planter {
  readonly #spellings: readonly string[];
  readonly #endpoint: Endpoint;
  #count = 0;

  constructor(secret: string, endpoint: Endpoint) {
    this.#spellings = spellings(secret);
    this.#endpoint = endpoint;
  }

  inRow(row: Json): Json {
    if (!isObject(row)) return row;
    const keys = new Set(Object.values(this.#endpoint.keys ?? {}).map(({ field }) => field?.split('.')[0]));
    const planted = Object.entries(this.#inFields(this.#endpoint.fields, row)).map(([name, value]) => [
      name,
      keys.has(name) ? row[name] : value,
    ]);
    return { ...Object.fromEntries(planted), undocumented: this.#next(), [this.#next()]: 1 };
  }

  #inFields(fields: Fields, record: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, this.#inValue(fields[name], value)]));
  }

  #inValue(field: Field | undefined, value: Json): Json {
    const inner = field?.kind === 'group' || field?.kind === 'list' ? field.fields : undefined;
    if (isObject(value)) return this.#inFields(inner ?? {}, value);
    if (Array.isArray(value)) return [...value.map(element => (isObject(element) ? this.#inFields(inner ?? {}, element) : this.#next()))];
    // Amounts, numbers, times and flags must look like some; whatever else is a text may be any.
    const isFree = field === undefined || ['text', 'url', 'date-text', 'id', 'enum', 'any'].includes(field.kind);
    return isFree && isText(value) ? this.#next() : value;
  }

  #next(): string {
    return this.#spellings[this.#count++ % this.#spellings.length] ?? '';
  }
}
