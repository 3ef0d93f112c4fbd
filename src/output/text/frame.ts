// Borders of a table on a terminal, drawn by cli-table3.
import CliTable3 from 'cli-table3';

/** The lines of a table around its text. */
export interface Frame {
  readonly top: string;
  /** Between header and rows. */
  readonly rule: string;
  readonly bottom: string;
  /** What stands before, between and after the cells of a row. */
  readonly row: readonly string[];
}

/** A run of this private-use character holds the place of a cell. */
const place = '\ue000';
const marginCells = 2;

/**
 * Borders for columns of these widths. One row of place holders is drawn and never the text itself: cli-table3 measures with
 * older width tables and cuts inside surrogate pairs, and it is slow for many rows.
 */
export function drawFrame(widths: readonly number[]): Frame {
  const places = widths.map(width => place.repeat(width));
  const colWidths = widths.map(width => width + marginCells);
  const table = new CliTable3({ head: places, colWidths, style: { head: [], border: [], compact: true } });
  table.push(places);
  const [top = '', , rule = '', row = '', bottom = ''] = table.toString().split('\n');
  return { top, rule, bottom, row: row.split(new RegExp(`${place}+`)) };
}
