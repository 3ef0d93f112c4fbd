// `--shard i/n`: one key file shared by n runs without talking to each other. A run that resumes, or a part that runs elsewhere,
// must see the same split: whoever changes it raises the version.
import { createHash } from 'node:crypto';

/** One of `count` parts; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Since 2, spellings of one key fall into one part. */
const version = 2;

/** What must be the same to resume a part: `2/16 v2`. */
export function splitName({ index, count }: Shard): string {
  return `${index}/${count} v${version}`;
}

/** Whether a key belongs to a part: the first 48 bits of the SHA-256 of its identity (`identityOf`), modulo the count. */
export function inShard(identity: string, shard: Shard): boolean {
  const hash = createHash('sha256').update(identity).digest();
  return hash.readUIntBE(0, 6) % shard.count === shard.index - 1;
}
