// Reads rows that an earlier run of the same plan has written: totals of a resumed run are of the whole output.
import { parse } from 'csv-parse/sync';
import { isObject, type Json, parseJson } from '../core/json.ts';
import type { Column } from './columns.ts';
import type { OutputPlan } from './output-plan.ts';
import { cellOf } from './rows.ts';

/** The value of a column in a row that was read back; null where its cell is empty. */
export type ReadRow = (column: Column) => Json | undefined;

/** The rows in a piece of an output, which has whole rows and nothing around them. */
export function readBack({ many, text }: OutputPlan, piece: string): ReadRow[] {
  switch (many.format.name) {
    case 'json':
      return jsonRows(parseJson(`[${piece}]`));
    case 'ndjson':
      return jsonRows(parseJson(`[${piece.trimEnd().replaceAll('\n', ',')}]`));
    case 'csv': {
      const delimiter = text.delimiter ?? ',';
      return tableRows(parse(piece, { delimiter, record_delimiter: '\r\n' }) as string[][], many.columns, text.decimal);
    }
    default: {
      const lines = piece.split('\n').slice(0, -1);
      return tableRows(
        lines.map(line => line.split('\t')),
        many.columns,
        text.decimal,
      );
    }
  }
}

function jsonRows(records: Json): ReadRow[] {
  if (!Array.isArray(records)) return [];
  return records.filter(isObject).map(record => column => cellOf({ record, request: {} }, column));
}

function tableRows(rows: readonly (readonly string[])[], columns: readonly Column[], decimal: '.' | ','): ReadRow[] {
  const places = new Map(columns.map(({ name }, at) => [name, at]));
  return rows.map(cells => ({ name, field }) => {
    const cell = cells[places.get(name) ?? -1] ?? '';
    if (cell === '') return null;
    return field.kind === 'text' ? cell : cell.replace(decimal, '.');
  });
}
