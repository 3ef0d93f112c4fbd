// Rows as an aligned table: with borders and cut to the screen on a terminal, bare and whole in a pipe.
import { displayWidth, fitText, padLeft, padRight, trimBlanks } from '../../console/width.ts';
import type { Column } from '../columns.ts';
import type { Terminal, Writer } from '../format.ts';
import { cellOf, measuredRows, type Row } from '../rows.ts';
import { type CellStyle, humanCell, isRightAligned } from './cells.ts';
import { drawFrame } from './frame.ts';
import { type Layout, shareWidth } from './layout.ts';

export interface TableOptions extends CellStyle {
  readonly columns: readonly Column[];
  readonly header: boolean;
  /** Before the names of columns that are relative to a list: `invoice_items.`. */
  readonly prefix?: string;
  readonly terminal?: Terminal | undefined;
  /** What a terminal gets that is too narrow for the table, however much is cut. */
  readonly narrow?: (() => Writer) | undefined;
  /** Columns that do not fit may be left out; told which. */
  readonly leaveOut?: ((columns: readonly Column[]) => void) | undefined;
}

/** Turns cells of one row into a line. */
type DrawRow = (cells: readonly string[]) => string;

const blanks = '  ';
/** In a pipe values are whole; wider ones than this push what follows instead of widening every row. */
const widestBare = 200;

/** A table written piece by piece: the first 1,000 rows fix the widths, later rows use them. */
export function createTable(options: TableOptions): Writer {
  let waiting: Row[] = [];
  let opened: Writer | undefined;
  const open = (): Writer => {
    opened = openTable(options, waiting.slice(0, measuredRows));
    return opened;
  };
  return {
    begin: () => '',
    rows: rows => {
      if (opened !== undefined) return opened.rows(rows);
      waiting = waiting.concat(rows);
      if (waiting.length < measuredRows) return '';
      const writer = open();
      return writer.begin() + writer.rows(waiting.splice(0));
    },
    end: () => {
      if (opened !== undefined) return opened.end();
      const writer = open();
      return writer.begin() + writer.rows(waiting) + writer.end();
    },
  };
}

function openTable(given: TableOptions, measured: readonly Row[]): Writer {
  const options = { ...given, columns: fittingColumns(given, measured) };
  const { terminal, columns, narrow } = options;
  if (columns.length === 0) return { begin: () => '', rows: () => '', end: () => '' };
  const texts = measured.map(row => cellTexts(row, options));
  const layout = terminal && shareTerminal(columns, terminal, texts);
  if (terminal && layout && narrow && !fits(layout, terminal)) return narrow();
  const { draw, frame } = terminal && layout ? drawFramed(options, terminal, layout.widths) : drawBare(options, texts);
  return {
    begin: () => frame.above,
    rows: rows => rows.map(row => draw(cellTexts(row, options))).join(''),
    end: () => frame.below,
  };
}

/** The columns that can be read beside each other, from the first on, where the others may be left out. */
function fittingColumns(options: TableOptions, measured: readonly Row[]): readonly Column[] {
  const { columns, terminal, leaveOut } = options;
  if (leaveOut === undefined || terminal === undefined) return columns;
  const texts = measured.map(row => cellTexts(row, options));
  const isReadable = (shown: readonly Column[]): boolean => {
    const { widths, legible } = shareTerminal(shown, terminal, texts);
    // Where there is a choice, fewer columns are better than a part of an id.
    return legible && shown.every(({ field }, at) => field.kind !== 'id' || (widths[at] ?? 0) >= widestValue(texts, at));
  };
  let count = columns.length;
  while (count > 1 && !isReadable(columns.slice(0, count))) count -= 1;
  if (count < columns.length) leaveOut(columns.slice(count));
  return columns.slice(0, count);
}

