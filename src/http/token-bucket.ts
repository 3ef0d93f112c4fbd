// The token bucket as two times and two rules, so that it may lie in memory or be shared by processes: a request is given a time, one
// interval behind the last one given, and a time may lie behind the clock by as much as a burst. Who comes first is served first.

export interface Bucket {
  /** The earliest time that has not been given to a request. */
  readonly nextMs: number;
  /** Times before it were given in vain: a provider asked for a pause. */
  readonly pausedUntilMs: number;
}

export interface Rate {
  /** Between two requests; 0 for no limit. */
  readonly intervalMs: number;
  /** Requests that may leave at once after a quiet time. */
  readonly burst: number;
}

/** Where a bucket lies. */
export interface BucketPlace {
  read(): Bucket;
  /** Puts a new bucket in the place of the old one; nobody else comes between. */
  update<T>(change: (bucket: Bucket, nowMs: number) => readonly [bucket: Bucket, result: T]): T;
}

export const fullBucket: Bucket = { nextMs: Number.NEGATIVE_INFINITY, pausedUntilMs: Number.NEGATIVE_INFINITY };

/** The times for so many requests. In any window lie at most rate times its length and a burst of them, as long as each is used in time. */
export function giveTimes(bucket: Bucket, nowMs: number, count: number, { intervalMs, burst }: Rate): readonly [Bucket, number[]] {
  const firstMs = Math.max(bucket.nextMs, nowMs - (burst - 1) * intervalMs);
  const times = Array.from({ length: count }, (_, at) => firstMs + at * intervalMs);
  return [{ ...bucket, nextMs: firstMs + count * intervalMs }, times];
}

/** How many requests may leave by now. */
export function countDue(bucket: Bucket, nowMs: number, rate: Rate): number {
  const firstMs = Math.max(bucket.nextMs, nowMs - (rate.burst - 1) * rate.intervalMs);
  if (firstMs > nowMs) return 0;
  return rate.intervalMs === 0 ? Number.POSITIVE_INFINITY : Math.floor((nowMs - firstMs) / rate.intervalMs) + 1;
}

/** No time is given before the end of the pause, and no burst behind it: all workers, and all runs of the machine, would fire at once. */
export function pauseBucket(bucket: Bucket, untilMs: number): Bucket {
  return { nextMs: Math.max(bucket.nextMs, untilMs), pausedUntilMs: Math.max(bucket.pausedUntilMs, untilMs) };
}

/** A bucket of this process alone. */
export function ownBucket(monotonicMs: () => number, start: Bucket = fullBucket): BucketPlace {
  let bucket = start;
  return {
    read: () => bucket,
    update: change => {
      const [changed, result] = change(bucket, monotonicMs());
      bucket = changed;
      return result;
    },
  };
}
