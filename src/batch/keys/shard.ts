// `--shard i/n`: one key file shared by n runs without talking to each other. A run that resumes, or a part that runs elsewhere,
// must see the same split: whoever changes it raises the version in plan/shard-option.ts.
import { createHash } from 'node:crypto';
import type { Shard } from '../../plan/shard-option.ts';

/** Whether a key belongs to a part: the first 48 bits of the SHA-256 of its identity (`identityOf`), modulo the count. */
export function inShard(identity: string, shard: Shard): boolean {
  const hash = createHash('sha256').update(identity).digest();
  return hash.readUIntBE(0, 6) % shard.count === shard.index - 1;
}
