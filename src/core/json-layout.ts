// Lines laid out like one read before: the same names in the same order, other texts, numbers and words. Such a line is JSON because
// that one was: one such value in the place of another changes neither grammar nor depth nor names. So nothing is parsed, and only
// what is asked for is made of it. What is not plainly laid out so is left to JSON.parse, which alone judges the grammar.
import { isUtf8 } from 'node:buffer';
import { type Json, type JsonObject, markedNumber } from './json.ts';
import { copyOf, holdsPrototype, type LayoutUse, layOut, type Place, type Style, styles } from './json-places.ts';
import { Byte, endOfNumber, isDigit } from './json-scan.ts';

/** What stands at a place. An enum for the reason that `Byte` is one. */
enum Kind {
  none,
  text,
  /** With characters beyond ASCII. */
  wideText,
  escapedText,
  number,
  true,
  false,
  null,
}

/** Longer lines are parsed, and those with more values: what is kept of a layout is small. */
const longestLine = 65_536;
const mostPlaces = 1000;
const mark = Buffer.from(String(markedNumber('')), 'latin1');
const scratch = Buffer.alloc(longestLine + mostPlaces * mark.length);

export class JsonLayout {
  /** The record of the line read last in all but its texts and numbers: at most places stands another text, another number. */
  readonly standIn: JsonObject;
  readonly #wanted: JsonObject;
  /** Members of that which are objects or lists. */
  readonly #nested: readonly string[];
  readonly #places: readonly Place[];
  /** What stands before each place and behind the last: the bytes of all, and where those of each end. */
  readonly #literals: Uint8Array;
  readonly #literalEnds: readonly number[];
  /** By place: the value of the line read last, and what kind of value the stand-in has. */
  readonly #starts: number[];
  readonly #ends: number[];
  readonly #kinds: Kind[];
  /** What texts with escapes say. */
  readonly #unescaped: string[];
  readonly #standing: Kind[];

