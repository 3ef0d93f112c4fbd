// A table on a terminal: width by kind of column, times to the minute, amounts by their point; what does not fit is left out and told.
import { displayWidth, fitText, padLeft, padRight, trimBlanks } from '../../console/width.ts';
import type { Field } from '../../core/fields.ts';
import type { Column } from '../columns.ts';
import type { Terminal } from '../format.ts';
import { cellOf, type Row } from '../rows.ts';
import { type CellStyle, humanCell, instantOf, isRightAligned, numberGloss } from './cells.ts';
import { drawFrame } from './frame.ts';
import { distinctHeadings, foldedWidths, foldHeading } from './headings.ts';
import { offsetText } from './instants.ts';
import { type Layout, layOut, type Need } from './layout.ts';
import { alignPoint, measurePoints, type PointWidths } from './points.ts';
import { shortIdCells } from './short-ids.ts';
import { coloured } from './tones.ts';

export interface ScreenOptions extends CellStyle {
  readonly columns: readonly Column[];
  readonly header: boolean;
  /** Before the names of columns that are relative to a list: `invoice_items.`. */
  readonly prefix?: string;
  /** Names of fields that somebody asked for, in this order. */
  readonly fields?: readonly string[] | undefined;
  /** Told once an id is shown in part. */
  readonly shortenIds?: (() => void) | undefined;
}

export interface ScreenTable {
  /** Heading and rule. */
  readonly head: readonly string[];
  readonly line: (row: Row) => string;
  /** Columns that there was no room for, each labelled as its heading would be. */
  readonly left: readonly Column[];
  readonly legible: boolean;
  /** Every column is shown, and nothing in it is cut. */
  readonly whole: boolean;
}

/** A column with what its measured rows say of it. */
interface Measured {
  readonly column: Column;
  /** What tells it from the other columns. */
  readonly label: string;
  readonly heading: string;
  readonly textOf: (row: Row) => string;
  readonly points: PointWidths | undefined;
  readonly need: Omit<Need, 'folded'>;
}

/** A number with its gloss may be cut as any text. */
const glossed: Field = { kind: 'text', label: '' };
const usualCells = 80;
/** Of a code or a time that is no documented one; the documented are shorter. */
const mostWhole = 32;
const leastText = 8;

/** How wide a terminal is; one that does not know is taken for 80 cells. */
export function screenCells({ columns }: Terminal): number {
  return columns !== undefined && Number.isInteger(columns) && columns > 0 ? columns : usualCells;
}

/** The table that these rows fix the widths of. */
export function layScreenTable(measured: readonly Row[], options: ScreenOptions, terminal: Terminal): ScreenTable {
  const given = measureAll(measured, options);
  const isCrowded = options.fields === undefined && layOutAll(given, terminal).widths.length < given.length;
  // Before a column that says something is left out, one without any value is.
  const all = isCrowded ? [...given.filter(hasValue), ...given.filter(each => !hasValue(each))] : given;
  const { widths, legible } = layOutAll(all, terminal);
  const shown = all.slice(0, widths.length);
  const frame = drawFrame(widths);
  const draw = (cells: readonly string[], finish: (text: string, column: Column) => string): string => {
    const aligned = shown.map(({ column }, at) => alignCell(column, cells[at] ?? '', widths[at] ?? 0, text => finish(text, column)));
    return trimBlanks(frame.row.map((before, at) => before + (aligned[at] ?? '')).join(''));
  };
  const heads = shown.map(({ heading }, at) => foldHeading(heading, widths[at] ?? 0));
  const lines = heads.some(([, second]) => second !== '') ? ([0, 1] as const) : ([0] as const);
  return {
    head: options.header
      ? [
          ...lines.map(at =>
            draw(
              heads.map(head => head[at]),
              text => terminal.chalk.bold(text),
            ),
          ),
          frame.rule,
        ]
      : [],
    line: row =>
      draw(
        shown.map((each, at) => cutCell(each, row, widths[at] ?? 0, options)),
        (text, column) => coloured(text, cellOf(row, column), column.field, terminal),
      ),
    left: all.slice(widths.length).map(({ column, label }) => ({ ...column, label })),
    legible,
    whole: legible && widths.length === all.length && all.every(({ need }, at) => need.most <= (widths[at] ?? 0)),
  };
}

