// A point in time as a person gives it (a day, a time, RFC 3339) → the text that a provider wants for a parameter.
import type { InstantForm } from './endpoint.ts';
import { UsageError } from './errors.ts';
import { say } from './say.ts';
import { openZone, type Zone } from './zones.ts';

/** What a text of each form looks like: a provider's own spelling is passed on as it is. */
const spelt: Readonly<Record<InstantForm['form'], RegExp>> = {
  // 0 is where a list begins that goes on behind a time.
  ms: /^(?:0|\d{13})$/,
  s: /^(?:0|\d{10})$/,
  iso: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  text: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  day: /^\d{4}-\d\d-\d\d$/,
};

/** Whether a text is in the form that a provider wants. */
export function isSpelt(form: InstantForm['form'], text: string): boolean {
  return spelt[form].test(text);
}

const given = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** A time as given: on the clock of its place, to the millisecond, and where that is, if it says so. */
interface Given {
  readonly localMs: number;
  readonly isDay: boolean;
  readonly zone: string | undefined;
}

/**
 * The text to send. A day or time without a zone is one of `tz`, else of the provider's zone, else of UTC; where the provider wants the
 * text of a clock and no page says of which, it is passed on as it is. Throws UsageError.
 */
export function writeInstant(option: string, text: string, { form, zone, end }: InstantForm, tz?: string): string {
  if (form === 'ms' || form === 's') if (isSpelt(form, text)) return text;
  const read = readGiven(text);
  if (read === undefined) {
    throw new UsageError(say`${option} "${text}" is no day or time`, {
      hint: say`such as 2024-05-31, 2024-05-31T09:30:00Z or 2024-05-31T09:30:00+08:00`,
    });
  }
  const isClock = form === 'text' || form === 'day';
  if (isClock && zone === undefined) {
    if (read.zone === undefined) return clockText(read.isDay && end ? read.localMs + lastOfDay : read.localMs, form);
    throw new UsageError(say`${option}: no page says in which zone the provider reads it, so "${text}" cannot be told in its time`, {
      hint: say`give a day or a time without a zone`,
    });
  }
  // A calendar day stays the day it is.
  if (form === 'day' && read.isDay) return text;
  const at = openZone(read.zone ?? tz ?? zone ?? 'UTC');
  const ms = read.isDay && end ? toUtc(read.localMs + wholeDay, at) - (form === 'ms' ? 1 : 1000) : toUtc(read.localMs, at);
  if (form === 'ms') return `${ms}`;
  if (form === 's') return `${Math.floor(ms / 1000)}`;
  if (form === 'iso') return `${new Date(ms).toISOString().slice(0, 19)}Z`;
  const seconds = Math.floor(ms / 1000);
  return clockText((seconds + openZone(zone).offsetMinutes(seconds) * 60) * 1000, form);
}

const wholeDay = 86_400_000;
const lastOfDay = wholeDay - 1000;

function readGiven(text: string): Given | undefined {
  const [all, day = '', minute, second = '00', fraction = '', zone] = given.exec(text.trim()) ?? [];
  if (all === undefined) return undefined;
  const clock = `${day}T${minute ?? '00:00'}:${second}`;
  const localMs = Date.parse(`${clock}Z`);
  // 30 February and 24:61 are none.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString().slice(0, 19) !== clock) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return { localMs: localMs + ms, isDay: minute === undefined, zone: zone?.toUpperCase() };
}

/** A time that a clock skips or shows twice is the later or the first one. */
function toUtc(localMs: number, zone: Zone): number {
  const seconds = Math.floor(localMs / 1000);
  const guess = seconds - zone.offsetMinutes(seconds) * 60;
  return localMs - zone.offsetMinutes(guess) * 60_000;
}

function clockText(localMs: number, form: 'text' | 'day'): string {
  const text = new Date(localMs).toISOString();
  return form === 'day' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
