// Headings of a table on a screen: each of its own, with the zone of its times, folded to two lines where that saves room.
import { visible } from '../../console/escape.ts';
import { displayWidth, fitText } from '../../console/width.ts';
import type { Column } from '../columns.ts';

/** Labels without the groups where the field's own is the only one of its kind; of another thing, never alone. */
export function headings(columns: readonly Column[]): string[] {
  const own = columns.map(({ labels, fromData, name }) => (fromData ? visible(name) : (labels.at(-1) ?? '')));
  return columns.map(({ label, followed, fromData }, at) => {
    const isOfThing = followed !== undefined && !fromData;
    return isOfThing || isTwice(own, at) ? label : (own[at] ?? '');
  });
}

/** The same, and where two columns would still stand under one heading, their names beside it. */
export function distinctHeadings(columns: readonly Column[]): string[] {
  const said = headings(columns);
  return said.map((heading, at) => (isTwice(said, at) ? `${heading} (${columns[at]?.name ?? ''})` : heading));
}

function isTwice(texts: readonly string[], at: number): boolean {
  return texts.some((text, other) => other !== at && text === texts[at]);
}

// After a blank or before a bracket, else before a character that stands for a word or a part of one.
const goodBreaks = /(?<= )(?! )|(?<!^)(?=（)/g;
const otherBreaks = /(?<!^|（)(?=[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3])/g;
/** Longer ones are names that a provider made up. */
const longestFolded = 200;
/** A wider heading may be cut, if that leaves it different from the others. */
const mostCells = 24;

interface Fold {
  readonly lines: readonly [string, string];
  /** Cells of the longer line. */
  readonly cells: number;
}

function folds(heading: string, breaks: RegExp): Fold[] {
  if (heading.length > longestFolded) return [];
  return [...heading.matchAll(breaks)].map(({ index }) => {
    const lines = [heading.slice(0, index).trimEnd(), heading.slice(index)] as const;
    return { lines, cells: Math.max(...lines.map(line => displayWidth(line))) };
  });
}

/** Cells that each heading needs on two lines. */
export function foldedWidths(headings: readonly string[]): number[] {
  const cut = headings.map(heading => fitText(heading, mostCells));
  return headings.map((heading, at) => {
    const all = [...folds(heading, goodBreaks), ...folds(heading, otherBreaks)];
    const needed = all.reduce((least, { cells }) => Math.min(least, cells), displayWidth(heading));
    return isTwice(cut, at) ? needed : Math.min(needed, mostCells);
  });
}

/** A heading in at most two lines of so many cells, the longer of them as short as can be. */
export function foldHeading(heading: string, cells: number): readonly [string, string] {
  if (displayWidth(heading) <= cells) return [heading, ''];
  for (const breaks of [goodBreaks, otherBreaks]) {
    const [best] = folds(heading, breaks)
      .filter(fold => fold.cells <= cells)
      .sort((a, b) => a.cells - b.cells);
    if (best !== undefined) return best.lines;
  }
  return [fitText(heading, cells), ''];
}
