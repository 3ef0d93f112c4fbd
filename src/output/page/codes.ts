// What the codes of a table mean: as sent in the cells, so that they can be looked for, and explained once below.
import type { PageWords } from '../../lang/page.ts';
import type { Column } from '../columns.ts';
import { cellOf, type Row } from '../rows.ts';
import type { EndpointTranslations } from '../translations.ts';
import { plainText } from '../values.ts';
import { markup, term } from './markup.ts';

export class Codes {
  readonly #seen: readonly { readonly column: Column; readonly codes: Set<string> }[];

  constructor(
    columns: readonly Column[],
    readonly translations: EndpointTranslations,
  ) {
    this.#seen = columns.filter(({ field }) => field.kind === 'enum').map(column => ({ column, codes: new Set() }));
  }

  see(row: Row): void {
    for (const { column, codes } of this.#seen) {
      const code = plainText(cellOf(row, column));
      if (column.field.kind === 'enum' && Object.hasOwn(column.field.values, code)) codes.add(code);
    }
  }

  markup(words: PageWords): string {
    const lists = this.#seen.flatMap(({ column, codes }) => {
      const meanings = [...codes].flatMap(code => this.#meaning(column, code)).join('');
      return meanings === '' ? [] : [`<h2>${markup(column.label)}</h2>\n<dl class="codes">${meanings}</dl>\n`];
    });
    return lists.length === 0 ? '' : `<details><summary>${markup(words.codes)}</summary>\n${lists.join('')}</details>\n`;
  }

  #meaning({ field, name }: Column, code: string): string {
    const english = field.kind === 'enum' ? field.values[code] : undefined;
    const meaning = english === undefined ? code : this.translations.gloss(name, code, english);
    return meaning === code ? '' : term(code, markup(meaning));
  }
}
