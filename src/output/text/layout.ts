// Column widths of a table on a terminal: what may be cut, how far and in which order, so that no line is wider than the screen.
import type { Field } from '../../core/fields.ts';

/** What a column needs: the widest header and the widest value, in cells. */
export interface Need {
  readonly kind: Field['kind'];
  readonly header: number;
  readonly values: number;
}

export interface Layout {
  readonly widths: readonly number[];
  /** False when columns had to be cut further than can be read, or do not fit at all. */
  readonly legible: boolean;
}

type Rank = 'text' | 'time' | 'id' | 'exact';

const ranks: Readonly<Record<Field['kind'], Rank>> = {
  text: 'text',
  url: 'text',
  'date-text': 'time',
  enum: 'text',
  list: 'text',
  any: 'text',
  group: 'text',
  instant: 'time',
  day: 'time',
  id: 'id',
  money: 'exact',
  number: 'exact',
  flag: 'exact',
};

/** How far columns of a rank are cut, step by step. Exact values are never cut, only their headers. */
const steps: readonly { readonly rank: Rank | 'all'; readonly least: number; readonly legible: boolean }[] = [
  { rank: 'text', least: 8, legible: true },
  { rank: 'time', least: 11, legible: true },
  { rank: 'id', least: 8, legible: true },
  { rank: 'exact', least: 4, legible: true },
  // A date that has lost its day says less than an id that has lost half.
  { rank: 'text', least: 5, legible: false },
  { rank: 'id', least: 5, legible: false },
  { rank: 'all', least: 4, legible: false },
  { rank: 'all', least: 1, legible: false },
];

/** Widths with which the columns share `available` cells. Wider than that only when exact values alone are too wide. */
export function shareWidth(needs: readonly Need[], available: number): Layout {
  let widths: readonly number[] = needs.map(need => Math.max(need.header, need.values, 1));
  let legible = true;
  for (const step of steps) {
    if (sum(widths) <= available) break;
    legible = step.legible;
    widths = lowerWidest(widths, leastWidths(needs, widths, step), available);
  }
  return { widths, legible: legible && sum(widths) <= available };
}

/** How narrow each column may become in a step. */
function leastWidths(needs: readonly Need[], widths: readonly number[], step: (typeof steps)[number]): number[] {
  return needs.map(({ kind, values }, at) => {
    const width = widths[at] ?? 0;
    if (step.rank !== 'all' && ranks[kind] !== step.rank) return width;
    return Math.min(width, ranks[kind] === 'exact' ? Math.max(values, step.least) : step.least);
  });
}

/** Lowers the widest columns to one common width, the highest with which all fit; none below its least width. */
function lowerWidest(widths: readonly number[], least: readonly number[], available: number): number[] {
  const cap = (level: number): number[] => widths.map((width, at) => Math.max(least[at] ?? 0, Math.min(width, level)));
  let [low, high] = [0, Math.max(...widths)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sum(cap(middle)) <= available) low = middle;
    else high = middle - 1;
  }
  const lowered = cap(low);
  let spare = available - sum(lowered);
  return lowered.map((width, at) => (width === low && width < (widths[at] ?? 0) && spare-- > 0 ? width + 1 : width));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
