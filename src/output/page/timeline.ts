// Instalments on a line of time: where the literal has a date and a state whose codes say how it went.
import type { PageWords } from '../../lang/page.ts';
import type { Column } from '../columns.ts';
import { cellOf, type Row } from '../rows.ts';
import { humanCell } from '../text/cells.ts';
import { toneOf } from '../text/tones.ts';
import { dayOf, isDated } from './dates.ts';
import type { PageView } from './frame.ts';
import { type Mark, timePicture } from './picture.ts';

/** More are no picture. */
const mostMarks = 60;

/** What a line of time is drawn from. */
type Drawn = Pick<PageView, 'columns' | 'words' | 'zone' | 'page'> & { readonly prefix?: string; readonly id?: string };

export class Timeline {
  readonly #date: Column | undefined;
  readonly #state: Column | undefined;
  readonly #amount: Column | undefined;
  readonly #rows: Row[] = [];
  #count = 0;

  constructor(readonly view: Drawn) {
    const { columns } = view;
    this.#date = columns.find(({ field }) => isDated(field));
    this.#state = columns.find(({ field }) => field.kind === 'enum' && field.tones !== undefined);
    this.#amount = columns.find(({ field }) => field.kind === 'money' && field.personal === undefined);
  }

  see(row: Row): void {
    this.#count += 1;
    if (this.#count <= mostMarks) this.#rows.push(row);
  }

  /** Nothing for one row, or for more than can be drawn. */
  markup(words: PageWords): string {
    const [date, state] = [this.#date, this.#state];
    if (date === undefined || state === undefined || this.#count > mostMarks) return '';
    const placed = this.#rows
      .flatMap(row => {
        const day = dayOf(cellOf(row, date), date.field, this.view.zone);
        return day === undefined ? [] : [{ row, day }];
      })
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    const [first, last] = [placed[0]?.day, placed.at(-1)?.day];
    if (first === undefined || last === undefined || first === last) return '';
    const today = this.view.page.at.toISOString().slice(0, 10);
    const start = Date.parse(first);
    const share = (day: string) => (Date.parse(day) - start) / (Date.parse(last) - start);
    const marks = placed.map(
      ({ row, day }): Mark => ({
        label: day,
        at: share(day),
        amount: this.#text(row, this.#amount),
        state: this.#text(row, state),
        tone: toneOf(cellOf(row, state), state.field),
      }),
    );
    const unplaced = this.#count - placed.length;
    const text = {
      id: this.view.id ?? 'timeline',
      caption: words.overTime((this.#amount ?? state).label, date.label),
      ...(unplaced > 0 && { note: words.unplaced(unplaced) }),
    };
    return timePicture(text, marks, today >= first && today <= last ? { at: share(today), label: words.now } : undefined);
  }

  #text(row: Row, column: Column | undefined): string {
    return column === undefined ? '' : humanCell(cellOf(row, column), column.field, (this.view.prefix ?? '') + column.name, this.view);
  }
}
