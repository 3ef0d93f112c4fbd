// How the rows of a run are written, decided before anything is sent: plan/output.ts makes it, this room carries it out.
import type { PagerChoice } from '../console/streams.ts';
import type { Language } from '../core/formats.ts';
import type { Column, Followed } from './columns.ts';
import type { DecimalSign, Format } from './format.ts';
import type { Order } from './sort.ts';
import type { SumColumn } from './sums.ts';

/** A format with what depends on it. */
export interface FormatPlan {
  readonly format: Format;
  /** Columns that the data decides are in it, as those that stand for them. */
  readonly columns: readonly Column[];
  /** Personal data is hidden. */
  readonly masked: boolean;
  /** Name of the zone of times; undefined: the system's. */
  readonly zone: string | undefined;
}

/** How a result is shown that is taller than the terminal. */
export interface PagerPlan extends PagerChoice {
  readonly columns: number;
  readonly rows: number;
}

export type Destination =
  | { readonly kind: 'stdout'; readonly pager?: PagerPlan }
  | { readonly kind: 'file'; readonly path: string; readonly clobber: boolean };

export interface OutputPlan {
  /** For the only row of a lookup by key. */
  readonly one: FormatPlan;
  readonly many: FormatPlan;
  /** The format has a head of names, but no document and nobody else says which: the run can only name those of its first answer. */
  readonly lacksFields: boolean;
  /** Names given with `--fields`. */
  readonly fields: readonly string[] | undefined;
  /** Nested list of which each element becomes a row. */
  readonly explode: string | undefined;
  /** Fields of which the records hold the things they name, and how their columns begin. */
  readonly follow: readonly Followed[];
  /** Columns whose exact totals are told. */
  readonly sums: readonly SumColumn[];
  /** The same without being asked, of a table on a terminal. */
  readonly totals: readonly SumColumn[];
  /** Rows are held until the end and sorted. */
  readonly order: Order | undefined;
  readonly text: {
    readonly header: boolean;
    readonly labels: boolean;
    readonly bom: boolean;
    readonly delimiter: string | undefined;
    readonly guard: 'auto' | 'off';
    readonly decimal: DecimalSign;
    readonly numbers: 'source' | 'text';
    readonly withRequest: boolean;
  };
  readonly language: Language;
  readonly destination: Destination;
  /** The terminal that is written to; undefined for a pipe or a file. */
  readonly terminal: { readonly columns: number; readonly colorLevel: ColorLevel; readonly isAscii: boolean } | undefined;
}

/** As chalk counts: none, 16 colours, 256, all. */
export type ColorLevel = 0 | 1 | 2 | 3;