function measureAll(measured: readonly Row[], options: ScreenOptions): Measured[] {
  const labels = distinctHeadings(options.columns);
  return options.columns.map((column, at) => measure(column, labels[at] ?? '', measured, options));
}

function hasValue({ need }: Measured): boolean {
  return need.most > 0;
}

function layOutAll(all: readonly Measured[], terminal: Terminal): Layout {
  const folded = foldedWidths(all.map(({ heading }) => heading));
  const needs = all.map(({ need }, at) => ({ ...need, folded: folded[at] ?? 0 }));
  return layOut(needs, screenCells(terminal));
}

function measure(column: Column, label: string, measured: readonly Row[], { prefix = '', ...options }: ScreenOptions): Measured {
  const { field } = column;
  const offset = field.kind === 'instant' ? commonOffset(column, measured, options) : undefined;
  const style: CellStyle = { ...options, minutes: { offset } };
  const textOf = (row: Row): string => {
    const value = cellOf(row, column);
    const gloss = numberGloss(value, field, prefix + column.name, style);
    return humanCell(value, field, prefix + column.name, style) + (gloss === undefined ? '' : ` ${gloss}`);
  };
  const texts = measured.map(textOf);
  const points = isRightAligned(field) ? measurePoints(texts) : undefined;
  const heading = offset === undefined ? label : `${label} (${offset === '+00:00' ? 'UTC' : offset})`;
  const most = points ? points.whole + points.fraction : texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), 0);
  const isGlossed = measured.some(row => numberGloss(cellOf(row, column), field, prefix + column.name, style) !== undefined);
  const values = { most, ...leastOf(isGlossed ? glossed : field, most, texts) };
  return { column, label, heading, textOf, points, need: { ...values, heading: displayWidth(heading) } };
}

function leastOf({ kind }: Field, most: number, texts: readonly string[]): Pick<Need, 'rank' | 'least'> {
  switch (kind) {
    case 'money':
    case 'number':
    case 'flag':
      return { rank: 'exact', least: most };
    case 'enum':
    case 'instant':
    case 'day':
    case 'date-text':
      return { rank: 'text', least: Math.min(most, mostWhole) };
    case 'id':
      return { rank: 'id', least: shortIdCells(texts) };
    default:
      return { rank: 'text', least: Math.min(most, leastText) };
  }
}

/** The offset of all times of a column; undefined when there are several, or no time. */
function commonOffset(column: Column, measured: readonly Row[], { zone }: CellStyle): string | undefined {
  if (column.field.kind !== 'instant') return undefined;
  const offsets = new Set<string>();
  for (const row of measured) {
    const instant = instantOf(cellOf(row, column), column.field);
    if (instant !== undefined) offsets.add(offsetText(instant, zone));
  }
  const [only, other] = offsets;
  return other === undefined ? only : undefined;
}

function cutCell({ column, textOf, points }: Measured, row: Row, cells: number, { shortenIds }: ScreenOptions): string {
  const text = textOf(row);
  if (points !== undefined) return alignPoint(text, points);
  // One with an offset of its own after the rows that fixed the width: a cut time would be another one.
  if (column.field.kind === 'instant' && instantOf(cellOf(row, column), column.field) !== undefined) return text;
  const shown = fitText(text, cells);
  if (shown !== text && column.field.kind === 'id') shortenIds?.();
  return shown;
}

function alignCell({ field }: Column, text: string, cells: number, finish: (text: string) => string): string {
  const padded = isRightAligned(field) ? padLeft(text, cells) : padRight(text, cells);
  return text === '' ? padded : padded.replace(text, () => finish(text));
}
