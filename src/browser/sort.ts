// Rows in the order of a column: amounts by their digits, times by time, what is missing last. The same order as --sort.
import { compareDecimals, isDecimal } from '../core/decimal.ts';
import { type PageColumn, valueIn } from './table.ts';

/** What is compared; kinds that cannot be compared with each other follow one another. */
interface Key {
  readonly rank: 'decimal' | 'instant' | 'text' | 'missing';
  readonly text: string;
}

const ranks: readonly Key['rank'][] = ['decimal', 'instant', 'text', 'missing'];
const exact = new Set(['money', 'number', 'any']);

/** The rows in the order of a column; equal ones keep theirs. */
export function sortRows(rows: readonly HTMLTableRowElement[], column: PageColumn, descending: boolean): HTMLTableRowElement[] {
  const keyed = rows.map(row => ({ row, key: keyOf(valueIn(row, column), row, column) }));
  keyed.sort((a, b) => {
    const order = compareKeys(a.key, b.key);
    const isLast = a.key.rank === 'missing' || b.key.rank === 'missing';
    return descending && !isLast ? -order : order;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(text: string, row: HTMLTableRowElement, { kind, at }: PageColumn): Key {
  if (text === '') return { rank: 'missing', text };
  if (exact.has(kind) && isDecimal(text)) return { rank: 'decimal', text };
  if (kind === 'instant' && row.cells[at]?.querySelector('time')) return { rank: 'instant', text: plainInstant(text) };
  return { rank: 'text', text };
}

/** `…:39.500Z` → `…:39.5`: then a text that is less is a time before. */
function plainInstant(utc: string): string {
  const plain = utc.replace(/Z$/, '');
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

export function compareKeys(a: Key, b: Key): number {
  if (a.rank !== b.rank) return ranks.indexOf(a.rank) - ranks.indexOf(b.rank);
  if (a.rank === 'decimal') return compareDecimals(a.text, b.text);
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

/** Rows that can be put in order. */
export interface Sortable {
  readonly all: readonly HTMLTableRowElement[];
  order(rows: readonly HTMLTableRowElement[]): void;
}

/** Makes the headings of a table buttons that sort it. */
export function addSorting(rows: Sortable, columns: readonly PageColumn[]): void {
  for (const column of columns) {
    const button = document.createElement('button');
    button.type = 'button';
    const wrap = () => {
      button.append(...column.heading.childNodes);
      column.heading.append(button);
    };
    wrap();
    // Chromium leaves buttons out of a head that it repeats on each sheet.
    addEventListener('beforeprint', () => column.heading.replaceChildren(...button.childNodes));
    addEventListener('afterprint', wrap);
    button.addEventListener('click', () => {
      const descending = column.heading.ariaSort === 'ascending';
      for (const { heading } of columns) heading.ariaSort = null;
      column.heading.ariaSort = descending ? 'descending' : 'ascending';
      rows.order(sortRows(rows.all, column, descending));
    });
  }
}
