// The one door to all text views: options of a run in, pieces of text out.
import type { Endpoint } from '../core/endpoint.ts';
import { allColumns, type Column, defaultColumns, resolveLabels } from './columns.ts';
import { createCsv } from './csv.ts';
import { createJson, createNdjson } from './json.ts';
import { maskRecord } from './mask.ts';
import { createRecords } from './record.ts';
import { explodeRow, type Row } from './rows.ts';
import { createTable, type Terminal } from './table.ts';
import { type Words, wordsOf } from './words.ts';
import { openZone, utc } from './zones.ts';

export type TextFormat = 'table' | 'record' | 'json' | 'ndjson' | 'csv' | 'tsv';

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

/** A writer for one run. Throws UsageError for a zone, a delimiter or a list field that does not exist. */
export function createWriter(format: TextFormat, options: WriterOptions): Writer {
  const writer = openWriter(format, options);
  const { explode, endpoint } = options;
  const isForPeople = format === 'table' || format === 'record';
  const isMasked = options.mask === true || (isForPeople && options.showPersonal !== true);
  const prepare = (row: Row): Row[] => {
    const shown = isMasked ? { ...row, record: maskRecord(row.record, endpoint.fields) } : row;
    return explode === undefined ? [shown] : explodeRow(shown, explode);
  };
  return { ...writer, rows: rows => writer.rows(rows.flatMap(prepare)) };
}

function openWriter(format: TextFormat, options: WriterOptions): Writer {
  const { endpoint, fields, tty, explode } = options;
  if (format === 'json' || format === 'ndjson') {
    const shape = { columns: allColumns(endpoint, { explode }), fields, withRequest: options.withRequest === true };
    return format === 'json' ? createJson(shape) : createNdjson(shape);
  }
  const words = wordsOf(options.provider, endpoint.name, options.words);
  const chosen = options.columns ?? (format === 'table' ? defaultColumns(endpoint, { explode }) : allColumns(endpoint, { explode }));
  const columns = resolveLabels(chosen, words);
  if (format === 'table' || format === 'record') {
    const style = { columns, words, zone: openZone(options.tz), terminal: tty };
    return format === 'record' ? createRecords(style) : createTable({ ...style, header: options.header !== false });
  }
  return createCsv({
    columns,
    kind: format,
    header: options.header !== false,
    labels: options.labels === true,
    bom: options.bom === true,
    delimiter: options.delimiter,
    guard: options.guard ?? 'auto',
    zone: options.tz === undefined ? utc : openZone(options.tz),
    terminal: tty !== undefined,
  });
}
