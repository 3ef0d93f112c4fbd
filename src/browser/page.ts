// What the page of -o html can do beside being read: sort, filter, add up, choose columns, copy, print. It has no texts of its own:
// they stand in the page, in the reader's language, and come to light here.
import { addCopyButtons, copyText, csvOf, watchCopyButtons } from './copy.ts';
import { readFilter, readTexts } from './filter.ts';
import { Rows } from './rows.ts';
import { addSorting } from './sort.ts';
import { columnsOf, type PageColumn } from './table.ts';
import { showTotals } from './totals.ts';

const { dataset } = document.body;
const main = find('#rows', HTMLTableElement);

for (const table of document.querySelectorAll<HTMLTableElement>('table:not(#rows)')) sortInPlace(table);
if (main?.tBodies[0] !== undefined) equip(main, main.tBodies[0]);
else giveCopyButtons(document);
watchCopyButtons(say);
find('#print', HTMLElement)?.addEventListener('click', () => print());
openForPrint();
const tools = find('#tools', HTMLElement);
if (tools !== undefined) tools.hidden = false;

/** The table of a page of rows. */
function equip(table: HTMLTableElement, body: HTMLTableSectionElement): void {
  const columns = columnsOf(table);
  readTexts([...body.rows]);
  const rows = new Rows(body, came => {
    for (const row of came) giveCopyButtons(row);
  });
  addSorting(rows, columns);
  // What is not known before the last row stands behind it, and belongs before the first one.
  const summary = find('#summary', HTMLElement);
  if (summary !== undefined) find('#tools', HTMLElement)?.before(summary);
  const filter = find('#filter', HTMLInputElement);
  filter?.addEventListener('input', () => {
    rows.filter(readFilter(filter.value, columns));
    showTotals(table, columns, rows.shown);
    say(countOf(rows));
  });
  // Who holds the paper does not see the filter.
  addEventListener('beforeprint', () => say(rows.shown.length === rows.all.length ? '' : `${countOf(rows)} · ${filter?.value}`));
  find('#csv', HTMLElement)?.addEventListener('click', () => {
    copyText(csvOf(columns, rows.shown)).then(() => say(dataset.copied ?? ''));
  });
  find('#columns', HTMLElement)?.append(...columns.map(column => chooserOf(column, table, rows)));
}

function countOf({ shown, all }: Rows): string {
  return (dataset.shown ?? '').replace('{n}', `${shown.length}`).replace('{all}', `${all.length}`);
}

/** A box that takes a column away. */
function chooserOf({ heading, at }: PageColumn, table: HTMLTableElement, rows: Rows): HTMLElement {
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true });
  box.addEventListener('change', () => {
    for (const row of [...(table.tHead?.rows ?? []), ...rows.all, ...(table.tFoot?.rows ?? [])]) hideCell(row, at, !box.checked);
  });
  const label = document.createElement('label');
  label.append(box, heading.textContent ?? '');
  return label;
}

function hideCell(row: HTMLTableRowElement, at: number, hidden: boolean): void {
  const cell = row.cells[at];
  if (cell !== undefined) cell.hidden = hidden;
}

/** A nested list: short enough to stand there whole. */
function sortInPlace(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  addSorting({ all: [...body.rows], order: rows => body.append(...rows) }, columnsOf(table));
}

function giveCopyButtons(below: ParentNode): void {
  addCopyButtons(below.querySelectorAll('.id'), dataset.copy ?? '');
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
  const status = find('#status', HTMLElement);
  if (status !== undefined) status.textContent = text;
}

function find<E extends Element>(selector: string, kind: abstract new () => E): E | undefined {
  const found = document.querySelector(selector);
  return found instanceof kind ? found : undefined;
}
