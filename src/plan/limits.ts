// How fast, how often and how long a run may ask: what the options say, else the profile, else the defaults.
import type { Profile } from '../config/profile.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { section } from './section.ts';

export interface Limits {
  /** One attempt, whole. */
  readonly attemptMs: number;
  /** Tries after the first. */
  readonly retries: number;
  /** First tries and retries together; undefined: no limit. */
  readonly ratePerSecond: number | undefined;
  /** Of all runs of the profile on this machine that share; undefined: this one does not. */
  readonly sharedRatePerSecond: number | undefined;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** From the start of the run; undefined: no end. */
  readonly deadlineMs: number | undefined;
  /** A longer `Retry-After` is cut to this. */
  readonly longestRetryAfterMs: number;
}

const defaults = { attemptMs: 60_000, retries: 2, ratePerSecond: 5, concurrency: 4 };
const longestRetryAfterMs = { lookup: 60_000, batch: 300_000 };

export const planLimits = section(
  ['timeout', 'retries', 'maxRate', 'noSharedRate', 'concurrency', 'deadline'],
  (options, profile: Profile | undefined, run: keyof typeof longestRetryAfterMs): Limits => {
    const limit = profile?.maxRate ?? (isHere(profile) ? undefined : defaults.ratePerSecond);
    const ratePerSecond = options.maxRate ?? limit;
    return {
      attemptMs: inMs(options.timeout) ?? profile?.timeoutMs ?? defaults.attemptMs,
      retries: options.retries ?? profile?.retries ?? defaults.retries,
      ratePerSecond,
      sharedRatePerSecond: options.noSharedRate || !isShareable(profile) ? undefined : largerOf(ratePerSecond, limit),
      concurrency: options.concurrency ?? profile?.concurrency ?? defaults.concurrency,
      deadlineMs: inMs(options.deadline),
      longestRetryAfterMs: longestRetryAfterMs[run],
    };
  },
);

/** The servers of the embedded sandbox are for one run alone. */
function isShareable(profile: Profile | undefined): boolean {
  return profile !== undefined && profile.source !== 'sandbox';
}

/** A slow run does not make the others slow, and who asks for more than the profile has a reason to. */
function largerOf(asked: number | undefined, limit: number | undefined): number | undefined {
  return asked === undefined ? undefined : Math.max(asked, limit ?? 0);
}

function isHere(profile: Profile | undefined): boolean {
  return profile !== undefined && URL.canParse(profile.baseUrl) && isLoopbackHost(new URL(profile.baseUrl).hostname);
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
