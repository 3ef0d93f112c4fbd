// Our marks where the locale of a terminal knows no UTF-8: an ASCII sign in the place of each, of the same width.

const ascii: ReadonlyMap<string, string> = new Map([
  ['…', '~'],
  ['—', '-'],
  ['─', '-'],
  ['·', '-'],
  ['•', '*'],
]);
const marks = /[…—─·•]/g;

/** A text for such a terminal. What else a provider sends stays: nobody could read another spelling of it. */
export function asciiMarks(text: string): string {
  return text.replace(marks, mark => ascii.get(mark) ?? mark);
}

/** The same for a sentence, which has room for the three points of an ellipsis. */
export function asciiSentence(text: string): string {
  return asciiMarks(text.replaceAll('…', '...'));
}
