// Exact totals of the rows that are shown, apart for each currency: amounts whose currency is not known are counted, never added.
import { DecimalSum, isDecimal } from '../core/decimal.ts';
import { type PageColumn, valueIn } from './table.ts';

/** Writes the totals of these rows into the foot of the table. */
export function showTotals(table: HTMLTableElement, columns: readonly PageColumn[], rows: readonly HTMLTableRowElement[]): void {
  const foot = table.tFoot?.rows[0];
  if (foot === undefined) return;
  for (const column of columns) {
    const cell = foot.cells[column.at]?.querySelector('.total');
    if (column.adds === undefined || cell == null) continue;
    cell.replaceChildren(
      ...lines(column, rows, table.dataset).map(text => Object.assign(document.createElement('div'), { textContent: text })),
    );
  }
}

function lines(column: PageColumn, rows: readonly HTMLTableRowElement[], words: DOMStringMap): string[] {
  const sums = new Map<string, DecimalSum>();
  let left = 0;
  for (const row of rows) {
    const text = valueIn(row, column);
    if (text === '') continue;
    const currency = column.adds === 'unstated' ? '' : row.cells[column.at]?.dataset.currency;
    const sum = currency === undefined ? undefined : (sums.get(currency) ?? new DecimalSum());
    if (sum === undefined || !isDecimal(text) || !sum.add(text)) left += 1;
    else sums.set(currency ?? '', sum);
  }
  const totals = [...sums].map(([currency, sum]) => (currency === '' ? sum.text : `${sum.text} ${currency}`));
  return left === 0 ? totals : [...totals, (words.left ?? '').replace('{n}', `${left}`)];
}
