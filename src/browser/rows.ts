// Which rows of a table stand in the page. A browser lays all of them out anew whenever one goes, so of many only those near what is
// read are there: the others come when somebody scrolls to them, and for paper.
import type { RowTest } from './filter.ts';

/** Rows that come at a time. */
const step = 200;
/** So near to the last row the next ones come, in pixels. */
const near = 1_500;

export class Rows {
  #all: readonly HTMLTableRowElement[];
  #shown: readonly HTMLTableRowElement[];
  #passes: RowTest = () => true;
  #placed = 0;

  /** `came` is told the rows that come to stand in the page. */
  constructor(
    readonly body: HTMLTableSectionElement,
    readonly came: (rows: readonly HTMLTableRowElement[]) => void,
  ) {
    this.#all = [...body.rows];
    this.#shown = this.#all;
    const scroller = body.closest('.scroll');
    scroller?.addEventListener('scroll', () => {
      if (scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - near) this.#place(step);
    });
    addEventListener('beforeprint', () => this.#place(this.#shown.length));
    addEventListener('afterprint', () => this.#begin());
    this.#begin();
  }

  get all(): readonly HTMLTableRowElement[] {
    return this.#all;
  }

  /** Those that the filter lets through, in order. */
  get shown(): readonly HTMLTableRowElement[] {
    return this.#shown;
  }

  order(rows: readonly HTMLTableRowElement[]): void {
    this.#all = rows;
    this.filter(this.#passes);
  }

  filter(passes: RowTest): void {
    this.#passes = passes;
    this.#shown = this.#all.filter(passes);
    this.#begin();
  }

  #begin(): void {
    this.#placed = 0;
    this.body.replaceChildren();
    this.#place(step);
  }

  #place(count: number): void {
    const next = this.#shown.slice(this.#placed, this.#placed + count);
    this.#placed += next.length;
    this.came(next);
    this.body.append(...next);
  }
}
