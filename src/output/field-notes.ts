// What a run says of its columns: a name that no row has, columns that were there and are not shown, ids shown in part, values that are masked.
import { personalByValue } from '../core/personal-text.ts';
import { joined, say, type Words } from '../core/say.ts';
import type { Column } from './columns.ts';
import { cellOf, type Row } from './rows.ts';

const mostNamed = 12;
const mostCharacters = 60;

export class FieldNotes {
  /** Columns asked for by name of which no row has had a value. */
  #missing: Column[] = [];
  #hasRows = false;
  readonly #left: string[] = [];
  #hasShortIds = false;
  #hidesPersonal = false;

  /** The columns of the run; those that a document declares need no look. */
  expect(columns: readonly Column[]): void {
    this.#missing = columns.filter(({ fromData, name }) => fromData && name !== '');
  }

  see(row: Row): void {
    this.#hasRows = true;
    if (this.#missing.length === 0) return;
    this.#missing = this.#missing.filter(column => cellOf(row, column) === undefined);
  }

  leaveOut(columns: readonly Column[]): void {
    for (const { name, label, fromData } of columns) this.#left.push(fromData ? name : label);
  }

  shortenIds(): void {
    this.#hasShortIds = true;
  }

  hidePersonal(): void {
    this.#hidesPersonal = true;
  }

  sentences(): Words[] {
    const missing = this.#hasRows ? this.#missing.map(({ name }) => name) : [];
    const shown = [
      ...(this.#left.length === 0 ? [] : [say`not shown: ${named(this.#left)}`, say`all: -o record, or choose with --fields`]),
      ...(this.#hasShortIds ? [say`whole ids: --json`] : []),
      ...(this.#hidesPersonal ? [say`masked values: --show-personal`] : []),
    ];
    return [...(missing.length === 0 ? [] : [say`no row has ${named(missing)}`]), ...(shown.length === 0 ? [] : [joined(shown, ' · ')])];
  }
}

/** Names of a provider, as they may stand in a message: `a, b and 3 more`. */
export function named(names: readonly string[], most = mostNamed): Words {
  const shown = names.slice(0, most).map(name => {
    const clean = personalByValue(name.slice(0, 10 * mostCharacters));
    return clean.length > mostCharacters ? `${clean.slice(0, mostCharacters)}…` : clean;
  });
  return names.length > most ? say`${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
