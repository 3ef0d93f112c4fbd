// Whether a terminal has room for a text: lines that are wider than it take several of its rows.
import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './width.ts';

/** Whether a text would push its first line off the screen, where the prompt that follows takes a row as well. */
export function isTaller(text: string, { columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  let taken = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end);
    const room = columns * (rows - taken);
    taken += Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line), room) / columns));
    if (taken >= rows) return true;
    if (end === -1) break;
    start = end + 1;
  }
  return false;
}
