// A row of an export as it waits to be compared, and what its cells mean.
import type { Field } from '../core/fields.ts';
import { meaningOf } from './meaning.ts';
import type { Recognized } from './recognition.ts';

export interface Held {
  /** Number of the row in its export. */
  readonly at: number;
  /** Tells rows of one key apart. */
  readonly own: string;
  /** In the order of the columns that are compared. */
  readonly cells: readonly string[];
}

/** How cells are compared. */
export interface Comparing {
  readonly recognized: Recognized;
  readonly exactText: boolean;
}

const noField: Field = { kind: 'text', label: '' };

export function fieldAt({ columns }: Recognized, at: number): Field {
  return columns[at]?.field ?? noField;
}

/** The meaning of the cell of a column. */
export function meaningAt({ recognized, exactText }: Comparing, cells: readonly string[], at: number): string {
  return meaningOf(cells[at] ?? '', fieldAt(recognized, at), { exactText });
}
