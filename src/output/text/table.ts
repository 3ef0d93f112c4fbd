// Rows as an aligned table: laid out for the screen on a terminal, bare and whole in a pipe.
import { displayWidth, padLeft, padRight, trimBlanks } from '../../console/width.ts';
import type { Column } from '../columns.ts';
import type { Terminal, Writer } from '../format.ts';
import { cellOf, measuredRows, type Row } from '../rows.ts';
import { humanCell, isRightAligned } from './cells.ts';
import { headings } from './headings.ts';
import { layScreenTable, type ScreenOptions } from './screen-table.ts';

export interface TableOptions extends ScreenOptions {
  readonly terminal?: Terminal | undefined;
  /** What a terminal gets that is too narrow for two columns. */
  readonly narrow?: (() => Writer) | undefined;
  /** Told which columns a terminal has no room for. */
  readonly leaveOut?: ((columns: readonly Column[]) => void) | undefined;
}

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

function openTable(options: TableOptions, measured: readonly Row[]): Writer {
  const { terminal, columns, narrow, leaveOut } = options;
  if (columns.length === 0) return { begin: () => '', rows: () => '', end: () => '' };
  if (terminal === undefined) return openBare(options, measured);
  const { head, line, left, legible } = layScreenTable(measured, options, terminal);
  if (!legible && narrow !== undefined) return narrow();
  if (left.length > 0) leaveOut?.(left);
  return {
    begin: () => head.map(text => `${text}\n`).join(''),
    rows: rows => rows.map(row => `${line(row)}\n`).join(''),
    end: () => '',
  };
}

/** The lines of a small table as a pipe gets it. */
export function bareLines(rows: readonly Row[], options: TableOptions): string[] {
  const { begin, rows: write } = openBare(options, rows);
  return (begin() + write(rows)).split('\n').slice(0, -1);
}

function openBare(options: TableOptions, measured: readonly Row[]): Writer {
  const { columns, header } = options;
  const texts = measured.map(row => cellTexts(row, options));
  const labels = headings(columns);
  const widths = columns.map((_, at) => {
    const widest = Math.max(header ? displayWidth(labels[at] ?? '') : 0, widestValue(texts, at));
    return Math.min(widest, widestBare);
  });
  const draw = (cells: readonly string[]): string => {
    const line = columns.map((column, at) => alignCell(column, cells[at] ?? '', widths[at] ?? 0)).join(blanks);
    return `${trimBlanks(line)}\n`;
  };
  return {
    begin: () => (header ? draw(labels) : ''),
    rows: rows => rows.map(row => draw(cellTexts(row, options))).join(''),
    end: () => '',
  };
}

function cellTexts(row: Row, { columns, prefix = '', ...style }: TableOptions): string[] {
  return columns.map(column => humanCell(cellOf(row, column), column.field, prefix + column.name, style));
}

function alignCell({ field }: Column, text: string, width: number): string {
  return isRightAligned(field) ? padLeft(text, width) : padRight(text, width);
}

function widestValue(rows: readonly (readonly string[])[], at: number): number {
  return rows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[at] ?? '', widestBare)), 0);
}
