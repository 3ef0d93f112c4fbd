// The foot of a table: exact totals of its columns, apart for each currency.
import type { PageWords } from '../../lang/page.ts';
import type { Column } from '../columns.ts';
import type { Total } from '../sums.ts';
import { markup } from './markup.ts';

/** Empty where nothing is added up. */
export function totalsFoot(columns: readonly Column[], totals: readonly Total[], words: PageWords): string {
  if (totals.length === 0) return '';
  const cells = columns.map(({ name }, at) => {
    const own = totals.filter(({ field }) => field === name);
    const label = at === 0 ? `${markup(words.total)} ` : '';
    const element = at === 0 ? 'th scope="row"' : 'td';
    return `<${element}${own.length === 0 ? '' : ' class="number"'}>${label}${own.length === 0 ? '' : totalsOf(own, words)}</${at === 0 ? 'th' : 'td'}>`;
  });
  return `<tfoot><tr>${cells.join('')}</tr></tfoot>`;
}

function totalsOf(totals: readonly Total[], words: PageWords): string {
  const lines = totals.map(({ total, currency, amounts }) => {
    if (total === null) return words.left.replace('{n}', `${amounts}`);
    return currency === null ? total : `${total} ${currency}`;
  });
  const unstated = totals.some(({ total, currency }) => total !== null && currency === null);
  return `<div class="total">${lines.map(line => `<div>${markup(line)}</div>`).join('')}</div>${unstated ? `<div class="unit">${markup(words.unstated)}</div>` : ''}`;
}
