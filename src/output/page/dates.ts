// The calendar day that a value falls on, for pictures. Dates whose format no document states count where they begin as in ISO 8601.
import type { Field } from '../../core/fields.ts';
import type { Json } from '../../core/json.ts';
import type { Zone } from '../../core/zones.ts';
import { instantOf } from '../text/cells.ts';
import { humanText } from '../text/instants.ts';
import { plainText } from '../values.ts';

export function isDated({ kind }: Field): boolean {
  return kind === 'instant' || kind === 'day' || kind === 'date-text';
}

/** `2024-03-05`; undefined where there is none. */
export function dayOf(value: Json | undefined, field: Field, zone: Zone): string | undefined {
  const instant = field.kind === 'instant' ? instantOf(value, field) : undefined;
  const text = instant === undefined ? (field.kind === 'instant' ? '' : plainText(value)) : humanText(instant, zone);
  const day = /^\d{4}-(?:0[1-9]|1[0-2])-\d\d(?!\d)/.exec(text)?.[0];
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day;
}
