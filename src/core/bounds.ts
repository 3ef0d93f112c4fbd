// How far the numbers may go that both an option and a profile set: one definition, so that the two cannot differ.
import { type Saying, say } from './say.ts';

/** Both ends are allowed. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly whole?: true;
}

/** By the name of the option and of the key in a profile. */
export const bounds = {
  /** Seconds. */
  timeout: { min: 0.1, max: 86_400 },
  retries: { min: 0, max: 100, whole: true },
  /** Requests a second. */
  maxRate: { min: 0.01, max: 10_000 },
  /** Seconds between two looks at a record. */
  watch: { min: 5, max: 86_400 },
  concurrency: { min: 1, max: 64, whole: true },
} as const satisfies Readonly<Record<string, Bounds>>;

/** Whether a number keeps to its bounds; NaN does not. */
export function isWithin(value: number, { min, max, whole }: Bounds): boolean {
  return value >= min && value <= max && (whole !== true || Number.isInteger(value));
}

/** What is said of a number beyond its bounds. Without an upper end none is said. */
export function boundsWords({ min, max, whole }: Bounds): Saying {
  if (whole !== true) return say`it must be a number from ${min} to ${max}`;
  return max === Number.MAX_SAFE_INTEGER
    ? say`it must be a whole number from ${min}`
    : say`it must be a whole number from ${min} to ${max}`;
}

/** The same of a value that has been named: `must be a whole number from 1 to 64`. */
export function boundsFault({ min, max, whole }: Bounds): Saying {
  if (whole !== true) return say`must be a number from ${min} to ${max}`;
  return max === Number.MAX_SAFE_INTEGER ? say`must be a whole number from ${min}` : say`must be a whole number from ${min} to ${max}`;
}
