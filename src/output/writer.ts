// The one door to all text views: options of a run in, pieces of text out.
import type { Endpoint } from '../core/endpoint.ts';
import type { Format } from '../core/formats.ts';
import { openZone, utc } from '../core/zones.ts';
import { allColumns, type Column, defaultColumns, resolveLabels } from './columns.ts';
import type { Terminal } from './formats/table.ts';
import { maskRecord } from './mask.ts';
import { explodeRow, type Row } from './rows.ts';
import { type Words, wordsOf } from './words.ts';

/** A table holds back so many rows, to measure its columns by; a shorter one comes out at its end. */
export const measuredRows = 1_000;

/** Text of a result in pieces, in this order: begin, any number of rows, end. All pieces together are the output. */
export interface Writer {
  begin(): string;
  rows(rows: readonly Row[]): string;
  end(): string;
}

export interface WriterOptions {
  /** Name of the provider, for words. */
  readonly provider: string;
  readonly endpoint: Endpoint;
  /** Columns of a table, record, CSV or TSV; default: the endpoint's columns for a table, else all. */
  readonly columns?: readonly Column[] | undefined;
  /** Names given with `--fields`; what JSON is cut down to. They must have passed `selectColumns`. */
  readonly fields?: readonly string[] | undefined;
  /** Nested list of which each element becomes a row. Leave out when the rows are exploded already, as sorting needs. */
  readonly explode?: string | undefined;
  readonly header?: boolean | undefined;
  readonly labels?: boolean | undefined;
  readonly bom?: boolean | undefined;
  readonly delimiter?: string | undefined;
  readonly guard?: 'auto' | 'off' | undefined;
  /** Zone of times; default: the system's, in CSV and TSV UTC. */
  readonly tz?: string | undefined;
  readonly words?: Words | undefined;
  /** Hides personal values in every format. */
  readonly mask?: boolean | undefined;
  /** Shows personal values in tables and records. */
  readonly showPersonal?: boolean | undefined;
  /** The terminal written to; without it the text is meant for a pipe or a file. */
  readonly tty?: Terminal | undefined;
  readonly withRequest?: boolean | undefined;
}

/** Makes a writer for one run. Throws UsageError for a zone, a delimiter or a list field that does not exist. */
export type MakeWriter = (options: WriterOptions) => Writer;

/** Loads what a format needs, and no other: measuring text and drawing frames take longer to load than most lookups to answer. */
export async function loadWriter(format: Format): Promise<MakeWriter> {
  const open = await loadFormat(format);
  return options => preparing(open(options), format, options);
}

async function loadFormat(format: Format): Promise<MakeWriter> {
  switch (format) {
    case 'json':
    case 'ndjson': {
      const { createJson, createNdjson } = await import('./formats/json.ts');
      return ({ endpoint, explode, fields, withRequest = false }) => {
        const shape = { columns: allColumns(endpoint, { explode }), fields, withRequest };
        return format === 'json' ? createJson(shape) : createNdjson(shape);
      };
    }
    case 'table': {
      const { createTable } = await import('./formats/table.ts');
      const { createRecords } = await import('./formats/record.ts');
      return options => {
        const style = styleOf(options, defaultColumns);
        return createTable({ ...style, header: options.header !== false, narrow: () => createRecords(style) });
      };
    }
    case 'record': {
      const { createRecords } = await import('./formats/record.ts');
      return options => createRecords(styleOf(options, allColumns));
    }
    default: {
      const { createCsv } = await import('./formats/csv.ts');
      return options => createCsv({ ...csvOptions(options), kind: format });
    }
  }
}

/** Masks and explodes rows before a format sees them. */
function preparing(writer: Writer, format: Format, options: WriterOptions): Writer {
  const { explode, endpoint } = options;
  const isForPeople = format === 'table' || format === 'record';
  const isMasked = options.mask === true || (isForPeople && options.showPersonal !== true);
  const prepare = (row: Row): Row[] => {
    const shown = isMasked ? { ...row, record: maskRecord(row.record, endpoint.fields) } : row;
    return explode === undefined ? [shown] : explodeRow(shown, explode);
  };
  return { ...writer, rows: rows => writer.rows(rows.flatMap(prepare)) };
}

function styleOf(options: WriterOptions, unchosen: typeof allColumns) {
  const words = wordsOf(options.provider, options.endpoint.name, options.words);
  return { columns: columnsOf(options, unchosen), words, zone: openZone(options.tz), terminal: options.tty };
}

function columnsOf({ provider, endpoint, words, columns, explode }: WriterOptions, unchosen: typeof allColumns): Column[] {
  return resolveLabels(columns ?? unchosen(endpoint, { explode }), wordsOf(provider, endpoint.name, words));
}

function csvOptions(options: WriterOptions) {
  return {
    columns: columnsOf(options, allColumns),
    header: options.header !== false,
    labels: options.labels === true,
    bom: options.bom === true,
    delimiter: options.delimiter,
    guard: options.guard ?? 'auto',
    zone: options.tz === undefined ? utc : openZone(options.tz),
    terminal: options.tty !== undefined,
  };
}
