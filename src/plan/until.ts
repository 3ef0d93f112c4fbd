// `--until field=value`: when a watched record is what somebody waits for. A value is what its field's kind says: amounts are exact
// decimals, times are points in time, codes are codes.
import { isDecimal } from '../core/decimal.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { writeInstant } from '../core/instant-param.ts';
import { say } from '../core/say.ts';
import { allColumns, type Column } from '../output/columns.ts';
import { selectColumns } from '../output/named-columns.ts';
import { nearNames } from '../output/near-names.ts';
import { type Instant, readInstant } from '../output/text/instants.ts';
import type { GivenCondition } from './until-option.ts';

/** What a field has to be. */
export interface Condition {
  readonly column: Column;
  /** For people. */
  readonly text: string;
  readonly is:
    | { readonly kind: 'empty' }
    | { readonly kind: 'decimal'; readonly value: string }
    | { readonly kind: 'flag'; readonly value: boolean }
    /** Both ends are meant, to the second. */
    | { readonly kind: 'day'; readonly from: Instant; readonly to: Instant }
    | { readonly kind: 'instant'; readonly value: Instant }
    | { readonly kind: 'text'; readonly value: string };
}

/** The condition on a record of the endpoint. `zone`: of times without one. Throws UsageError. */
export function conditionOn(endpoint: Endpoint, { field: name, value }: GivenCondition, zone: string | undefined): Condition {
  const columns = selectColumns(endpoint, [name]);
  const [column] = columns;
  if (column === undefined || columns.length > 1 || column.field.kind === 'list') {
    const parts = columns.length > 1 ? columns : allColumns(endpoint).filter(one => one.field.kind !== 'list');
    const near = nearNames(
      name,
      parts.map(one => one.name),
    );
    throw new UsageError(say`--until ${name}: it is no single value`, near.length === 0 ? {} : { hint: say`such as ${near.join(', ')}` });
  }
  return Object.freeze({ column, text: `${column.name}=${value}`, is: Object.freeze(meant(column, value, zone)) });
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  是: true,
  sim: true,
  false: false,
  no: false,
  否: false,
  não: false,
};

function meant({ name, field }: Column, value: string, zone: string | undefined): Condition['is'] {
  if (value === '') return { kind: 'empty' };
  switch (field.kind) {
    case 'money':
    case 'number': {
      if (!isDecimal(value))
        throw new UsageError(say`--until ${name}: "${value}" is no number`, { hint: say`such as 10.50, with a point` });
      return { kind: 'decimal', value };
    }
    case 'flag': {
      const word = value.toLowerCase();
      if (!Object.hasOwn(truths, word)) throw new UsageError(say`--until ${name}: "${value}" is neither true nor false`);
      return { kind: 'flag', value: truths[word] ?? false };
    }
    case 'instant':
      return meantTime(name, value, zone);
    case 'enum': {
      if (field.open || Object.hasOwn(field.values, value)) return { kind: 'text', value };
      throw new UsageError(say`--until ${name}: "${value}" is no code of it`, {
        hint: say`codes: ${Object.keys(field.values).join(', ')}`,
      });
    }
    default:
      return { kind: 'text', value };
  }
}

const day = /^\d{4}-\d\d-\d\d$/;

/** A day is all of it, in the zone of the reader. */
function meantTime(name: string, value: string, zone: string | undefined): Condition['is'] {
  const exact = readInstant(value, 'iso');
  if (exact !== undefined) return { kind: 'instant', value: exact };
  const at = zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const read = (end?: true): Instant => {
    const text = writeInstant(`--until ${name}`, value, { form: 'iso', ...(end && { end }) }, at);
    return readInstant(text, 'iso') ?? { seconds: Number.NaN, fraction: '' };
  };
  return day.test(value) ? { kind: 'day', from: read(), to: read(true) } : { kind: 'instant', value: read() };
}
