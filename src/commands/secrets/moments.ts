// Points in time as people say them: when, in their own zone, and how far away that is.
import { type Saying, say } from '../../core/say.ts';
import { openZone } from '../../core/zones.ts';
import { minuteText } from '../../output/text/instants.ts';

const minuteMs = 60_000;

interface Unit {
  readonly minutes: number;
  readonly ahead: (count: number) => Saying;
  readonly ago: (count: number) => Saying;
}

/** A unit is used from two of it on: 47 hours, 2 days. */
const units: readonly Unit[] = [
  { minutes: 365.25 * 24 * 60, ahead: count => say`in ${count} years`, ago: count => say`${count} years ago` },
  { minutes: 30.44 * 24 * 60, ahead: count => say`in ${count} months`, ago: count => say`${count} months ago` },
  { minutes: 24 * 60, ahead: count => say`in ${count} days`, ago: count => say`${count} days ago` },
  { minutes: 60, ahead: count => say`in ${count} hours`, ago: count => say`${count} hours ago` },
  { minutes: 1, ahead: count => say`in ${count} min`, ago: count => say`${count} min ago` },
];

/** `in 23 hours`, `3 years ago`. */
export function distanceWords(ms: number, now: Date): Saying {
  const away = ms - now.getTime();
  const minutes = Math.max(1, Math.floor(Math.abs(away) / minuteMs));
  const unit = units.find(({ minutes: each }) => minutes >= 2 * each) ?? units.at(-1);
  if (unit === undefined) throw new RangeError('there are units');
  const count = Math.floor(minutes / unit.minutes);
  return away > 0 ? unit.ahead(count) : unit.ago(count);
}

/** `2026-11-22 14:20 -03:00`. */
export function momentWords(ms: number): string {
  return minuteText({ seconds: Math.floor(ms / 1000), fraction: '' }, openZone(), undefined);
}
