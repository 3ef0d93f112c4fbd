// What a table of the page says of its columns, and what its cells hold. The page is readable without any of this.

/** A column, as its heading declares it. */
export interface PageColumn {
  readonly heading: HTMLTableCellElement;
  /** Of its cells in each row. */
  readonly at: number;
  /** Documented name. */
  readonly name: string;
  readonly kind: string;
  /** Its values are added up: each names its currency, or no document says which it is. */
  readonly adds: 'stated' | 'unstated' | undefined;
}

export function columnsOf(table: HTMLTableElement): PageColumn[] {
  return [...(table.tHead?.rows[0]?.cells ?? [])].map((heading, at) => ({
    heading,
    at,
    name: heading.dataset.name ?? '',
    kind: heading.dataset.kind ?? '',
    adds: heading.dataset.adds === 'stated' || heading.dataset.adds === 'unstated' ? heading.dataset.adds : undefined,
  }));
}

/** A value as it is exact: of a time the one in UTC, with every digit that was sent. */
export function valueIn(row: HTMLTableRowElement, { at, kind }: Pick<PageColumn, 'at' | 'kind'>): string {
  const cell = row.cells[at];
  if (cell === undefined) return '';
  return (kind === 'instant' && cell.querySelector('time')?.dateTime) || (cell.textContent ?? '');
}
