// A format is one literal: its traits decide how a run treats it, and `open` makes the text. No trait has a default: who adds a
// format has to say whether people read it (personal data is masked then) and whether a part of it is of use.
import type { ChalkInstance } from 'chalk';
import type { FormatName } from '../core/formats.ts';
import type { Zone } from '../core/zones.ts';
import type { Column } from './columns.ts';
import type { ListTotals } from './list-totals.ts';
import type { PageFacts } from './page/facts.ts';
import type { Row } from './rows.ts';
import type { SumColumn } from './sums.ts';
import type { EndpointTranslations } from './translations.ts';

/** A terminal that is written to. */
export interface Terminal {
  readonly columns?: number | undefined;
  readonly chalk: ChalkInstance;
}

/** Options that change the text of some formats; given with a format that does not accept them they are a usage error. */
export type TextOption = 'bom' | 'delimiter' | 'decimal' | 'numbers';

/** What stands before the fraction of an amount or number in CSV and TSV. */
export type DecimalSign = '.' | ',';

/** What a format is handed to make its text from. */
export interface View {
  /** In order, with the labels of the language. */
  readonly columns: readonly Column[];
  /** Names given with `--fields`: what JSON is cut down to. */
  readonly fields?: readonly string[] | undefined;
  readonly header: boolean;
  /** Header cells are the labels instead of the documented names. */
  readonly labels: boolean;
  readonly bom: boolean;
  readonly delimiter?: string | undefined;
  readonly guard: 'auto' | 'off';
  readonly decimal: DecimalSign;
  /** JSON numbers as they came, or as strings. */
  readonly numbers: 'source' | 'text';
  /** JSON rows carry the keys asked for. */
  readonly withRequest: boolean;
  readonly zone: Zone;
  /** Its name; undefined: the system's. */
  readonly zoneName?: string | undefined;
  /** What the rows are: the name of their endpoint. */
  readonly title: string;
  readonly words: EndpointTranslations;
  /** Where the rows are from, for what ends with a line that says so. */
  readonly origin?: (() => string) | undefined;
  /** What a page has at its head; absent where the rows are no result of a run. */
  readonly page?: PageFacts | undefined;
  /** Columns whose exact totals stand below a table of a page. */
  readonly sums?: readonly SumColumn[] | undefined;
  /** Names of the columns that a record on a screen begins with, where nobody chose its columns. */
  readonly leading?: readonly string[] | undefined;
  /** Absent where the text goes to a pipe or a file. */
  readonly terminal?: Terminal | undefined;
  /** The currency of an amount, where the row names it. */
  readonly currencyOf?: ((row: Row, column: Column) => string | undefined) | undefined;
  /** What the elements of a nested list add up to, where that makes sense. */
  readonly totalsOf?: ((row: Row, list: Column) => ListTotals) | undefined;
  /** Told which columns a terminal has no room for. */
  readonly leaveOut?: ((columns: readonly Column[]) => void) | undefined;
  /** Told that a terminal shows an id in part. */
  readonly shortenIds?: (() => void) | undefined;
}

/** What stands around rows. NDJSON: all empty; JSON: `[`, ``, `,`, `\n]\n`, `]\n`; CSV: only a head. */
export interface Frame {
  readonly head: string;
  /** Before the first row. */
  readonly first: string;
  /** Before every other row. */
  readonly between: string;
  /** At the end of a complete output. */
  readonly tail: string;
  /** The same when there was no row. */
  readonly emptyTail: string;
}

/** A text of rows that stand alone. */
export interface RowText {
  readonly frame: Frame;
  /** The rows with what stands between them; '' for none. */
  rows(rows: readonly Row[]): string;
}

/** A part of an output: text, or bytes of a format that is none. */
export type Piece = string | Uint8Array;

/** A result in pieces, in this order: begin, any number of rows, end. All pieces together are the output. */
export interface Writer<P extends Piece = string> {
  begin(): P;
  rows(rows: readonly Row[]): P;
  end(): P;
}

interface Traits {
  readonly name: FormatName;
  /** Read by people: personal data is masked unless asked for, times are in the reader's zone, a terminal gets decoration. */
  readonly forPeople: boolean;
  /** What nobody chose columns for shows. */
  readonly columns: 'default' | 'all';
  /** What of a record its text is made from: its columns alone, all of it unless fields were asked for by name, or all of it. */
  readonly reads: 'columns' | 'fields' | 'record';
  /** Where it may go: a page is not to be read on a terminal, a workbook is a file. */
  readonly place: 'anywhere' | 'no-terminal' | 'file';
  readonly accepts: readonly TextOption[];
}

/** Rows stand alone: a part of the output is of use, and an interrupted run can go on behind it. */
export interface WholeRowFormat extends Traits {
  readonly wholeRows: true;
  /** Where the names of fields stand: in every row, or once before all of them, so that they must be known before the first answer. */
  readonly names: 'in-rows' | 'in-head';
  readonly open: (view: View) => Promise<RowText>;
}

/** Only the whole output is of use: a table is measured before it is drawn. */
export interface WholeTextFormat extends Traits {
  readonly wholeRows: false;
  readonly open: (view: View) => Promise<Writer<Piece>>;
}

export type Format = WholeRowFormat | WholeTextFormat;