/** The lines of a small table that is complete; undefined when a terminal is too narrow to read it. */
export function tableLines(rows: readonly Row[], options: TableOptions): string[] | undefined {
  const texts = rows.map(row => cellTexts(row, options));
  const layout = options.terminal && shareTerminal(options.columns, options.terminal, texts);
  if (layout?.legible === false) return undefined;
  const { draw, frame } = options.terminal && layout ? drawFramed(options, options.terminal, layout.widths) : drawBare(options, texts);
  const whole = frame.above + texts.map(draw).join('') + frame.below;
  return whole.split('\n').slice(0, -1);
}

function cellTexts(row: Row, { columns, prefix = '', ...style }: TableOptions): string[] {
  return columns.map(column => humanCell(cellOf(row, column), column.field, prefix + column.name, style));
}

interface Drawn {
  readonly draw: DrawRow;
  readonly frame: { readonly above: string; readonly below: string };
}

function drawBare({ columns, header }: TableOptions, rows: readonly (readonly string[])[]): Drawn {
  const labels = headings(columns);
  const widths = columns.map((_, at) => {
    const widest = Math.max(header ? displayWidth(labels[at] ?? '') : 0, widestValue(rows, at, widestBare));
    return Math.min(widest, widestBare);
  });
  const draw: DrawRow = cells => {
    const line = columns.map((column, at) => alignCell(column, cells[at] ?? '', widths[at] ?? 0)).join(blanks);
    return `${trimBlanks(line)}\n`;
  };
  return { draw, frame: { above: header ? draw(labels) : '', below: '' } };
}

const usualCells = 80;
const cellMargin = 3;

/** How wide a terminal is; one that does not know is taken for 80 cells. */
export function screenCells({ columns }: Terminal): number {
  return columns !== undefined && Number.isInteger(columns) && columns > 0 ? columns : usualCells;
}

/** Headers of a table: without the groups where the field's own label is the only one of its kind; of another thing, never alone. */
function headings(columns: readonly Column[]): string[] {
  const own = columns.map(({ labels, fromData, name }) => (fromData ? name : (labels.at(-1) ?? '')));
  return columns.map(({ label, followed, fromData }, at) => {
    const isOfThing = followed !== undefined && !fromData;
    return isOfThing || own.filter(other => other === own[at]).length > 1 ? label : (own[at] ?? '');
  });
}

function shareTerminal(columns: readonly Column[], terminal: Terminal, rows: readonly (readonly string[])[]): Layout {
  const labels = headings(columns);
  const needs = columns.map(({ field }, at) => ({
    kind: field.kind,
    header: displayWidth(labels[at] ?? ''),
    values: widestValue(rows, at),
  }));
  return shareWidth(needs, screenCells(terminal) - columns.length * cellMargin - 1);
}

function fits({ widths }: Layout, terminal: Terminal): boolean {
  return widths.reduce((total, width) => total + width + cellMargin, 1) <= screenCells(terminal);
}

function drawFramed({ columns, header }: TableOptions, terminal: Terminal, widths: readonly number[]): Drawn {
  const frame = drawFrame(widths);
  const drawCells = (cells: readonly string[], finish: (cell: string) => string): string => {
    const shown = columns.map((column, at) => finish(alignCell(column, cells[at] ?? '', widths[at] ?? 0)));
    return `${frame.row.map((border, at) => border + (shown[at] ?? '')).join('')}\n`;
  };
  const cut = (cells: readonly string[], isCut: (column: Column) => boolean): string[] =>
    columns.map((column, at) => (isCut(column) ? fitText(cells[at] ?? '', widths[at] ?? 0) : (cells[at] ?? '')));
  const labels = cut(headings(columns), () => true);
  const head = header ? `${drawCells(labels, terminal.chalk.bold)}${frame.rule}\n` : '';
  return {
    draw: cells =>
      drawCells(
        cut(cells, column => !isRightAligned(column.field)),
        cell => cell,
      ),
    frame: { above: `${frame.top}\n${head}`, below: `${frame.bottom}\n` },
  };
}

function alignCell({ field }: Column, text: string, width: number): string {
  return isRightAligned(field) ? padLeft(text, width) : padRight(text, width);
}

function widestValue(rows: readonly (readonly string[])[], at: number, most?: number): number {
  return rows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[at] ?? '', most)), 0);
}
