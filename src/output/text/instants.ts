// Points in time, exact as the provider sent them: string and BigInt arithmetic, so that no microsecond is lost or invented.
import type { InstantUnit } from '../../core/fields.ts';
import { isText, type Json, textOrNumber } from '../../core/json.ts';
import type { Zone } from '../../core/zones.ts';

/** A point in time of the years 0000 to 9999. */
export interface Instant {
  /** Whole seconds since 1970 UTC, rounded down. */
  readonly seconds: number;
  /** Digits after the decimal point of the second, as precise as sent; '' when sent without. */
  readonly fraction: string;
}

const firstSecond = -62_167_219_200;
const lastSecond = 253_402_300_799;
const maxDigits = 100;

/** Reads a value as an instant. Undefined when it is none: then it is shown as sent. */
export function readInstant(value: Json, unit: InstantUnit): Instant | undefined {
  const text = textOrNumber(value);
  if (text === undefined) return undefined;
  if (unit === 'iso') return isText(value) ? readIso(text) : undefined;
  return readEpoch(text, unit === 'ms' ? 3 : 0);
}

// What providers send as a rule, read without big integers.
const plainMilliseconds = /^\d{4,15}$/;
const plainSeconds = /^\d{1,11}(?:\.\d{1,9})?$/;
const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** `decimals`: digits of the count that are below the second (3 for milliseconds). */
function readEpoch(text: string, decimals: 0 | 3): Instant | undefined {
  if (decimals === 3 && plainMilliseconds.test(text)) return inRange(Number(text.slice(0, -3)), text.slice(-3));
  if (decimals === 0 && plainSeconds.test(text)) {
    const point = text.indexOf('.');
    return point === -1 ? inRange(Number(text), '') : inRange(Number(text.slice(0, point)), text.slice(point + 1));
  }
  const match = decimal.exec(text);
  if (match === null || text.length > maxDigits) return undefined;
  const [, sign = '', whole = '', part = '', exponent = '0'] = match;
  const point = part.length + decimals - Number(exponent);
  const places = Math.max(point, decimals);
  if (places > maxDigits || places - point > maxDigits) return undefined;
  const scaled = BigInt(`${sign}${whole}${part}${'0'.repeat(places - point)}`);
  const unit = 10n ** BigInt(places);
  const below = ((scaled % unit) + unit) % unit;
  const seconds = Number((scaled - below) / unit);
  return inRange(seconds, places === 0 ? '' : below.toString().padStart(places, '0'));
}

const iso = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

function readIso(text: string): Instant | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, day = '', minute = '', second = '00', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = `${day}T${minute}:${second}`;
  const milliseconds = Date.parse(`${local}Z`);
  // Days and times that do not exist (30 February, 23:59:60) are shown as sent rather than moved.
  if (Number.isNaN(milliseconds) || secondsText(milliseconds / 1000) !== local) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  return inRange(milliseconds / 1000 - offset, fraction);
}

function inRange(seconds: number, fraction: string): Instant | undefined {
  return seconds >= firstSecond && seconds <= lastSecond ? { seconds, fraction } : undefined;
}

/** RFC 3339 in UTC: `2022-06-07T06:30:39.075Z`. */
export function utcText(instant: Instant): string {
  return `${secondsText(instant.seconds)}${fractionText(instant)}Z`;
}

/** RFC 3339 with the offset of a zone: `2022-06-07T14:30:39.075+08:00`. */
export function zonedText(instant: Instant, zone: Zone): string {
  const { local, offset } = inZone(instant, zone);
  return `${local}${fractionText(instant)}${offset}`;
}

/** For people: `2022-06-07 14:30:39.075 +08:00`. */
export function humanText(instant: Instant, zone: Zone): string {
  const { local, offset } = inZone(instant, zone);
  return `${local.replace('T', ' ')}${fractionText(instant)} ${offset}`;
}

/** For a table on a screen: `2022-06-07 14:30`, with the offset unless it is the one that its heading has. */
export function minuteText(instant: Instant, zone: Zone, told: string | undefined): string {
  const { local, offset } = inZone(instant, zone);
  const minute = local.slice(0, -':00'.length).replace('T', ' ');
  return offset === told ? minute : `${minute} ${offset}`;
}

/** For a page: every digit as sent, with the offset unless it is the one that its heading has. */
export function localText(instant: Instant, zone: Zone, told: string): string {
  const { local, offset } = inZone(instant, zone);
  const text = `${local.replace('T', ' ')}${fractionText(instant)}`;
  return offset === told ? text : `${text} ${offset}`;
}

/** The offset of a zone at an instant: `+08:00`. */
export function offsetText(instant: Instant, zone: Zone): string {
  return inZone(instant, zone).offset;
}

/** Earlier is negative; exact across precisions. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  const digits = Math.max(a.fraction.length, b.fraction.length);
  const [first, second] = [a.fraction.padEnd(digits, '0'), b.fraction.padEnd(digits, '0')];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Seconds of a clock in a zone, counted as if it stood in UTC. */
export function localSeconds({ seconds }: Instant, zone: Zone): number {
  return seconds + zone.offsetMinutes(seconds) * 60;
}

function inZone({ seconds }: Instant, zone: Zone): { local: string; offset: string } {
  const minutes = zone.offsetMinutes(seconds);
  const shifted = seconds + minutes * 60;
  if (shifted < firstSecond || shifted > lastSecond) return { local: secondsText(seconds), offset: '+00:00' };
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
  return { local: secondsText(shifted), offset };
}

const twoDigits = (count: number): string => (count < 10 ? `0${count}` : `${count}`);

const fractionText = ({ fraction }: Instant): string => (fraction === '' ? '' : `.${fraction}`);

const daySeconds = 86_400;
/** Records of one export lie close together: most share a day with another. */
const days = new Map<number, string>();
const mostDays = 10_000;

function secondsText(seconds: number): string {
  const day = Math.floor(seconds / daySeconds);
  const ofDay = seconds - day * daySeconds;
  const hours = Math.floor(ofDay / 3600);
  const minutes = Math.floor((ofDay % 3600) / 60);
  return `${dayText(day)}${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(ofDay % 60)}`;
}

/** `2022-06-07T`, by the days since 1970. */
function dayText(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    if (days.size >= mostDays) days.clear();
    text = new Date(day * daySeconds * 1000).toISOString().slice(0, 11);
    days.set(day, text);
  }
  return text;
}
