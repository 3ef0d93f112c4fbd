// Rows that wait to be written, held as the records they are made from: with --explode all rows of a long list would be as many
// copies of its record.
import type { JsonObject } from '../core/json.ts';
import type { OutputPlan } from './output-plan.ts';
import { type Row, rowAt, rowCount } from './rows.ts';
import { sortBy } from './sort.ts';

/** So many are made, and written, at a time. */
const rowsAtATime = 1_000;

/** A row before it is made. */
interface Held extends Row {
  /** Which element of the list it has. */
  readonly at: number;
}

export class HeldRows {
  readonly #list: readonly string[] | undefined;
  readonly #parts: { readonly records: readonly JsonObject[]; readonly request: Row['request']; readonly rows: number }[] = [];
  #count = 0;

  constructor(readonly plan: Pick<OutputPlan, 'explode' | 'order'>) {
    this.#list = plan.explode?.split('.');
  }

  /** How many rows there are. */
  get count(): number {
    return this.#count;
  }

  /** Adds the rows of these records, at most so many. Returns how many. */
  add(records: readonly JsonObject[], request: Row['request'], most = Number.POSITIVE_INFINITY): number {
    const list = this.#list;
    const all = list === undefined ? records.length : records.reduce((sum, record) => sum + rowCount(record, list), 0);
    const rows = Math.min(all, most);
    if (rows > 0) this.#parts.push({ records, request, rows });
    this.#count += rows;
    return rows;
  }

  /** All of them in their order, each made when it is wanted. */
  *each(): Generator<Row> {
    for (const held of this.#inOrder()) yield this.#made(held);
  }

  /** The same in portions. */
  *portions(): Generator<readonly Row[]> {
    let portion: Row[] = [];
    for (const row of this.each()) {
      portion.push(row);
      if (portion.length < rowsAtATime) continue;
      yield portion;
      portion = [];
    }
    if (portion.length > 0) yield portion;
  }

  #inOrder(): Iterable<Held> {
    const { order } = this.plan;
    return order === undefined ? this.#all() : sortBy(this.#all(), held => this.#made(held), order);
  }

  *#all(): Generator<Held> {
    for (const { records, request, rows } of this.#parts) {
      let left = rows;
      for (const record of records) {
        const own = this.#list === undefined ? 1 : rowCount(record, this.#list);
        for (let at = 0; at < own && left > 0; at += 1, left -= 1) yield { record, request, at };
      }
    }
  }

  #made(held: Held): Row {
    return this.#list === undefined ? held : rowAt({ record: held.record, request: held.request }, this.#list, held.at);
  }
}
