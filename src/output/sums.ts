// Exact totals of columns, apart for each currency: amounts of a currency that is not known are never added to others.
import { DecimalSum, isDecimal } from '../core/decimal.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { Fields } from '../core/fields.ts';
import { type Json, numberText, textOrNumber } from '../core/json.ts';
import { say, type Words } from '../core/say.ts';
import { allColumns, type Column, type ColumnOptions } from './columns.ts';
import { selectColumns } from './named-columns.ts';

/** A column whose values are added up. */
export interface SumColumn {
  readonly column: Column;
  /** Names the currency of each value; undefined where the document names none. */
  readonly currency: Column | undefined;
}

/** The total of a column in one currency, as data. */
export type Total = {
  readonly field: string;
  /** Null: the document names no currency, or with a null `total` the row did not. */
  readonly currency: string | null;
  /** A string: no reader rounds it. Null: amounts of unknown currencies, which cannot be added. */
  readonly total: string | null;
  readonly amounts: number;
};

/** Reads `--sum`. Throws UsageError for what cannot be added up. */
export function sumColumns(endpoint: Endpoint, names: readonly string[], options: ColumnOptions): SumColumn[] {
  const known = allColumns(endpoint, options);
  return names.map(name => {
    const [column] = selectColumns(endpoint, [name], options).filter(candidate => candidate.name === name);
    if (column === undefined || !['money', 'number', 'any'].includes(column.field.kind)) {
      const fitting = known.filter(({ field }) => field.kind === 'money').map(other => other.name);
      const hint = fitting.length === 0 ? say`${endpoint.name} has no amounts` : say`amounts of ${endpoint.name}: ${fitting.join(', ')}`;
      throw new UsageError(say`--sum ${name}: it is neither an amount nor a number`, { hint });
    }
    if (options.explode !== undefined && !name.startsWith(`${options.explode}.`)) {
      const hint = say`sum a field of ${options.explode}, or leave --explode out`;
      throw new UsageError(say`--sum ${name}: with --explode ${options.explode} a record would count once per element`, { hint });
    }
    return { column, currency: currencyOf(endpoint.fields, column, known) };
  });
}

/** The column that names the currency of another, in its own object or around it. */
export function currencyOf(fields: Fields, { field, path }: Column, known: readonly Column[]): Column | undefined {
  if (field.kind !== 'money') return undefined;
  const objects = [fields];
  for (const name of path.slice(0, -1)) {
    const inner = objects.at(-1)?.[name];
    objects.push(inner !== undefined && 'fields' in inner && inner.fields !== undefined ? inner.fields : {});
  }
  for (let depth = objects.length - 1; depth >= 0; depth--) {
    const member = path[depth] ?? '';
    const naming = Object.entries(objects[depth] ?? {}).find(
      ([, other]) => other.kind === 'text' && (other.currencyOf === 'all' || (other.currencyOf?.includes(member) ?? false)),
    );
    const name = naming && [...path.slice(0, depth), naming[0]].join('.');
    if (name !== undefined) return known.find(column => column.name === name);
  }
  return undefined;
}

/** Longer is no currency. */
export const longestCurrency = 16;
/** More currencies than there are: what stands there is something else. */
const mostCurrencies = 300;

/** Adds rows up as they are delivered. */
export class Sums {
  readonly #totals: readonly ColumnTotals[];

  constructor(readonly columns: readonly SumColumn[]) {
    this.#totals = columns.map(column => new ColumnTotals(column));
  }

  /** Adds a row, by the value it has in a column. */
  add(valueIn: (column: Column) => Json | undefined): void {
    for (const totals of this.#totals) totals.add(valueIn);
  }

  facts(): Total[] {
    return this.#totals.flatMap(totals => totals.facts());
  }

  /** `amount 26884.0 USD (2 amounts)`, one line per field and currency. */
  sentences(): Words[] {
    return this.#totals.flatMap(totals => totals.sentences());
  }
}

class ColumnTotals {
  readonly #byCurrency = new Map<string, { readonly sum: DecimalSum; amounts: number }>();
  #unknown = 0;
  #unreadable = 0;

  constructor(readonly of: SumColumn) {}

  add(valueIn: (column: Column) => Json | undefined): void {
    const { column, currency } = this.of;
    const value = valueIn(column);
    if (value === undefined || value === null) return;
    const text = column.field.kind === 'any' ? numberText(value) : textOrNumber(value);
    if (text === undefined || !isDecimal(text)) {
      this.#unreadable += 1;
      return;
    }
    const named = currency === undefined ? '' : readCurrency(valueIn(currency));
    if (named === undefined || (!this.#byCurrency.has(named) && this.#byCurrency.size === mostCurrencies)) {
      this.#unknown += 1;
      return;
    }
    const total = this.#byCurrency.get(named) ?? { sum: new DecimalSum(), amounts: 0 };
    this.#byCurrency.set(named, total);
    if (total.sum.add(text)) total.amounts += 1;
    else this.#unreadable += 1;
  }

  facts(): Total[] {
    const field = this.of.column.name;
    const known = [...this.#byCurrency].map(([currency, { sum, amounts }]) => ({
      field,
      currency: currency === '' ? null : currency,
      total: sum.text,
      amounts,
    }));
    const left = this.#unknown + this.#unreadable;
    if (left > 0) return [...known, { field, currency: null, total: null, amounts: left }];
    return known.length > 0 ? known : [{ field, currency: null, total: '0', amounts: 0 }];
  }

  sentences(): Words[] {
    const { column } = this.of;
    const isMoney = column.field.kind === 'money';
    const known = [...this.#byCurrency].map(([currency, { sum, amounts }]) => {
      const unit = currency !== '' ? ` ${currency}` : isMoney ? say`, currency not stated` : '';
      return say`sum of ${column.name}: ${sum.text}${unit} (${counted(amounts)})`;
    });
    return [
      ...(known.length === 0 ? [say`sum of ${column.name}: 0 (no values)`] : known),
      ...(this.#unknown > 0 ? [say`sum of ${column.name}: ${counted(this.#unknown)} not added, their currency is not known`] : []),
      ...(this.#unreadable > 0 ? [say`sum of ${column.name}: ${counted(this.#unreadable)} not added, they are no numbers`] : []),
    ];
  }
}

function counted(amounts: number): Words {
  return amounts === 1 ? say`1 value` : say`${amounts} values`;
}

/** The currency that a value names; undefined for one that names none. */
export function readCurrency(value: Json | undefined): string | undefined {
  const text = textOrNumber(value ?? null)?.trim();
  return text === undefined || text === '' || text.length > longestCurrency ? undefined : text;
}
