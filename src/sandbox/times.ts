// Points in time and days between 2023 and 2025, written in the style of the documented value: same unit, same precision, same zone.
import { dice } from './dice.ts';

const dayMs = 86_400_000;
const daySeconds = 86_400;
const firstMs = Date.UTC(2023, 2, 5);
const spanMs = Date.UTC(2025, 9, 1) - firstMs;
/** Times of one record lie at most this far apart. */
const maxApartMs = 60 * dayMs;

/** The time a record is about. */
export function recordTimeMs(seed: number): number {
  return firstMs + Math.floor(dice(seed)() * spanMs);
}

/** Milliseconds of a time in one of the styles providers use; undefined for anything else. */
export function readTimeMs(text: string): number | undefined {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000);
  const [, day, clock, zone] = dated.exec(text) ?? [];
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T${clock ?? '00:00:00'}${zone || 'Z'}`);
  return Number.isNaN(ms) ? undefined : ms;
}

const dated = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** A time as far from `timeMs` as the documented one is from `baseMs` (within limits unless `far`), in the documented one's style. */
export function moveTime(like: string, baseMs: number, timeMs: number, laterDays: number, far: boolean): string {
  const likeMs = readTimeMs(like);
  if (likeMs === undefined) return like;
  const apart = likeMs - baseMs;
  const moved = timeMs + (far || Math.abs(apart) <= maxApartMs ? apart : apart % maxApartMs) + laterDays * dayMs;
  if (/^\d{13}$/.test(like)) return `${roundLike(likeMs, moved)}`;
  if (/^\d/.test(like) && !like.includes('-')) return writeSeconds(like, moved);
  return writeDated(like, moved);
}

/** Midnights stay midnights and whole seconds stay whole seconds. */
function roundLike(likeMs: number, ms: number): number {
  if (likeMs % 3_600_000 === 0) return Math.floor(ms / dayMs) * dayMs + (likeMs % dayMs);
  return likeMs % 1000 === 0 ? Math.floor(ms / 1000) * 1000 : ms;
}

function writeSeconds(like: string, ms: number): string {
  const decimals = like.split('.')[1]?.length ?? 0;
  const seconds = Math.floor(ms / 1000);
  if (decimals === 0) return `${seconds}`;
  // The last moment of a day stays one.
  if (/\.9+$/.test(like))
    return `${Math.floor(seconds / daySeconds) * daySeconds + (Number.parseInt(like, 10) % daySeconds)}${like.slice(10)}`;
  const roll = dice(ms % 2 ** 32);
  const finer = Array.from({ length: Math.max(0, decimals - 3) }, () => Math.floor(roll() * 10)).join('');
  // The last digit is never 0: a float printed in full has none.
  return `${seconds}.${`${ms % 1000}`.padStart(3, '0')}${finer}`.slice(0, 11 + decimals).replace(/0$/, '1');
}

function writeDated(like: string, ms: number): string {
  const zone = /([+-])(\d{2}):(\d{2})$/.exec(like);
  const offsetMs =
    zone && like.includes(':') && like.length > 10 ? (Number(zone[2]) * 60 + Number(zone[3])) * 60_000 * (zone[1] === '-' ? -1 : 1) : 0;
  const iso = new Date(ms + offsetMs).toISOString();
  if (like.length === 10) return iso.slice(0, 10);
  const fraction = /\.(\d+)/.exec(like)?.[1]?.length ?? 0;
  const tail = like.replace(/^.{19}(?:\.\d+)?/, '');
  const part = fraction === 0 ? '' : `.${iso.slice(20, 23).padEnd(fraction, '0').slice(0, fraction)}`;
  return `${iso.slice(0, 10)}${like[10]}${iso.slice(11, 19)}${part}${tail}`;
}
