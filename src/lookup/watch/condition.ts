// Whether a watched record is what somebody waits for.
import { compareDecimals, isDecimal } from '../../core/decimal.ts';
import { type Json, scalarText } from '../../core/json.ts';
import { cellOf, type Row } from '../../output/rows.ts';
import { instantOf } from '../../output/text/cells.ts';
import { compareInstants } from '../../output/text/instants.ts';
import { plainText } from '../../output/values.ts';
import type { Condition } from '../../plan/until.ts';

/** Where a key has several records, each of them has to be. */
export function holds(condition: Condition, rows: readonly Row[]): boolean {
  return rows.length > 0 && rows.every(row => holdsFor(condition, cellOf(row, condition.column)));
}

function holdsFor({ column: { field }, is }: Condition, value: Json | undefined): boolean {
  const text = plainText(value);
  switch (is.kind) {
    case 'empty':
      return text === '';
    case 'decimal':
      return isDecimal(text) && compareDecimals(text, is.value) === 0;
    case 'flag':
      return scalarText(value ?? null)?.toLowerCase() === `${is.value}`;
    case 'text':
      return text === is.value;
    case 'day':
    case 'instant': {
      const at = field.kind === 'instant' ? instantOf(value, field) : undefined;
      if (at === undefined) return false;
      if (is.kind === 'instant') return compareInstants(at, is.value) === 0;
      return at.seconds >= is.from.seconds && at.seconds <= is.to.seconds;
    }
  }
}
