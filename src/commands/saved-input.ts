// --input: a saved answer in place of a call, from a file or stdin; keys given select among its records.
import { createReadStream } from 'node:fs';
import type { Endpoint } from '../core/endpoint.ts';
import { NotFoundError } from '../core/errors.ts';
import { isText, type JsonObject, numberText } from '../core/json.ts';
import { checkKey, type KeyValues, mainKey, sameKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { readSaved } from '../decode/saved.ts';
import type { Drift } from '../decode/shape.ts';
import type { Context } from './context.ts';
import { unreadable } from './unreadable.ts';

/** Records that are read together; more would only need more memory. */
const readBytes = 256 * 1024;

/** Records of a saved answer. Throws InputError when it cannot be read, NotFoundError when none of the given keys is in it. */
export async function* readInput(
  context: Context,
  provider: Provider,
  endpoint: Endpoint,
  keys: readonly string[],
  drift: Drift,
): AsyncGenerator<readonly JsonObject[]> {
  const file = context.options.source.input ?? '-';
  const bytes = file === '-' ? context.runtime.stdin : createReadStream(file, { highWaterMark: readBytes });
  const name = file === '-' ? 'standard input' : file;
  const wanted = selectedKeys(endpoint, keys);
  let found = 0;
  for await (const records of readSaved({ provider, endpoint, bytes: unreadable(bytes, name), name, drift })) {
    const chosen = wanted === undefined ? records : records.filter(wanted);
    found += chosen.length;
    if (chosen.length > 0) yield chosen;
  }
  if (wanted !== undefined && found === 0) {
    throw new NotFoundError(`not found in ${name}`, { provider: provider.name, endpoint: endpoint.name, keys });
  }
}

function selectedKeys(endpoint: Endpoint, given: readonly string[]): ((record: JsonObject) => boolean) | undefined {
  const main = mainKey(endpoint);
  if (main === undefined || given.length === 0) return undefined;
  const parameters = Object.keys(endpoint.keys ?? {});
  const own = given.length >= parameters.length ? given.slice(parameters.length - 1) : given;
  const keys: KeyValues[] = own.map(key => ({ [main.parameter]: checkKey(main.parameter, main.key, key) }));
  const field = main.key.field;
  if (field === undefined) return undefined;
  return record => {
    const value = record[field];
    const named = value === undefined ? '' : (numberText(value) ?? (isText(value) ? value : ''));
    return keys.some(key => sameKey(main.key, key[main.parameter] ?? '', named));
  };
}
