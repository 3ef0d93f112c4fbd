// Copies texts: whole ids, and the rows that are shown as CSV.
import { isDecimal } from '../core/decimal.ts';
import { guardText } from '../core/formula-guard.ts';
import { type PageColumn, valueIn } from './table.ts';

/** Puts a text into the clipboard, also where a browser keeps its newer way for pages of the network. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

/** RFC 4180, with the documented names as its head; what a spreadsheet would run is guarded as in -o csv. */
export function csvOf(columns: readonly PageColumn[], rows: readonly HTMLTableRowElement[]): string {
  const shown = columns.filter(({ heading }) => !heading.hidden);
  const lines = rows.map(row =>
    shown.map(column => {
      const value = valueIn(row, column);
      const isQuantity = (column.kind === 'money' || column.kind === 'number') && isDecimal(value);
      return isQuantity ? value : guardText(value);
    }),
  );
  return [shown.map(({ name }) => guardText(name)), ...lines].map(cells => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  // A reader that expects another delimiter must not split a cell either.
  return /[",;\t|\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Gives each id a button that copies it. `label` says what it does, `{id}` standing for the id. */
export function addCopyButtons(ids: Iterable<Element>, label: string): void {
  for (const place of ids) {
    const id = place.textContent ?? '';
    if (id === '' || place.querySelector('.copy') !== null) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.ariaLabel = label.replace('{id}', () => id);
    button.dataset.id = id;
    place.append(button);
  }
}

/** Copies the id whose button is pressed. */
export function watchCopyButtons(told: (id: string) => void): void {
  document.addEventListener('click', ({ target }) => {
    const id = target instanceof HTMLButtonElement ? target.dataset.id : undefined;
    if (id !== undefined) copyText(id).then(() => told(id));
  });
}
