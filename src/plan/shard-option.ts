// The text of `--shard`, apart from the hash so that help need not load it.

import type { Shard } from '../batch/keys/shard.ts';
import { UsageError } from '../core/errors.ts';

/** Reads `3/16`. Throws UsageError. */
export function parseShard(text: string): Shard {
  const [, index = '', count = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new UsageError(`--shard "${text}" is not a part like 3/16`, {
    hint: 'the first of 16 parts is 1/16, the last 16/16; where an index counts from 0, add 1',
  });
}
