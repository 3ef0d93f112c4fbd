// One value in a page: amounts and codes as sent, times with their exact moment in UTC, nested lists as tables of their own.
import type { Field } from '../../core/fields.ts';
import { isText, type Json } from '../../core/json.ts';
import { hidden } from '../../core/personal.ts';
import { type Column, elementColumns, resolveLabels } from '../columns.ts';
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

/** A cell of a table. An amount that is added up says in which currency it is. */
export function tableCell(row: Row, column: Column, style: PageStyle, sums: PageView['sums'] = [], prefix = ''): string {
  const value = cellOf(row, column);
  const sum = sums.find(one => one.column.name === column.name);
  const currency = sum?.currency && readCurrency(cellOf(row, sum.currency));
  const unit = currency === undefined ? '' : ` data-currency="${markup(currency)}"`;
  return `<td class="${classOf(column.field)}"${unit}>${content(value, column.field, prefix + column.name, style, humanCell)}</td>`;
}

/** A value of a record: codes carry their meaning, lists are open. */
export function recordValue(value: Json | undefined, column: Column, style: PageStyle): string {
  if (value === undefined || value === null) return '—';
  return content(value, column.field, column.name, style, recordCell);
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

function content(value: Json | undefined, field: Field, name: string, style: PageStyle, shown: typeof humanCell): string {
  if (isTabular(field, value)) return nestedTable(value, field, name, style, shown === recordCell);
  const instant = field.kind === 'instant' ? instantOf(value, field) : undefined;
  if (instant !== undefined) return `<time datetime="${utcText(instant)}">${localText(instant, style.zone, style.offset)}</time>`;
  const text = escaped(shown(value, field, name, style));
  const tone = toneOf(value, field) ?? (value !== undefined && isText(value) && value.includes(hidden) ? 'masked' : undefined);
  return tone === undefined || text === '' ? text : `<span class="${tone}">${text}</span>`;
}

function nestedTable(list: Extract<Json, unknown[]>, field: Field, name: string, style: PageStyle, mayOpen: boolean): string {
  if (field.kind !== 'list' || !isTabular(field, list)) return '';
  const columns = resolveLabels(elementColumns(field), style.words, `${name}.`);
  const lines = list.map(
    record => `<tr>${columns.map(column => tableCell({ record, request: {} }, column, style, [], `${name}.`)).join('')}</tr>`,
  );
  const open = mayOpen && list.length <= mostOpen ? ' open' : '';
  return `<details${open}><summary>${markup(style.words.items(list.length))}</summary><div class="scroll" role="group" tabindex="0" aria-label="${markup(style.words.label(name, field.label))}"><table>\n${tableHead(columns, style)}<tbody>\n${lines.join('\n')}\n</tbody></table></div></details>`;
}
