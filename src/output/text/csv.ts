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
  const { columns, labels, bom, header } = options;
  const { ofCells, ofRows } = options.kind === 'csv' ? csvLines(options) : tsvLines(options);
  const headings = columns.map(column => (labels ? column.label : column.name));
  const head = (bom ? '\ufeff' : '') + (header ? ofCells(headings) : '');
  return { frame: { head, first: '', between: '', tail: '', emptyTail: '' }, rows: ofRows };
}

/** Writes lines, of cells that are there and of rows. */
interface Lines {
  readonly ofCells: (cells: readonly string[]) => string;
  readonly ofRows: (rows: readonly Row[]) => string;
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

function csvLines(options: CsvOptions): Lines {
  const { columns, delimiter = ',', terminal, decimal } = options;
  const quoting = {
    delimiter: checkDelimiter(delimiter),
    record_delimiter: '\r\n',
    quoted_match: quoted,
    // An empty line would be no row to most readers.
    quoted_empty: columns.length === 1,
  };
  const isUsual = !isHarmless(`a${delimiter}a`);
  const isBare = (cell: string): boolean =>
    cell === '' || (isUsual && isHarmless(cell)) || (!quoted.test(cell) && !cell.includes(delimiter));
  const readers = columns.map(column => {
    const { field } = column;
    // Where a text that is harmless is its own cell: a time is written anew, and an amount may get another sign.
    return { field, read: cellReader(column), mayPass: isUsual && decimal === '.' && field.kind !== 'instant' };
  });
  const ofRows = (rows: readonly Row[]): string => {
    let text = '';
    const waiting: (readonly string[])[] = [];
    for (const row of rows) {
      const cells: string[] = [];
      // A line of cells that need no quotes, as most do not, is its cells and nothing else.
      let isPlain = columns.length > 1;
      for (const { field, read, mayPass } of readers) {
        const value = read(row);
        if (mayPass && typeof value === 'string' && isHarmless(value)) cells.push(value);
        else {
          const given = csvCell(value, field, options);
          const cell = terminal === undefined ? given : visible(given);
          isPlain &&= isBare(cell);
          cells.push(cell);
        }
      }
      if (!isPlain) waiting.push(cells);
      else {
        if (waiting.length > 0) text += stringify(waiting.splice(0), quoting);
        text += `${cells.join(delimiter)}\r\n`;
      }
    }
    return waiting.length === 0 ? text : text + stringify(waiting, quoting);
  };
  return { ofRows, ofCells: cells => stringify([terminal === undefined ? [...cells] : cells.map(visible)], quoting) };
}

function tsvLines(options: CsvOptions): Lines {
  const { columns, delimiter = '\t', terminal } = options;
  const between = checkDelimiter(delimiter);
  const write = (cell: string): string => (terminal === undefined ? escapeTsv(cell, between) : visible(escapeTsv(cell, between)));
  const readers = columns.map(column => ({ field: column.field, read: cellReader(column) }));
  const ofCells = (cells: readonly string[]): string => `${cells.map(write).join(between)}\n`;
  return {
    ofCells,
    ofRows: rows => rows.map(row => ofCells(readers.map(({ field, read }) => csvCell(read(row), field, options)))).join(''),
  };
}

const tsvEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

function escapeTsv(cell: string, delimiter: string): string {
  const text = cell.replace(/[\t\r\n\\]/g, char => tsvEscapes[char] ?? char);
  return delimiter === '\t' ? text : text.replaceAll(delimiter, `\\${delimiter}`);
}
