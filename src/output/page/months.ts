// An amount by month, as bars of exact totals, a picture for each currency: where the literal has an amount that may be added up and a date.
import { compareDecimals, DecimalSum, isDecimal, negateDecimal, shareOf } from '../../core/decimal.ts';
import { textOrNumber } from '../../core/json.ts';
import type { PageWords } from '../../lang/page.ts';
import { cellOf, type Row } from '../rows.ts';
import { readCurrency } from '../sums.ts';
import { dayOf, isDated } from './dates.ts';
import type { PageView } from './frame.ts';
import { type Bar, barPicture } from './picture.ts';

/** More months are no picture, more currencies neither. */
const mostMonths = 120;
const mostCurrencies = 4;

export class Months {
  readonly #months = new Map<string, Map<string, DecimalSum>>();
  readonly #amount;
  readonly #date;
  #isTooMuch = false;
  #unplaced = 0;

  constructor(readonly view: PageView) {
    this.#amount = view.sums?.find(({ column }) => column.field.kind === 'money');
    this.#date = view.columns.find(({ field }) => isDated(field));
  }

  see(row: Row): void {
    if (this.#amount === undefined || this.#date === undefined || this.#isTooMuch) return;
    const { column, currency } = this.#amount;
    const text = textOrNumber(cellOf(row, column) ?? null);
    const month = dayOf(cellOf(row, this.#date), this.#date.field, this.view.zone)?.slice(0, 7);
    const unit = currency === undefined ? '' : readCurrency(cellOf(row, currency));
    if (text === undefined || month === undefined || unit === undefined || !isDecimal(text) || !this.#sumOf(unit, month).add(text))
      this.#unplaced += 1;
  }

  #sumOf(unit: string, month: string): DecimalSum {
    const months = this.#months.get(unit) ?? new Map<string, DecimalSum>();
    this.#months.set(unit, months);
    const sum = months.get(month) ?? new DecimalSum();
    months.set(month, sum);
    if (months.size > mostMonths || this.#months.size > mostCurrencies) {
      this.#isTooMuch = true;
      this.#months.clear();
    }
    return sum;
  }

  /** Nothing where all is of one month. */
  markup(words: PageWords): string {
    const { column } = this.#amount ?? {};
    if (column === undefined || this.#date === undefined || this.#isTooMuch) return '';
    const caption = words.byMonth(column.label, this.#date.label);
    const note = this.#unplaced === 0 ? {} : { note: words.unplaced(this.#unplaced) };
    return [...this.#months]
      .filter(([, months]) => months.size > 1)
      .map(([unit, months], at) =>
        barPicture({ id: `months-${at}`, caption: unit === '' ? caption : `${caption}, ${unit}`, ...note }, barsOf(months)),
      )
      .join('');
  }
}

function barsOf(months: ReadonlyMap<string, DecimalSum>): Bar[] {
  const sums = [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, sum]) => ({ label, words: sum.text }));
  const size = (text: string) => (text.startsWith('-') ? negateDecimal(text) : text);
  const most = sums.map(({ words }) => size(words)).reduce((a, b) => (compareDecimals(a, b) < 0 ? b : a), '0');
  return sums.map(({ label, words }) => ({ label, words, share: shareOf(size(words), most), isMinus: words.startsWith('-') }));
}
