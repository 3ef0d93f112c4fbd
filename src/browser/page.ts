// What the page of -o html can do beside being read: sort, filter, add up, choose columns, copy, print. It has no texts of its own:
// they stand in the page, in the reader's language, and come to light here.
import { addCopyButtons, copyText, csvOf } from './copy.ts';
import { readFilter } from './filter.ts';
import { addSorting } from './sort.ts';
import { columnsOf, type PageColumn, rowsOf } from './table.ts';
import { showTotals } from './totals.ts';

const { body } = document;
const status = find('#status', HTMLElement);

for (const table of document.querySelectorAll<HTMLTableElement>('table')) addSorting(table, columnsOf(table));
addCopyButtons(document.querySelectorAll('.id'), body.dataset.copy ?? '', say);
const main = find('#rows', HTMLTableElement);
if (main !== undefined) equip(main);
find('#print', HTMLElement)?.addEventListener('click', () => window.print());
openForPrint();

/** What is not known before the last row stands behind it, and belongs before the first one. */
function equip(table: HTMLTableElement): void {
  const columns = columnsOf(table);
  const tools = find('#tools', HTMLElement);
  const filter = find('#filter', HTMLInputElement);
  let shown = rowsOf(table);
  const all = shown.length;
  const summary = find('#summary', HTMLElement);
  if (tools !== undefined && summary !== undefined) tools.before(summary);
  const tell = () => say((body.dataset.shown ?? '').replace('{n}', `${shown.length}`).replace('{all}', `${all}`));
  filter?.addEventListener('input', () => {
    const passes = readFilter(filter.value, columns);
    shown = rowsOf(table).filter(row => {
      const hidden = !passes(row);
      if (row.hidden !== hidden) row.hidden = hidden;
      return !hidden;
    });
    showTotals(table, columns, shown);
    tell();
  });
  find('#csv', HTMLElement)?.addEventListener('click', () => {
    copyText(
      csvOf(
        columns,
        rowsOf(table).filter(row => !row.hidden),
      ),
    ).then(() => say(body.dataset.copied ?? ''));
  });
  addChooser(table, columns);
  if (tools !== undefined) tools.hidden = false;
}

function addChooser(table: HTMLTableElement, columns: readonly PageColumn[]): void {
  const place = find('#columns', HTMLElement);
  place?.append(
    ...columns.map(({ heading, at }) => {
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true });
      box.addEventListener('change', () => {
        for (const row of [...(table.tHead?.rows ?? []), ...rowsOf(table), ...(table.tFoot?.rows ?? [])]) {
          const cell = row.cells[at];
          if (cell !== undefined) cell.hidden = !box.checked;
        }
      });
      const label = document.createElement('label');
      label.append(box, heading.textContent ?? '');
      return label;
    }),
  );
}

/** Paper cannot be opened. */
function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open]):not(.chooser)')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

function say(text: string): void {
  if (status !== undefined) status.textContent = text;
}

function find<E extends Element>(selector: string, kind: abstract new () => E): E | undefined {
  const found = document.querySelector(selector);
  return found instanceof kind ? found : undefined;
}
