// The lines of a table on a terminal, drawn by cli-table3: a rule below the heading and no verticals, which would take the room of a column.
import CliTable3 from 'cli-table3';
import { gapCells } from './layout.ts';

/** The lines of a table around its text. */
export interface Frame {
  /** Between header and rows. */
  readonly rule: string;
  /** What stands before, between and after the cells of a row. */
  readonly row: readonly string[];
}

/** A run of this private-use character holds the place of a cell. */
const place = '\ue000';
const gap = ' '.repeat(gapCells);
const none = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
};
const chars = { ...none, left: '', 'left-mid': '', mid: '─', 'mid-mid': gap, right: '', 'right-mid': '', middle: gap };

/**
 * Lines for columns of these widths. One row of place holders is drawn and never the text itself: cli-table3 measures with
 * older width tables and cuts inside surrogate pairs, and it is slow for many rows.
 */
export function drawFrame(widths: readonly number[]): Frame {
  const places = widths.map(width => place.repeat(width));
  const style = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 };
  const table = new CliTable3({ head: places, colWidths: [...widths], chars, style });
  table.push(places);
  const [, rule = '', row = ''] = table.toString().split('\n');
  return { rule, row: row.split(new RegExp(`${place}+`)) };
}
