// Which columns of a table a screen shows, and how wide: what may be cut, how far and in which order, so that no line is too wide.

/** What a column needs, in cells. */
export interface Need {
  /** In which turn its values are cut; exact ones never are. */
  readonly rank: 'text' | 'id' | 'exact';
  /** Its widest value. */
  readonly most: number;
  /** What can still be read of its values. */
  readonly least: number;
  /** Its heading on one line, and on two. */
  readonly heading: number;
  readonly folded: number;
}

export interface Layout {
  /** Of the columns that are shown, from the first on. */
  readonly widths: readonly number[];
  /** False when a single column is all that would be left of several, or not even that can be read. */
  readonly legible: boolean;
}

/** Blank cells between two columns. */
export const gapCells = 2;

/** What is given up, step by step, until the columns fit: a text is cut to a good length first and to its least only after the ids. */
const steps: readonly ((need: Need) => number)[] = [
  need => Math.max(need.folded, need.most),
  need => Math.max(need.folded, need.rank === 'text' ? Math.max(need.least, Math.min(need.most, 20)) : need.most),
  need => Math.max(need.folded, need.rank === 'text' ? Math.max(need.least, Math.min(need.most, 20)) : need.least),
  need => leastWidth(need),
];

/** The columns that can be read beside each other on a screen, as wide as there is room for. */
export function layOut(needs: readonly Need[], screen: number): Layout {
  const shown = needs.slice(0, Math.max(1, fittingCount(needs, screen)));
  const room = Math.max(1, screen - gapCells * (shown.length - 1));
  let widths: readonly number[] = shown.map(({ heading, most }) => Math.max(heading, most, 1));
  for (const step of steps) {
    if (sum(widths) <= room) break;
    widths = lowerWidest(widths, shown.map(step), room);
  }
  return { widths, legible: sum(widths) <= room && (shown.length > 1 || needs.length <= 1) };
}

function fittingCount(needs: readonly Need[], screen: number): number {
  let taken = -gapCells;
  const beyond = needs.findIndex(need => {
    taken += gapCells + leastWidth(need);
    return taken > screen;
  });
  return beyond === -1 ? needs.length : beyond;
}

function leastWidth({ folded, least }: Need): number {
  return Math.max(folded, least, 1);
}

/** Lowers the widest columns to one common width, the highest with which all fit; none below its least width. */
function lowerWidest(widths: readonly number[], least: readonly number[], available: number): number[] {
  const floors = widths.map((width, at) => Math.min(width, least[at] ?? 0));
  const cap = (level: number): number[] => widths.map((width, at) => Math.max(floors[at] ?? 0, Math.min(width, level)));
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
