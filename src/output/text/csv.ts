// Rows as CSV (RFC 4180) or TSV: fixed columns, values as sent, and no text cell that a spreadsheet would run as a formula.
import { stringify } from 'csv-stringify/sync';
import { visible } from '../../console/escape.ts';
import { isDecimal } from '../../core/decimal.ts';
import { checkDelimiter } from '../../core/delimiter.ts';
import type { Field } from '../../core/fields.ts';
import { guardJson, guardText, isHarmless } from '../../core/formula-guard.ts';
import { isText, type Json, numberText } from '../../core/json.ts';
import { utc, type Zone } from '../../core/zones.ts';
import type { Column } from '../columns.ts';
import type { DecimalSign, RowText } from '../format.ts';
import { cellReader, type Row } from '../rows.ts';
import { plainText } from '../values.ts';
import { readInstant, utcText, zonedText } from './instants.ts';

export interface CsvOptions {
  readonly columns: readonly Column[];
  readonly kind: 'csv' | 'tsv';
  readonly header: boolean;
  /** Header cells are the labels instead of the documented names. */
  readonly labels: boolean;
  readonly bom: boolean;
  readonly delimiter?: string | undefined;
  readonly guard: 'auto' | 'off';
  readonly decimal: DecimalSign;
  readonly zone: Zone;
  /** A terminal gets controls as escapes. */
  readonly terminal?: object | undefined;
}

/** Rows as CSV or TSV text; every row has as many cells as there are columns. */
export function createCsv(options: CsvOptions): RowText {
  const { columns } = options;
  const cells = columns.map(column => cellText(column, options));
  const writeLines = options.kind === 'csv' ? csvLines(options) : tsvLines(options);
  const header = columns.map(column => (options.labels ? column.label : column.name));
  const head = (options.bom ? '\ufeff' : '') + (options.header ? writeLines([header]) : '');
  return {
    frame: { head, first: '', between: '', tail: '', emptyTail: '' },
    rows: rows => writeLines(rows.map(row => cells.map(text => text(row)))),
  };
}

function cellText(column: Column, options: CsvOptions): (row: Row) => string {
  const read = cellReader(column);
  return row => csvCell(read(row), column.field, options);
}

/** Text of one cell before quoting. */
function csvCell(value: Json | undefined, field: Field, { guard, zone, decimal }: CsvOptions): string {
  if (value === undefined || value === null) return '';
  const quantity = decimal === '.' ? undefined : quantityText(value, field);
  if (quantity !== undefined) return quantity.replace('.', decimal);
  if (field.kind === 'instant') {
    if (field.none !== undefined && plainText(value) === field.none.is) return '';
    const instant = readInstant(value, field.unit);
    if (instant !== undefined) return zone === utc ? utcText(instant) : zonedText(instant, zone);
  }
  if (guard === 'off') return plainText(value);
  if (!isText(value)) return typeof value === 'object' ? guardJson(plainText(value)) : plainText(value);
  const isQuantity = (field.kind === 'money' || field.kind === 'number') && isDecimal(value);
  return isQuantity ? value : guardText(value);
}

/** The text of an amount or number; undefined for what is none, or only looks like one: an id, a time, a number inside a list. */
function quantityText(value: Json, { kind }: Field): string | undefined {
  if (kind !== 'money' && kind !== 'number' && kind !== 'any') return undefined;
  return numberText(value) ?? (kind !== 'any' && isText(value) && isDecimal(value) ? value : undefined);
}

// More is quoted than RFC 4180 asks for: a reader that expects another delimiter must not split a cell either.
const quoted = /[",;\t|\r\n]|^\s|\s$/;

function csvLines({ columns, delimiter = ',', terminal }: CsvOptions): (rows: readonly string[][]) => string {
  const options = {
    delimiter: checkDelimiter(delimiter),
    record_delimiter: '\r\n',
    quoted_match: quoted,
    // An empty line would be no row to most readers.
    quoted_empty: columns.length === 1,
  };
  const isUsual = !isHarmless(`a${delimiter}a`);
  const isBare = (cell: string): boolean =>
    cell === '' || (isUsual && isHarmless(cell)) || (!quoted.test(cell) && !cell.includes(delimiter));
  return rows => {
    let text = '';
    let waiting: (readonly string[])[] = [];
    const flush = (): void => {
      if (waiting.length > 0) text += stringify(waiting, options);
      waiting = [];
    };
    for (const given of rows) {
      const cells = terminal === undefined ? given : given.map(visible);
      // A line of cells that need no quotes, as most do not, is its cells and nothing else.
      if (columns.length > 1 && cells.every(isBare)) {
        flush();
        text += `${cells.join(delimiter)}\r\n`;
      } else waiting.push(cells);
    }
    flush();
    return text;
  };
}

function tsvLines({ delimiter = '\t', terminal }: CsvOptions): (rows: readonly string[][]) => string {
  const between = checkDelimiter(delimiter);
  const write = (cell: string): string => (terminal === undefined ? escapeTsv(cell, between) : visible(escapeTsv(cell, between)));
  return rows => rows.map(cells => `${cells.map(write).join(between)}\n`).join('');
}

const tsvEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

function escapeTsv(cell: string, delimiter: string): string {
  const text = cell.replace(/[\t\r\n\\]/g, char => tsvEscapes[char] ?? char);
  return delimiter === '\t' ? text : text.replaceAll(delimiter, `\\${delimiter}`);
}
