// Text measured in terminal cells: Chinese characters and most emoji take two. Nothing is ever cut inside a character.
import stringWidth from 'string-width';

/** Made on first use: that takes milliseconds, and most texts are never cut. */
let graphemes: Intl.Segmenter | undefined;

// Intl.Segmenter copies the whole text for every segment, so that long texts take quadratic time: they are cut into pieces first.
const pieceUnits = 500;
// A character before which text may always be cut: printable ASCII, Han and kana, Hangul syllables.
const cutBefore = /[\x20-\x7e\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/g;

function* pieces(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    cutBefore.lastIndex = start + pieceUnits;
    const end = Math.min(cutBefore.exec(text)?.index ?? text.length, start + 2 * pieceUnits);
    yield text.slice(start, end);
    start = end;
  }
}

function* segments(text: string): Generator<{ segment: string; index: number }> {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let start = 0;
  for (const piece of pieces(text)) {
    for (const { segment, index } of graphemes.segment(piece)) yield { segment, index: start + index };
    start += piece.length;
  }
}

// Characters that stand alone and whose width is plain: Latin, a few marks, kana, Han, Hangul. All from U+3000 take two cells.
const simple = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2014\u2022\u2026\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*$/;
const firstWide = 0x3000;

/** Cells a text takes on a terminal. One that takes more than `most` is not measured to its end: then the width is any above. */
export function displayWidth(text: string, most = Number.POSITIVE_INFINITY): number {
  if (simple.test(text)) {
    let wide = 0;
    for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= firstWide) wide++;
    return text.length + wide;
  }
  if (text.length <= pieceUnits) return stringWidth(text);
  let cells = 0;
  for (const piece of pieces(text)) {
    cells += stringWidth(piece);
    if (cells > most) break;
  }
  return cells;
}

/** The text in at most `cells` cells; `…` stands for what was cut off. */
export function fitText(text: string, cells: number): string {
  if (displayWidth(text, cells) <= cells) return text;
  return cells < 1 ? '' : `${take(text, cells - 1)}…`;
}

/** The longest beginning that needs no more than `cells` cells. */
function take(text: string, cells: number): string {
  let taken = 0;
  for (const { segment, index } of segments(text)) {
    taken += displayWidth(segment);
    if (taken > cells) return text.slice(0, index);
  }
  return text;
}

/** Blanks on the right up to `cells`; a wider text stays as it is. */
export function padRight(text: string, cells: number): string {
  return text + blanksTo(text, cells);
}

/** Blanks on the left up to `cells`; a wider text stays as it is. */
export function padLeft(text: string, cells: number): string {
  return blanksTo(text, cells) + text;
}

function blanksTo(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - displayWidth(text, cells)));
}

/** The text without blanks at its end; in linear time, also with long runs of blanks inside. */
export function trimBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end--;
  return text.slice(0, end);
}

/** Lines of at most `cells` cells, broken at blanks where possible. A single character wider than that gets its own line. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let start = 0;
  let width = 0;
  // Where the line may end, and how wide it is up to there.
  let end = { index: 0, width: 0 };
  for (const { segment, index } of segments(text)) {
    const needed = displayWidth(segment);
    if (segment !== ' ' && index > start && width + needed > cells) {
      if (end.index <= start) end = { index, width };
      lines.push(text.slice(start, end.index).trimEnd());
      start = end.index;
      width -= end.width;
      end = { index: 0, width: 0 };
    }
    width += needed;
    if (segment === ' ') end = { index: index + 1, width };
  }
  return [...lines, text.slice(start).trimEnd()];
}
