// Which rows a filter lets through: every word of it stands somewhere in the row, and every comparison holds exactly.
import { compareDecimals, isDecimal } from '../core/decimal.ts';
import { type PageColumn, valueIn } from './table.ts';

export type RowTest = (row: HTMLTableRowElement) => boolean;

const comparison = /^([^<>=]+)(<=|>=|<|>|=)(-?[\d.]+)$/;
const holds: Readonly<Record<string, (order: number) => boolean>> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '=': order => order === 0,
  '>=': order => order >= 0,
  '>': order => order > 0,
};

const texts = new WeakMap<HTMLTableRowElement, string>();

/** Reads a filter: words, and comparisons such as `amount>100` for columns of amounts and numbers. */
export function readFilter(text: string, columns: readonly PageColumn[]): RowTest {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = words.map(word => compares(word, columns) ?? ((row: HTMLTableRowElement) => textOf(row).includes(word)));
  return row => tests.every(test => test(row));
}

function compares(word: string, columns: readonly PageColumn[]): RowTest | undefined {
  const [, name, sign = '', number = ''] = comparison.exec(word) ?? [];
  const column = columns.find(one => one.name.toLowerCase() === name && (one.kind === 'money' || one.kind === 'number'));
  const test = holds[sign];
  if (column === undefined || test === undefined || !isDecimal(number)) return undefined;
  return row => {
    const value = valueIn(row, column);
    return isDecimal(value) && test(compareDecimals(value, number));
  };
}

/** Reads the texts of rows, so that the first word that is typed does not have to. */
export function readTexts(rows: readonly HTMLTableRowElement[]): void {
  for (const row of rows) textOf(row);
}

function textOf(row: HTMLTableRowElement): string {
  const known =
    texts.get(row) ??
    [...row.cells]
      .map(cell => cell.textContent)
      .join('\n')
      .toLowerCase();
  texts.set(row, known);
  return known;
}
