// The text of `--shard`, apart from the hash so that help need not load it.
import { bounds } from '../core/bounds.ts';
import { UsageError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';

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
  throw new UsageError(say`--shard "${text}" is not a part like 3/16`, {
    hint: say`the first of 16 parts is 1/16, the last 16/16; where an index counts from 0, add 1`,
  });
}

/** Since 2, spellings of one key fall into one part. */
const splitVersion = 2;

/** What must be the same to resume a part: `2/16 v2`. */
export function splitName({ index, count }: Shard): string {
  return `${index}/${count} v${splitVersion}`;
}

interface Rates {
  readonly ratePerSecond: number | undefined;
  readonly sharedRatePerSecond: number | undefined;
}

/** What the parts make together, and the line that divides the limit where they cannot share it. Undefined where nothing is limited. */
export function divisionOf({ index, count }: Shard, { ratePerSecond, sharedRatePerSecond }: Rates): Words | undefined {
  if (ratePerSecond === undefined || count === 1) return undefined;
  const part = `${index}/${count}`;
  if (sharedRatePerSecond === undefined)
    return say`shard ${part}: all ${count} at once make ${short(ratePerSecond * count)} requests a second`;
  const each = short(sharedRatePerSecond / count);
  if (each < bounds.maxRate.min) return say`shard ${part}: on one machine all share ${sharedRatePerSecond} requests a second`;
  const line = `--shard ${part} --max-rate ${each} --no-shared-rate`;
  return say`shard ${part}: on one machine all share ${sharedRatePerSecond} requests a second; on several, all ${count} at once: ${line}`;
}

/** Rounded down: the parts must not make more than the whole. */
function short(rate: number): number {
  return Math.floor(rate * 10_000 + 1e-6) / 10_000;
}
