// Keys of a batch, one by one: numbered, checked, thinned by --shard and --unique, and packed where calls can be shared.
import type { Endpoint } from '../../core/endpoint.ts';
import { InputError, UsageError } from '../../core/errors.ts';
import { checkKeys, type KeyTuple, mainKey } from '../../core/keys.ts';
import { say, type Words } from '../../core/say.ts';
import { shownTuple } from '../../core/shown-keys.ts';
import type { PackRules } from '../../plan/packs.ts';
import type { Shard } from '../../plan/shard-option.ts';
import { KeySet } from './seen.ts';
import { inShard } from './shard.ts';

/** A key as read, before it is checked. */
export interface KeyInput {
  readonly given: readonly string[];
  readonly line?: number;
  /** Why the line cannot name a key. */
  readonly problem?: Words;
}

/** One key of the run: good, or refused before anything is sent. */
export type CheckedKey = { readonly key: KeyTuple; readonly given: readonly string[]; readonly error?: UsageError };

export interface FeedRules {
  readonly endpoint: Endpoint;
  readonly shard?: Shard | undefined;
  readonly unique: boolean;
  /** Fewer keys than this is an InputError once the source has ended. */
  readonly expect?: number | undefined;
  /** Keys of an earlier run that need no second lookup; asked in rising order. */
  readonly isDone?: ((ordinal: number) => Promise<boolean>) | undefined;
}

/** Numbers and checks keys, those together that come together. A bad key fails alone; it is yielded with its error. */
export async function* feedKeys(source: AsyncIterable<readonly KeyInput[]>, rules: FeedRules): AsyncGenerator<readonly CheckedKey[]> {
  const { endpoint, shard, expect } = rules;
  const seen = rules.unique ? new KeySet() : undefined;
  let count = 0;
  let ordinal = 0;
  const isTaken = (key: CheckedKey): boolean => {
    if (shard === undefined && seen === undefined) return true;
    const identity = identityOf(key, endpoint);
    return (shard === undefined || inShard(identity, shard)) && seen?.add(identity) !== false;
  };
  for await (const rows of source) {
    count += rows.length;
    const fed: CheckedKey[] = [];
    for (const raw of rows) {
      const key = checked(raw, ordinal, endpoint);
      if (!isTaken(key)) continue;
      ordinal += 1;
      if (!(await rules.isDone?.(key.key.ordinal))) fed.push(key);
    }
    yield fed;
  }
  if (expect !== undefined) assertEnough(count, expect);
}

/** Throws InputError when a source has fewer keys than were expected. */
export function assertEnough(count: number, expect: number): void {
  if (count < expect) throw new InputError(say`${count} keys where at least ${expect} were expected`);
}

function isGood({ error }: CheckedKey): boolean {
  return error === undefined;
}

/** Whether a key belongs to the part of a run. */
export function isOurs(raw: KeyInput, endpoint: Endpoint, shard: Shard | undefined): boolean {
  return shard === undefined || inShard(identityOf(checked(raw, 0, endpoint), endpoint), shard);
}

/** What all spellings of one key have in common: its values as a JSON array. A bad key is told by its text. */
function identityOf(fed: CheckedKey, { keys = {} }: Endpoint): string {
  if (!isGood(fed)) return JSON.stringify(fed.given);
  const values = Object.entries(fed.key.values);
  return JSON.stringify(values.map(([parameter, value]) => (keys[parameter]?.grammar.ignoreCase ? value.toLowerCase() : value)));
}

function checked(raw: KeyInput, ordinal: number, endpoint: Endpoint): CheckedKey {
  const place = raw.line === undefined ? {} : { line: raw.line };
  try {
    if (raw.problem !== undefined) throw new UsageError(raw.problem, { keys: shownTuple(endpoint, raw.given) });
    return { key: { ordinal, values: checkKeys(endpoint, raw.given), ...place }, given: raw.given };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const told = raw.line === undefined ? error : new UsageError(say`line ${raw.line}: ${error.said}`, error.given);
    return { key: { ordinal, values: {}, ...place }, given: raw.given, error: told };
  }
}

/**
 * Groups keys that may share a call; a call per key without rules. Keys stay in order. A repeated key begins a new group:
 * whether a provider names it once or twice in one answer, it could not be told from a mistake.
 */
export async function* packKeys(
  keys: AsyncIterable<readonly CheckedKey[]>,
  endpoint: Endpoint,
  rules: PackRules | undefined,
): AsyncGenerator<ReadonlyArray<readonly CheckedKey[]>> {
  if (rules === undefined) {
    for await (const fed of keys) yield fed.map(key => [key]);
    return;
  }
  const parameter = mainKey(endpoint)?.parameter ?? '';
  let pack: CheckedKey[] = [];
  let inPack = new Set<string>();
  let characters = 0;
  for await (const some of keys) {
    const packs: (readonly CheckedKey[])[] = [];
    for (const fed of some) {
      const key = identityOf(fed, endpoint);
      const length = (fed.key.values[parameter]?.length ?? 0) + 1;
      const isFull = pack.length >= rules.size || characters + length > (rules.maxCharacters ?? Number.POSITIVE_INFINITY);
      if (pack.length > 0 && (isFull || inPack.has(key))) {
        packs.push(pack);
        pack = [];
        inPack = new Set();
        characters = 0;
      }
      pack.push(fed);
      inPack.add(key);
      characters += length;
    }
    yield packs;
  }
  if (pack.length > 0) yield [pack];
}