  private constructor(record: JsonObject, use: LayoutUse, style: Style) {
    const { literals, places, standIn, wanted } = layOut(record, use, style);
    this.standIn = standIn;
    this.#wanted = wanted;
    this.#nested = Object.keys(wanted).filter(name => typeof record[name] === 'object' && record[name] !== null);
    this.#places = places;
    this.#literals = Buffer.from(literals.join(''));
    let end = 0;
    this.#literalEnds = literals.map(literal => {
      end += Buffer.byteLength(literal);
      return end;
    });
    this.#starts = places.map(() => 0);
    this.#ends = places.map(() => 0);
    this.#kinds = places.map(() => Kind.none);
    this.#unescaped = places.map(() => '');
    this.#standing = places.map(() => Kind.none);
  }

  /** The layout of a line, given its record; undefined where lines like it have to be parsed. */
  static of(line: Uint8Array, record: JsonObject, use: LayoutUse): JsonLayout | undefined {
    if (line.length > longestLine || holdsPrototype(record)) return undefined;
    for (const style of styles) {
      const layout = new JsonLayout(record, use, style);
      if (layout.#places.length <= mostPlaces && layout.#fits(line)) return layout;
    }
    return undefined;
  }

  /** Reads a line that is laid out so; false for any other. `standIn` and `take` are of that line then, until the next. */
  read(line: Buffer): boolean {
    if (line.length > longestLine || !this.#fits(line)) return false;
    const copied = this.#copyTexts(line);
    let at = 0;
    for (let n = 0; n < this.#places.length; n++) {
      const place = this.#places[n];
      const kind = this.#kinds[n] ?? Kind.none;
      if (place === undefined) continue;
      const { name, wanted, standIn, isExact } = place;
      if (wanted !== undefined || isExact) {
        const length = copiedLength(kind, (this.#ends[n] ?? 0) - (this.#starts[n] ?? 0));
        const value = length > 0 ? copied.slice(at, at + length) : this.#otherValue(line, n, kind);
        at += length;
        if (wanted !== undefined) wanted[name] = value;
        if (isExact) standIn[name] = value;
      }
      if (!isExact && this.#standing[n] !== kind) {
        standIn[name] = kind === Kind.number ? 0 : kind <= Kind.escapedText ? '' : wordOf(kind);
        this.#standing[n] = kind;
      }
    }
    return true;
  }

  /** The members that are wanted, of the line read last. */
  take(): JsonObject {
    const record = { ...this.#wanted };
    for (const name of this.#nested) record[name] = copyOf(record[name] ?? null);
    return record;
  }

  /** What `read` asks for, one behind the other: to make one text of it and cut that costs less than to make each. */
  #copyTexts(line: Uint8Array): string {
    let to = 0;
    for (let n = 0; n < this.#places.length; n++) {
      const place = this.#places[n];
      if (place === undefined || (place.wanted === undefined && !place.isExact)) continue;
      const kind = this.#kinds[n];
      if (kind !== Kind.text && kind !== Kind.number) continue;
      if (kind === Kind.number) for (let at = 0; at < mark.length; at++) scratch[to++] = mark[at] ?? 0;
      const end = this.#ends[n] ?? 0;
      for (let at = this.#starts[n] ?? 0; at < end; at++) scratch[to++] = line[at] ?? 0;
    }
    return scratch.toString('latin1', 0, to);
  }

  #otherValue(line: Buffer, place: number, kind: Kind): Json {
    if (kind === Kind.wideText) return line.toString('utf8', this.#starts[place], this.#ends[place]);
    if (kind === Kind.escapedText) return this.#unescaped[place] ?? '';
    return kind === Kind.text ? '' : wordOf(kind);
  }

  /** Whether a line is laid out so; notes what stands at its places. */
  #fits(line: Uint8Array): boolean {
    const literals = this.#literals;
    const starts = this.#starts;
    const ends = this.#ends;
    const kinds = this.#kinds;
    let at = 0;
    let literal = 0;
    let isWide = false;
    let hasEscapes = false;
    for (let place = 0; ; place++) {
      const end = this.#literalEnds[place] ?? 0;
      while (literal < end) if (line[at++] !== literals[literal++]) return false;
      if (place === starts.length) break;
      const byte = line[at] ?? 0;
      if (byte === Byte.quote) {
        at++;
        starts[place] = at;
        let bits = 0;
        let isEscaped = false;
        for (let next = line[at] ?? 0; next !== Byte.quote; next = line[++at] ?? 0) {
          if (next < Byte.space) return false;
          bits |= next;
          if (next !== Byte.backslash) continue;
          isEscaped = true;
          at++;
        }
        ends[place] = at++;
        kinds[place] = isEscaped ? Kind.escapedText : bits < 128 ? Kind.text : Kind.wideText;
        if (bits >= 128) isWide = true;
        if (isEscaped) hasEscapes = true;
      } else if (byte === Byte.minus || isDigit(byte)) {
        starts[place] = at;
        at = endOfNumber(line, at);
        if (at < 0) return false;
        ends[place] = at;
        kinds[place] = Kind.number;
      } else {
        const kind = kindOfWord(line, at);
        if (kind === Kind.none) return false;
        kinds[place] = kind;
        at += kind === Kind.false ? 5 : 4;
      }
    }
    for (; at < line.length; at++) if (!isBlank(line[at])) return false;
    if (isWide && (!isUtf8(line) || mayHoldMark(line))) return false;
    return !hasEscapes || this.#unescape(line);
  }

  /** Reads the texts with escapes; false where one is none. */
  #unescape(line: Uint8Array): boolean {
    for (let place = 0; place < this.#places.length; place++) {
      if (this.#kinds[place] !== Kind.escapedText) continue;
      const text = parseText(line.subarray((this.#starts[place] ?? 0) - 1, (this.#ends[place] ?? 0) + 1));
      if (text === undefined || text.includes(markStart)) return false;
      this.#unescaped[place] = text;
    }
    return true;
  }
}

/** How much of the copied texts a value is. */
function copiedLength(kind: Kind, length: number): number {
  return kind === Kind.text ? length : kind === Kind.number ? mark.length + length : 0;
}

function wordOf(kind: Kind): Json {
  return kind === Kind.null ? null : kind === Kind.true;
}

function kindOfWord(line: Uint8Array, at: number): Kind {
  if (stands('null', line, at)) return Kind.null;
  if (stands('true', line, at)) return Kind.true;
  return stands('false', line, at) ? Kind.false : Kind.none;
}

function stands(word: string, line: Uint8Array, at: number): boolean {
  for (let letter = 0; letter < word.length; letter++) if (line[at + letter] !== word.charCodeAt(letter)) return false;
  return true;
}

function isBlank(byte = 0): boolean {
  return byte === Byte.lineFeed || byte === Byte.carriageReturn || byte === Byte.space || byte === Byte.tab;
}

/** A text as JSON, its quotes around it. */
function parseText(bytes: Uint8Array): string | undefined {
  try {
    return String(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')));
  } catch {
    return undefined;
  }
}

const markStart = '\u0091';

/** Whether a text in it could be taken for a number: nearly no line has the first character of the mark. */
function mayHoldMark(line: Uint8Array): boolean {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes(markStart);
}
