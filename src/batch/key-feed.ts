// Keys of a batch, one by one: numbered, checked, thinned by --shard and --unique, and packed where calls can be shared.
import type { Endpoint } from '../core/endpoint.ts';
import { InputError, UsageError } from '../core/errors.ts';
import { checkKeys, type KeyTuple, mainKey } from '../core/keys.ts';
import { inShard, type Shard } from './shard.ts';

/** A key as read, before it is checked. */
export interface RawKey {
  readonly given: readonly string[];
  readonly line?: number;
  /** Why the line cannot name a key. */
  readonly problem?: string;
}

/** One key of the run: good, or refused before anything is sent. */
export type FedKey = { readonly key: KeyTuple; readonly given: readonly string[]; readonly error?: UsageError };

export interface FeedRules {
  readonly endpoint: Endpoint;
  readonly shard?: Shard | undefined;
  readonly unique: boolean;
  /** Fewer keys than this is an InputError once the source has ended. */
  readonly expect?: number | undefined;
  /** Keys of an earlier run that need no second lookup; asked in rising order. */
  readonly isDone?: ((ordinal: number) => Promise<boolean>) | undefined;
}

/** Numbers and checks keys. A bad key fails alone; it is yielded with its error. */
export async function* feedKeys(source: AsyncIterable<RawKey>, rules: FeedRules): AsyncGenerator<FedKey> {
  const seen = rules.unique ? new Set<string>() : undefined;
  let count = 0;
  let ordinal = 0;
  for await (const raw of source) {
    count += 1;
    const fed = checked(raw, ordinal, rules.endpoint);
    const values = Object.values(fed.key.values);
    const identity = JSON.stringify(values.length > 0 ? values : raw.given);
    if (rules.shard && !inShard(values.length > 0 ? values : raw.given, rules.shard)) continue;
    if (seen?.has(identity)) continue;
    seen?.add(identity);
    ordinal += 1;
    if (await rules.isDone?.(fed.key.ordinal)) continue;
    yield fed;
  }
  if (rules.expect !== undefined && count < rules.expect)
    throw new InputError(`${count} keys where at least ${rules.expect} were expected`);
}

function checked(raw: RawKey, ordinal: number, endpoint: Endpoint): FedKey {
  const place = raw.line === undefined ? {} : { line: raw.line };
  try {
    if (raw.problem !== undefined) throw new UsageError(raw.problem, { keys: raw.given });
    return { key: { ordinal, values: checkKeys(endpoint, raw.given), ...place }, given: raw.given };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const told = raw.line === undefined ? error : new UsageError(`line ${raw.line}: ${error.message}`, error.facts);
    return { key: { ordinal, values: {}, ...place }, given: raw.given, error: told };
  }
}

export interface PackRules {
  readonly size: number;
  /** Limit of the packed text, separators included. */
  readonly maxCharacters: number;
}

/** Groups keys that may share a call; a call per key without rules. Keys stay in order. */
export async function* packKeys(
  keys: AsyncIterable<FedKey>,
  endpoint: Endpoint,
  rules: PackRules | undefined,
): AsyncGenerator<readonly FedKey[]> {
  const parameter = mainKey(endpoint)?.parameter ?? '';
  let pack: FedKey[] = [];
  let characters = 0;
  for await (const fed of keys) {
    const length = (fed.key.values[parameter]?.length ?? 0) + 1;
    const full = rules === undefined || pack.length >= rules.size || characters + length > rules.maxCharacters;
    if (pack.length > 0 && full) {
      yield pack;
      pack = [];
      characters = 0;
    }
    pack.push(fed);
    characters += length;
  }
  if (pack.length > 0) yield pack;
}
