// `--shard i/n`: one key file shared by n runs without talking to each other. The hash may never change between releases:
// a run that resumes, or a part that runs elsewhere, must see the same split.
import { createHash } from 'node:crypto';

/** One of `count` parts; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Whether the keys of one lookup belong to a part: the first 48 bits of the SHA-256 of the keys as a JSON array, modulo the count. */
export function inShard(values: readonly string[], shard: Shard): boolean {
  const hash = createHash('sha256').update(JSON.stringify(values)).digest();
  return hash.readUIntBE(0, 6) % shard.count === shard.index - 1;
}
