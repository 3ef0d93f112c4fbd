// What is different between two states of a record, field by field: 10.0 and 10.00 are one amount, two spellings of a time are one time.

import { isObject, type JsonObject, writeJson } from '../../core/json.ts';
import { meaningOf } from '../../diff/meaning.ts';
import { type Column, elementColumns, resolveLabels } from '../../output/columns.ts';
import { expandColumns } from '../../output/data-fields.ts';
import { cellOf, type Row } from '../../output/rows.ts';
import { type CellStyle, recordCell } from '../../output/text/cells.ts';
import { plainText } from '../../output/values.ts';

export interface Difference {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

export interface Shown extends CellStyle {
  readonly columns: readonly Column[];
  /** What stands for nothing. */
  readonly absent: string;
}

/** A row as it came, which is compared, and as it may be shown: with secrets and personal data hidden. */
export interface Pair {
  readonly raw: Row;
  readonly shown: Row;
}

/** The differences of two rows in the columns shown, as people read them. */
export function differencesOf(before: Pair, after: Pair, shown: Shown): Difference[] {
  const columns = expandColumns(shown.columns, [before.raw, after.raw], shown.columns);
  return columnsDiffer(before, after, columns, { ...shown, labels: '', names: '' });
}

interface Within extends Shown {
  /** Before the labels of the elements of a list: `Payouts 2: `, and before their names: `payouts.`. */
  readonly labels: string;
  readonly names: string;
}

function columnsDiffer(before: Pair, after: Pair, columns: readonly Column[], within: Within): Difference[] {
  return columns.flatMap(column => {
    if (cellMeaning(before.raw, column) === cellMeaning(after.raw, column)) return [];
    const { field } = column;
    const label = `${within.labels}${column.label}`;
    const name = `${within.names}${column.name}`;
    const [old, now] = [elementsOf(before, column), elementsOf(after, column)];
    if (field.kind === 'list' && field.fields !== undefined && old !== undefined && old.length === now?.length) {
      const inner = resolveLabels(elementColumns(field), within.words, `${name}.`);
      return old.flatMap((element, at) => {
        const other = now[at];
        return other === undefined
          ? []
          : columnsDiffer(element, other, inner, { ...within, names: `${name}.`, labels: `${label} ${at + 1}: ` });
      });
    }
    const text = ({ shown }: Pair): string => {
      const value = cellOf(shown, column);
      return value === undefined || value === null ? within.absent : recordCell(value, field, name, within);
    };
    return [{ label, from: text(before), to: text(after) }];
  });
}

/** The objects of a list, each as a row. */
function elementsOf({ raw, shown }: Pair, column: Column): Pair[] | undefined {
  const [all, visible] = [cellOf(raw, column), cellOf(shown, column)];
  if (!isObjects(all) || !isObjects(visible)) return undefined;
  return all.map((record, at) => ({ raw: { record, request: {} }, shown: { record: visible[at] ?? {}, request: {} } }));
}

function isObjects(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}

function cellMeaning(row: Row, column: Column): string {
  return meaningOf(plainText(cellOf(row, column)), column.field, { exactText: false });
}

/** Equal for two rows that mean the same; without columns all that the record holds, whatever the document says. */
export function rowMeaning(
  { record, request }: Row,
  fields: Parameters<typeof fieldGroup>[0],
  columns: readonly Column[] | undefined,
): string {
  if (columns === undefined) return meaningOf(writeJson(record), fieldGroup(fields), { exactText: false });
  return JSON.stringify(columns.map(column => cellMeaning({ record, request }, column)));
}

function fieldGroup(fields: Extract<Column['field'], { readonly kind: 'group' }>['fields']) {
  return { kind: 'group', label: '', fields } as const;
}
