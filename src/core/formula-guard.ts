// Text cells that a spreadsheet would run as a formula, made harmless in a way that can be undone. A file may be read with
// another delimiter than it has, so a cell also begins behind each sign that is one somewhere. docs/csv.md states the rule.

/** What readers skip, or drop, before a formula: blanks, controls, signs nobody sees, and quotation marks; no delimiter. */
const skipped =
  '\\0-\\x08\\v\\f\\x0e-\\x20"\\x7f-\\xa0\\xad\\u061c\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff';
const isSkipped = new RegExp(`[${skipped}]`);
const begins = '=+\\-@＝＋－＠';
const begin = new RegExp(`[${begins}]`);
/** At the beginning of a cell TAB, CR and LF run, too: some readers drop them only afterwards. */
const runsFirst = new RegExp(`^'*[${skipped}]*[${begins}\\t\\r\\n]`);
const guardedFirst = new RegExp(`^'+[${skipped}]*[${begins}\\t\\r\\n]`);

/** Most cells: ids, codes, amounts, times, words. Nothing in it begins a formula, parts cells or wants quotes. */
const harmless = /^[A-Za-z0-9][\w.:-]*(?: [\w.:-]+)*$/;

/** Whether a text surely needs neither a guard nor quotes; no is no answer. */
export function isHarmless(text: string): boolean {
  return harmless.test(text);
}

/** A text with `'` before each place that a spreadsheet would run: its beginning, and behind `;` `,` TAB `|` CR and LF. */
export function guardText(text: string): string {
  if (isHarmless(text)) return text;
  const inside = begin.test(text) ? insertAt(text, placesIn(text, false)) : text;
  return runsFirst.test(text) ? `'${inside}` : inside;
}

/** The same for JSON, which stays JSON: only texts and names in it are touched. */
export function guardJson(json: string): string {
  return begin.test(json) ? insertAt(json, placesIn(json, true)) : json;
}

/** The text, or the JSON, that was guarded. */
export function unguardText(cell: string): string {
  const text = guardedFirst.test(cell) ? cell.slice(1) : cell;
  const guards = placesIn(text, false).filter(place => text.charCodeAt(place) === apostrophe);
  if (guards.length === 0) return text;
  const codes = new Uint16Array(text.length - guards.length);
  let next = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at === guards[next]) next += 1;
    else codes[at - next] = text.charCodeAt(at);
  }
  return textOf(codes);
}

/** Codes in one array: a hostile cell has millions of places, and joining as many pieces takes minutes. */
function insertAt(text: string, places: readonly number[]): string {
  if (places.length === 0) return text;
  const codes = new Uint16Array(text.length + places.length);
  let next = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at === places[next]) {
      codes[at + next] = apostrophe;
      next += 1;
    }
    codes[at + next] = text.charCodeAt(at);
  }
  return textOf(codes);
}

/** As many codes as a call takes arguments everywhere. */
const mostAtOnce = 8_192;

/** Also where there is no Buffer: the page of -o html copies rows. */
function textOf(codes: Uint16Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += mostAtOnce) text += String.fromCharCode(...codes.subarray(at, at + mostAtOnce));
  return text;
}

const apostrophe = 0x27;
const quotation = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Where a `'` belongs: behind a delimiter, and what is skipped there, when any number of `'` and what begins a formula follow.
 * One pass by hand: a regular expression keeps each step of a long run of blanks, and breaks on 16 MiB of them.
 */
function placesIn(text: string, isJson: boolean): number[] {
  const places: number[] = [];
  let place = -1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isJson && code === quotation) inString = !inString;
    if (isDelimiter(code)) place = at + 1;
    else if (isJson && code === backslash) {
      at += 1;
      place = -1;
    } else if (place >= 0 && code !== apostrophe) {
      if (place === at && canSkip(code)) place = at + 1;
      else {
        const isNumber = isJson && !inString && text.charCodeAt(at - 1) === comma;
        if (canBegin(code) && !isNumber) places.push(place);
        place = -1;
      }
    }
  }
  return places;
}

/** `;` `,` TAB `|` CR LF */
function isDelimiter(code: number): boolean {
  return code === 0x3b || code === comma || code === 0x09 || code === 0x7c || code === 0x0d || code === 0x0a;
}

function canSkip(code: number): boolean {
  return code === 0x20 || code === quotation || ((code < 0x20 || code > 0x7e) && isSkipped.test(String.fromCharCode(code)));
}

function canBegin(code: number): boolean {
  return code === 0x3d || code === 0x2b || code === 0x2d || code === 0x40 || (code > 0xff00 && begin.test(String.fromCharCode(code)));
}
