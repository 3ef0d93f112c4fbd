// `--shard i/n`: one key file shared by n runs without talking to each other. The hash may never change between releases:
// a run that resumes, or a part that runs elsewhere, must see the same split.
import { createHash } from 'node:crypto';
import { UsageError } from '../core/errors.ts';

/** One of `count` parts; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `3/16`. Throws UsageError. */
export function parseShard(text: string): Shard {
  const [, index = '', count = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new UsageError(`--shard "${text}" is not a part like 3/16`, {
    hint: 'the first of 16 parts is 1/16, the last 16/16; where an index counts from 0, add 1',
  });
}

/** Whether the keys of one lookup belong to a part: the first 48 bits of the SHA-256 of the keys as a JSON array, modulo the count. */
export function inShard(values: readonly string[], shard: Shard): boolean {
  const hash = createHash('sha256').update(JSON.stringify(values)).digest();
  return hash.readUIntBE(0, 6) % shard.count === shard.index - 1;
}
