// Amounts one below the other by their decimal point, each digit as it was sent.
import { displayWidth } from '../../console/width.ts';

/** Cells of the widest part before the point, and of the widest from the point on. */
export interface PointWidths {
  readonly whole: number;
  readonly fraction: number;
}

const plain = /^([+-]?\d+)(\.\d+)?$/;

/** What a column of these texts needs. What is no plain number (a mask, a code, an exponent) stands at the right edge. */
export function measurePoints(texts: readonly string[]): PointWidths {
  let [whole, fraction, other] = [0, 0, 0];
  for (const text of texts) {
    const parts = plain.exec(text);
    whole = Math.max(whole, parts?.[1]?.length ?? 0);
    fraction = Math.max(fraction, parts?.[2]?.length ?? 0);
    if (parts === null) other = Math.max(other, displayWidth(text));
  }
  return { whole: Math.max(whole, other - fraction), fraction };
}

/** The text with blanks in the place of the digits that others have and it does not. */
export function alignPoint(text: string, { fraction }: PointWidths): string {
  const parts = plain.exec(text);
  return parts === null ? text : text + ' '.repeat(Math.max(0, fraction - (parts[2]?.length ?? 0)));
}
