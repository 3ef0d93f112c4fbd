// One value in a page: amounts and codes as sent, times with their exact moment in UTC, nested lists as tables of their own.
import type { Field, ListField } from '../../core/fields.ts';
import { isText, type Json, type JsonObject } from '../../core/json.ts';
import { hidden } from '../../core/personal.ts';
import { type Column, elementColumns, resolveLabels } from '../columns.ts';
import type { ListTotals } from '../list-totals.ts';
import { cellOf, type Row } from '../rows.ts';
import { readCurrency } from '../sums.ts';
import { type CellStyle, humanCell, instantOf, isRightAligned, isTabular, recordCell } from '../text/cells.ts';
import { localText, utcText } from '../text/instants.ts';
import { toneOf } from '../text/tones.ts';
import type { PageView } from './frame.ts';
import { escaped, markup } from './markup.ts';

export interface PageStyle extends CellStyle {
  /** The offset that the headings of times name. */
  readonly offset: string;
}

/** Longer nested lists are closed at first. */
const mostOpen = 40;

/** What a cell is told by where it stands. */
interface CellPlace {
  readonly sums?: PageView['sums'];
  /** Before names that are relative to a list: `invoice_items.`. */
  readonly prefix?: string;
  readonly totalsOf?: PageView['totalsOf'];
}

/** A cell of a table. An amount that is added up says in which currency it is. */
export function tableCell(row: Row, column: Column, style: PageStyle, { sums = [], prefix = '', totalsOf }: CellPlace = {}): string {
  const value = cellOf(row, column);
  const shown = { text: humanCell, totals: totalsOf?.(row, column) ?? [] };
  const sum = sums.find(one => one.column.name === column.name);
  const currency = sum?.currency && readCurrency(cellOf(row, sum.currency));
  const unit = currency === undefined ? '' : ` data-currency="${markup(currency)}"`;
  return `<td class="${classOf(column.field)}"${unit}>${content(value, column.field, prefix + column.name, style, shown)}</td>`;
}

/** A value of a record: codes carry their meaning, lists are open. */
export function recordValue(row: Row, column: Column, style: PageStyle, totalsOf: PageView['totalsOf']): string {
  const value = cellOf(row, column);
  if (value === undefined || value === null) return '—';
  return content(value, column.field, column.name, style, { text: recordCell, totals: totalsOf?.(row, column) ?? [] });
}

export function classOf(field: Field): string {
  if (isRightAligned(field)) return 'number';
  return field.kind === 'id' || field.kind === 'instant' || field.kind === 'day' ? field.kind : 'text';
}

/** The head of a table. `adds` are the names of the columns that are added up. */
export function tableHead(columns: readonly Column[], { offset }: PageStyle, sums: PageView['sums'] = []): string {
  const cells = columns.map(({ name, label, field }) => {
    const sum = sums.find(one => one.column.name === name);
    const adds = sum === undefined ? '' : ` data-adds="${sum.currency === undefined ? 'unstated' : 'stated'}"`;
    const zone = field.kind === 'instant' ? ` <span class="zone">(${escaped(offset)})</span>` : '';
    const side = isRightAligned(field) ? ' class="number"' : '';
    return `<th scope="col"${side} data-name="${markup(name)}" data-kind="${field.kind}"${adds}>${markup(label)}${zone}</th>`;
  });
  return `<thead><tr>${cells.join('')}</tr></thead>\n`;
}

interface Shown {
  readonly text: typeof humanCell;
  readonly totals: ListTotals;
}

function content(value: Json | undefined, field: Field, name: string, style: PageStyle, shown: Shown): string {
  if (field.kind === 'list' && isTabular(field, value)) return nestedTable(value, field, name, style, shown);
  const instant = field.kind === 'instant' ? instantOf(value, field) : undefined;
  if (instant !== undefined) return `<time datetime="${utcText(instant)}">${localText(instant, style.zone, style.offset)}</time>`;
  const text = escaped(shown.text(value, field, name, style));
  const tone = toneOf(value, field) ?? (value !== undefined && isText(value) && value.includes(hidden) ? 'masked' : undefined);
  return tone === undefined || text === '' ? text : `<span class="${tone}">${text}</span>`;
}

function nestedTable(list: readonly JsonObject[], field: ListField, name: string, style: PageStyle, { text, totals }: Shown): string {
  const columns = nestedColumns(field, name, style);
  const lines = list.map(
    record => `<tr>${columns.map(column => tableCell({ record, request: {} }, column, style, { prefix: `${name}.` })).join('')}</tr>`,
  );
  const open = text === recordCell && list.length <= mostOpen ? ' open' : '';
  const label = markup(style.words.label(name, field.label));
  const foot = totals.length === 0 ? '' : `<tfoot>${footLine(columns, name, totals, style)}</tfoot>`;
  return `<details${open}><summary>${markup(style.words.items(list.length))}</summary><div class="scroll" role="group" tabindex="0" aria-label="${label}"><table>
${tableHead(columns, style)}<tbody>
${lines.join('\n')}
</tbody>${foot}</table></div></details>`;
}

/** Columns of a nested list: what its literal shows first, then the others. */
export function nestedColumns(field: ListField, name: string, { words }: Pick<PageStyle, 'words'>): Column[] {
  const all = resolveLabels(elementColumns(field), words, `${name}.`);
  const isFirst = (column: Column, chosen: string) => column.name === chosen || column.name.startsWith(`${chosen}.`);
  const first = (field.columns ?? []).flatMap(chosen => all.filter(column => isFirst(column, chosen)));
  return [...first, ...all.filter(column => !first.includes(column))];
}

function footLine(columns: readonly Column[], list: string, totals: ListTotals, { words }: PageStyle): string {
  const cells = columns.map(({ name, field }, at) => {
    const total = totals.find(one => one.name === `${list}.${name}`)?.amounts ?? '';
    if (at === 0) return `<th scope="row">${markup([words.total, total].filter(Boolean).join(' '))}</th>`;
    return `<td class="${classOf(field)}">${markup(total)}</td>`;
  });
  return `<tr>${cells.join('')}</tr>`;
}
