// The token bucket that all runs of one provider, profile and host share on this machine, in the state directory. A run never fails for
// it: where the directory cannot be used, each run keeps to the limit alone, and says so once.
import { prepareStateDirectory } from '../auth/state-directory.ts';
import { stateDir } from '../config/locations.ts';
import type { Profile } from '../config/profile.ts';
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno } from '../files/errno.ts';
import { type Found, VersionedValue } from '../files/versioned-value.ts';
import { type Bucket, type BucketPlace, fullBucket, ownBucket } from '../http/token-bucket.ts';
import type { Context } from './context.ts';
import { platformOf } from './platform.ts';
import { makeRateDirectory, rateDirectory } from './rate-directory.ts';

/** Opens the shared bucket, or one of our own where there can be none. */
export async function openSharedBucket(context: Context, profile: Profile): Promise<BucketPlace> {
  const { uid, monotonicMs, processes, random } = context.runtime;
  const state = stateDir(platformOf(context));
  const freshName = () => `${processes.pid}-${monotonicMs()}-${random()}`;
  if (state === undefined) return ownBucket(monotonicMs);
  try {
    await prepareStateDirectory(state, uid);
    const dir = rateDirectory(state, profile);
    makeRateDirectory(dir, uid);
    return new SharedBucket(new VersionedValue({ dir, uid, monotonicMs, freshName }), {
      monotonicMs,
      doubt: () => context.messages.trace?.(`. shared rate: what lies in ${dir} is of no use; beginning anew, without a burst`),
      remake: () => makeRateDirectory(dir, uid),
      // Where it left off, and without a burst: that may have been spent.
      goAlone: (error, last) => {
        warnOnce(context, state, error);
        return ownBucket(monotonicMs, { ...last, nextMs: Math.max(last.nextMs, monotonicMs()) });
      },
    });
  } catch (error) {
    warnOnce(context, state, error);
    return ownBucket(monotonicMs);
  }
}

const warned = new WeakSet<Context>();

/** A run may ask several providers, and the directory is one. */
function warnOnce(context: Context, state: string, error: unknown): void {
  if (warned.has(context)) return;
  warned.add(context);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const why = error instanceof ConfigError ? say` (${error.said})` : code === undefined ? '' : ` (${code})`;
  context.messages.warn(say`the rate is not shared with other runs: the state directory ${state} cannot be used${why}`);
}

interface Surroundings {
  readonly monotonicMs: () => number;
  readonly doubt: () => void;
  /** Makes the directory that somebody has removed. */
  readonly remake: () => void;
  readonly goAlone: (error: unknown, last: Bucket) => BucketPlace;
}

class SharedBucket implements BucketPlace {
  readonly #value: VersionedValue;
  readonly #around: Surroundings;
  #last = fullBucket;
  #alone: BucketPlace | undefined;

  constructor(value: VersionedValue, around: Surroundings) {
    this.#value = value;
    this.#around = around;
  }

  read(): Bucket {
    return this.#withFiles(
      () => this.#bucketOf(this.#value.read(), this.#around.monotonicMs()),
      alone => alone.read(),
    );
  }

  update<T>(change: (bucket: Bucket, nowMs: number) => readonly [bucket: Bucket, result: T]): T {
    const [bucket, result] = this.#withFiles(
      () =>
        this.#value.update((found, nowMs) => {
          const [changed, result] = change(this.#bucketOf(found, nowMs), nowMs);
          return [writeBucket(changed), [changed, result] as const];
        }),
      alone => {
        const result = alone.update(change);
        return [alone.read(), result] as const;
      },
    );
    this.#last = bucket;
    return result;
  }

  #withFiles<T>(work: () => T, otherwise: (alone: BucketPlace) => T): T {
    if (this.#alone !== undefined) return otherwise(this.#alone);
    try {
      try {
        return work();
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error;
        this.#around.remake();
        return work();
      }
    } catch (error) {
      this.#alone = this.#around.goAlone(error, this.#last);
      return otherwise(this.#alone);
    }
  }

  #bucketOf(found: Found, nowMs: number): Bucket {
    if (found === undefined) return fullBucket;
    const bucket = readBucket(found, nowMs);
    if (bucket !== undefined) return bucket;
    this.#around.doubt();
    return { ...fullBucket, nextMs: nowMs };
  }
}

/** Each of the runs has taken one time ahead or a few; a pause is never longer than a Retry-After that is believed. */
const mostAheadMs = 3_600_000;
const longestPauseMs = 300_000;

function writeBucket({ nextMs, pausedUntilMs }: Bucket): string {
  return `${nextMs} ${Math.max(0, pausedUntilMs)}`;
}

/** Undefined for what cannot be true. */
function readBucket(text: string, nowMs: number): Bucket | undefined {
  const [, next = '', paused = ''] = /^(-?\d[\d.e-]*) (\d[\d.e-]*)$/.exec(text) ?? [];
  const [nextMs, pausedUntilMs] = [Number(next), Number(paused)];
  const isPossible = next !== '' && nextMs <= nowMs + mostAheadMs && pausedUntilMs <= nowMs + longestPauseMs;
  return isPossible ? { nextMs, pausedUntilMs } : undefined;
}
