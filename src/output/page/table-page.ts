// Rows as a page with one table, written as they come. What only the last row tells (totals, pictures, how many) stands behind the
// table; the script of the page puts it before it.
import { pageWords } from '../../lang/page.ts';
import type { View, Writer } from '../format.ts';
import { cellOf, type Row } from '../rows.ts';
import { Sums } from '../sums.ts';
import { tableCell, tableHead } from './cells.ts';
import { Codes } from './codes.ts';
import { type PageView, pageFoot, pageHead } from './frame.ts';
import { markup } from './markup.ts';
import { Months } from './months.ts';
import { styleOf, withFacts } from './style.ts';
import { Timeline } from './timeline.ts';
import { totalsFoot } from './totals.ts';

/** A browser does with more, but not at once. */
const many = 5_000;

export function createTablePage(view: View): Writer {
  const paged = withFacts(view);
  const words = pageWords[paged.page.language];
  const style = styleOf(paged);
  const { columns, sums = [] } = paged;
  const totals = new Sums(sums);
  const codes = new Codes(columns, paged.words);
  const pictures = [new Timeline(paged), new Months(paged)];
  let count = 0;

  const line = (row: Row): string => {
    count += 1;
    totals.add(column => cellOf(row, column));
    codes.see(row);
    for (const picture of pictures) picture.see(row);
    return `<tr>${columns.map(column => tableCell(row, column, style, { sums, totalsOf: paged.totalsOf })).join('')}</tr>\n`;
  };
  return {
    begin: () => pageHead(paged, words, 'table') + toolbar(paged) + tableStart(paged),
    rows: rows => rows.map(line).join(''),
    end: () =>
      `</tbody>${count === 0 ? '' : totalsFoot(columns, totals.facts(), words)}</table></div>\n${codes.markup(words)}` +
      `<section id="summary">\n${[
        countNote(),
        keysNote(),
        count > many ? `<p class="note">${markup(words.many(count))}</p>\n` : '',
        ...pictures.map(picture => picture.markup(words)),
      ].join('')}</section>\n${pageFoot(view)}`,
  };

  /** What is not whole says so. */
  function countNote(): string {
    const part = paged.page.part?.();
    if (part !== undefined) return `<p class="note waiting">${markup(words.part(part.rows, part.total))}</p>\n`;
    return `<p class="note">${markup(count === 0 ? words.none : words.rows(count))}</p>\n`;
  }

  function keysNote(): string {
    const { missing, failed } = paged.page.undelivered?.() ?? { missing: 0, failed: 0 };
    return missing + failed === 0 ? '' : `<p class="note waiting">${markup(words.undelivered(missing, failed))}</p>\n`;
  }

  function tableStart({ page }: PageView): string {
    const caption = `<caption id="caption">${markup(`${page.system}: ${page.endpoint}`)}</caption>`;
    return `<div class="scroll" role="region" aria-labelledby="caption" tabindex="0"><table id="rows" data-left="${markup(words.left)}">${caption}\n${tableHead(columns, style, sums)}<tbody>\n`;
  }

  function toolbar({ columns }: PageView): string {
    const number = columns.find(({ field }) => field.kind === 'money' || field.kind === 'number');
    const example = `${words.example}${number === undefined ? '' : `, ${number.name}>100`}`;
    return `<div id="tools" hidden>
<label>${markup(words.filter)} <input type="search" id="filter" autocomplete="off" spellcheck="false" placeholder="${markup(example)}"></label>
<details class="chooser"><summary>${markup(words.columns)}</summary><div id="columns"></div></details>
<button type="button" id="csv">${markup(words.csv)}</button>
<button type="button" id="print">${markup(words.print)}</button>
<output id="status"></output>
</div>
`;
  }
}
