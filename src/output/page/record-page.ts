// The only record of a lookup as a page: what a table shows of it first, then everything else, nested lists as tables with a picture.
import type { JsonObject } from '../../core/json.ts';
import { type PageWords, pageWords } from '../../lang/page.ts';
import type { Column } from '../columns.ts';
import type { View, Writer } from '../format.ts';
import { cellOf, type Row } from '../rows.ts';
import { isTabular } from '../text/cells.ts';
import { screenOrder } from '../text/record-order.ts';
import { nestedColumns, recordValue } from './cells.ts';
import { type PageView, pageFoot, pageHead } from './frame.ts';
import { markup } from './markup.ts';
import { styleOf, withFacts } from './style.ts';
import { Timeline } from './timeline.ts';

export function createRecordPage(view: View): Writer {
  const paged = withFacts(view);
  const words = pageWords[paged.page.language];
  let count = 0;
  return {
    begin: () => pageHead(paged, words, 'record') + tools(words),
    rows: rows => {
      count += rows.length;
      return rows.map(row => recordMarkup(row, paged, words)).join('');
    },
    end: () => (count === 0 ? `<p class="note">${markup(words.none)}</p>\n` : '') + pageFoot(view),
  };
}

function tools(words: PageWords): string {
  return `<div id="tools" hidden><button type="button" id="print">${markup(words.print)}</button><output id="status"></output></div>\n`;
}

function recordMarkup(row: Row, view: PageView, words: PageWords): string {
  const { columns, leading = [] } = view;
  const order = leading.length > 0 ? screenOrder(row, columns, leading) : { leading: columns, others: [], no: [], empty: [] };
  const named = [
    [view.words.no, order.no],
    [view.words.empty, order.empty],
  ] as const;
  const tail = named.map(([label, headings]) => (headings.length === 0 ? '' : entry(label, 'text', markup(headings.join(', ')))));
  const lists = [...order.leading, ...order.others].filter(column => isTabular(column.field, cellOf(row, column)));
  return [
    list(
      row,
      order.leading.filter(column => !lists.includes(column)),
      view,
      'record leading',
    ),
    ...lists.map((column, at) => nested(row, column, at, view, words)),
    ...inGroups(order.others.filter(column => !lists.includes(column))).map(
      ({ heading, members }) => (heading === '' ? '' : `<h2>${markup(heading)}</h2>\n`) + list(row, members, view, 'record'),
    ),
    tail.join('') === '' ? '' : `<dl class="record">\n${tail.join('')}</dl>\n`,
  ].join('');
}

function list(row: Row, columns: readonly Column[], view: PageView, name: string): string {
  if (columns.length === 0) return '';
  const style = styleOf(view);
  const entries = columns.map(column => {
    const zone = column.field.kind === 'instant' ? ` (${style.offset})` : '';
    const label = name === 'record leading' ? column.label : (column.labels.at(-1) ?? column.label);
    return entry(`${label}${zone}`, column.field.kind === 'id' ? 'id' : 'text', recordValue(row, column, style, view.totalsOf));
  });
  return `<dl class="${name}">\n${entries.join('')}</dl>\n`;
}

function entry(label: string, name: string, value: string): string {
  return `<dt>${markup(label)}</dt><dd${name === 'id' ? ' class="id"' : ''}>${value}</dd>\n`;
}

/** A nested list of documented objects, its instalments on a line of time before it. */
function nested(row: Row, column: Column, at: number, view: PageView, words: PageWords): string {
  const value = cellOf(row, column);
  if (column.field.kind !== 'list' || !isTabular(column.field, value)) return '';
  const prefix = `${column.name}.`;
  const columns = nestedColumns(column.field, column.name, view);
  const timeline = new Timeline({ ...view, columns, prefix, id: `timeline-${at}` });
  for (const record of value satisfies JsonObject[]) timeline.see({ record, request: {} });
  return `<section>\n<h2>${markup(column.label)}</h2>\n${timeline.markup(words)}${recordValue(row, column, styleOf(view), view.totalsOf)}\n</section>\n`;
}

/** Columns that follow each other in one group stand below its heading. */
function inGroups(columns: readonly Column[]): { readonly heading: string; readonly members: Column[] }[] {
  const groups: { readonly heading: string; readonly members: Column[] }[] = [];
  for (const column of columns) {
    const heading = column.labels
      .slice(0, -1)
      .filter(label => label !== '')
      .join(': ');
    const last = groups.at(-1);
    if (last?.heading === heading) last.members.push(column);
    else groups.push({ heading, members: [column] });
  }
  return groups;
}
