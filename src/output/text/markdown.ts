// Rows as GitHub Flavored Markdown: whatever a provider sends stays text, in a cell as in a list.
import type { Column } from '../columns.ts';
import type { View, Writer } from '../format.ts';
import { cellOf, type Row } from '../rows.ts';
import { humanCell, isRightAligned, recordCell } from './cells.ts';

/** Nothing is written before the second row or the end: one row alone is a list of its fields. */
export function createMarkdown(view: View): Writer {
  let first: Row | undefined;
  let isTable = false;
  const lines = (rows: readonly Row[]): string =>
    rows.map(row => tableLine(view.columns.map(column => cellText(row, column, view)))).join('');
  return {
    begin: () => '',
    rows: rows => {
      if (isTable) return lines(rows);
      const known = first === undefined ? rows : [first, ...rows];
      first = known[0];
      if (known.length < 2) return '';
      isTable = true;
      return head(view) + lines(known);
    },
    end: () => (isTable ? '' : first === undefined ? 'no rows\n' : list(first, view)) + originLine(view),
  };
}

function head({ columns, header }: View): string {
  const rule = columns.map(({ field }) => (isRightAligned(field) ? '---:' : '---'));
  return tableLine(columns.map(({ label }) => (header ? escaped(label) : ''))) + tableLine(rule);
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function list(row: Row, view: View): string {
  return view.columns
    .map(column => {
      const text = recordCell(cellOf(row, column), column.field, column.name, view);
      return `- **${escaped(column.label)}:**${text === '' ? '' : ` ${escaped(text)}`}\n`;
    })
    .join('');
}

function cellText(row: Row, column: Column, view: View): string {
  return escaped(humanCell(cellOf(row, column), column.field, column.name, view));
}

function originLine({ origin }: View): string {
  return origin === undefined ? '' : `\n${escaped(origin())}\n`;
}

const signs = /[!-/:-@[-`{-~]/g;

/** Text that means nothing to Markdown: each of its signs may stand behind a backslash. */
function escaped(text: string): string {
  return text.replace(signs, '\\$&');
}
