// Reads characters out of a text however they are spelled there: %-encoded, as JSON or HTML escapes, in any nesting. The same
// reading turns a secret into the form that is looked for, so the two meet whatever a secret itself looks like.

/** Code units that count. Quotes and backslashes come and go with every escaping: they are read over, in a secret as in a text. */
const quote = 0x22;
const apostrophe = 0x27;
const backslash = 0x5c;
/** Begins `%41`. */
export const percent = 0x25;
const ampersand = 0x26;
const semicolon = 0x3b;
const zero = 0x30;
const smallU = 0x75;

const entities: Readonly<Record<string, number>> = { amp: ampersand, lt: 0x3c, gt: 0x3e, quot: quote, apos: apostrophe };
const longestEntity = 4;

/** Escapes begun within escapes. What is written more deeply than that is read as it stands. */
const mostOpen = 4;
/** An escape takes in the backslashes before it, but not a flood of them. */
const mostBackslashes = 16;

const pending = -1;
const broken = -2;

/**
 * Letters of either case are one, because a host name comes back in small ones; so are the characters that base64 and
 * base64url differ in, and blank and plus, which a form exchanges. Below 256: of other characters only the low bits count.
 */
export function foldCode(code: number): number {
  if (code >= 128) return 128 | (code & 127);
  if (code >= 0x41 && code <= 0x5a) return code + 32;
  if (code === 0x2d || code === 0x20) return 0x2b;
  return code === 0x5f ? 0x2f : code;
}

/** Whether a code may begin an escape, or is read over: everything else stands for itself when no escape is open. */
export function isSpecial(code: number): boolean {
  return isQuote(code) || isHead(code);
}

function isQuote(code: number): boolean {
  return code === quote || code === apostrophe;
}

function isHead(code: number): boolean {
  return code === percent || code === ampersand || code === backslash;
}

/** Secrets that began with what looked like the inside of an escape, as `41` in `%41`: what each amounts to, and where it began. */
export class Trails {
  size = 0;
  readonly states: number[] = [];
  readonly starts: number[] = [];

  add(state: number, start: number): void {
    this.states[this.size] = state;
    this.starts[this.size] = start;
    this.size += 1;
  }

  /** Adds those that began behind a place. */
  addBehind(place: number, others: Trails): void {
    for (let at = 0; at < others.size; at++) {
      const start = others.starts[at] ?? 0;
      if (start > place) this.add(others.states[at] ?? 0, start);
    }
  }
}

/** How far a reader has come. */
export interface Position {
  /** What the characters taken amount to. */
  state: number;
  /** Characters taken. */
  count: number;
  readonly trails: Trails;
}

/** An escape of which some characters have been read, and where the reader was before. Used again and again. */
class Escape implements Position {
  kind = 0;
  /** Where its first character stands. */
  head = 0;
  /** How many of its characters have been read, the first aside, and what they say. */
  seen = 0;
  value = 0;
  name = '';
  state = 0;
  count = 0;
  readonly trails = new Trails();
  /** What began inside it. */
  readonly begun = new Trails();
}

const everywhere = Number.NEGATIVE_INFINITY;

/**
 * Reads codes one by one. While an escape is open its characters are taken as they stand; when it is complete, the reader goes
 * back to where it began, and takes the character that it spells.
 */
export abstract class SpellingReader implements Position {
  state = 0;
  count = 0;
  readonly trails = new Trails();
  /** How many escapes are open. */
  protected depth = 0;
  readonly #escapes = Array.from({ length: mostOpen }, () => new Escape());

  /** A character as it stands or as it was spelled, from `start` up to `end`. */
  protected abstract take(code: number, start: number, end: number): void;
  /** A character that is read over. */
  protected abstract skip(): void;
  /** Adds to `trails` what began behind a place. */
  protected abstract addBegun(place: number, trails: Trails): void;

  /** Open escapes, innermost last. */
  protected get escapes(): readonly Escape[] {
    return this.#escapes.slice(0, this.depth);
  }

  read(code: number, start: number, end: number): void {
    if (this.depth > 0 && this.#readOn(code, start, end)) return;
    if (isHead(code)) this.#begin(code, start);
    if (code === backslash || isQuote(code)) this.skip();
    else this.take(code, start, end);
  }

  /** Reads a character of an open escape. False when it is none: then no escape is open any more, unless another begins. */
  #readOn(code: number, start: number, end: number): boolean {
    for (let inner = this.#innermost; inner !== undefined; inner = this.#innermost) {
      const value = advance(inner, code);
      if (value !== broken) {
        this.take(code, start, end);
        if (value !== pending) this.#complete(inner, value, end);
        return true;
      }
      if (code === backslash && isRun(inner)) {
        this.#lengthen(inner, start);
        return true;
      }
      // An escape within this one may still spell its next character.
      if (isHead(code)) return false;
      this.depth = isRun(inner) ? this.depth - 1 : 0;
    }
    return false;
  }

  get #innermost(): Escape | undefined {
    return this.depth === 0 ? undefined : this.#escapes[this.depth - 1];
  }

  /** One more backslash in a run. Those that stay outside are an even number, so that what is left of a JSON text is still one. */
  #lengthen(run: Escape, start: number): void {
    run.value += 1;
    if (run.value === mostBackslashes) {
      const others = this.#escapes.filter(other => other !== run);
      this.#escapes.splice(0, mostOpen, run, ...others);
      this.depth = 1;
      run.head = start;
      run.value = 0;
    }
    this.skip();
  }

  #begin(kind: number, head: number): void {
    const escapes = this.#escapes;
    if (this.depth === mostOpen) escapes.push(escapes.shift() ?? new Escape());
    else this.depth += 1;
    const opened = escapes[this.depth - 1] ?? new Escape();
    opened.kind = kind;
    opened.head = head;
    opened.seen = 0;
    opened.value = 0;
    opened.name = '';
    opened.state = this.state;
    opened.count = this.count;
    opened.trails.size = 0;
    opened.trails.addBehind(everywhere, this.trails);
  }

  /** For what began inside the escape there is no escape: it goes on as it is. */
  #complete(completed: Escape, value: number, end: number): void {
    const { head, state, count, trails, begun } = completed;
    begun.size = 0;
    this.addBegun(head, begun);
    this.depth -= 1;
    this.state = state;
    this.count = count;
    this.trails.size = 0;
    this.trails.addBehind(everywhere, trails);
    this.read(value, head, end);
    this.trails.addBehind(everywhere, begun);
  }
}

/** Reads the next character of an escape: the character it spells, `pending`, or `broken` when it is none after all. */
function advance(opened: Escape, code: number): number {
  switch (opened.kind) {
    case percent:
      return advanceHex(opened, code, 0);
    case ampersand:
      return advanceEntity(opened, code);
    default:
      if (opened.seen > 0) return advanceHex(opened, code, 1);
      if (code !== smallU) return broken;
      opened.seen = 1;
      opened.value = 0;
      return pending;
  }
}

/** Backslashes, of which nothing follows yet. */
function isRun({ kind, seen }: Escape): boolean {
  return kind === backslash && seen === 0;
}

/** `%41`, or `u0041` behind backslashes: `before` characters, then for the latter two zeros, then two digits. */
function advanceHex(opened: Escape, code: number, before: number): number {
  const digit = hexDigit(code);
  const at = opened.seen - before;
  const zeros = before * 2;
  if (digit < 0 || (at < zeros && code !== zero)) return broken;
  opened.seen += 1;
  opened.value = opened.value * 16 + digit;
  return at === zeros + 1 ? opened.value : pending;
}

function advanceEntity(opened: Escape, code: number): number {
  if (code === semicolon) return entityValue(opened.name);
  if (opened.name.length === longestEntity || !isEntityPart(code)) return broken;
  opened.name += String.fromCharCode(code);
  return pending;
}

function isEntityPart(code: number): boolean {
  return code === 0x23 || (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function entityValue(name: string): number {
  const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
  const value = hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : (entities[name] ?? 0);
  return value > 0 && value < 128 ? value : broken;
}

/** What a hexadecimal digit stands for; negative for anything else. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** A text as it is looked for: its characters read, and folded. */
export function normalForm(text: string): number[] {
  const reader = new NormalForm();
  for (let at = 0; at < text.length; at++) reader.read(text.charCodeAt(at), at, at + 1);
  return reader.codes.slice(0, reader.count);
}

class NormalForm extends SpellingReader {
  readonly codes: number[] = [];

  protected override take(code: number): void {
    this.codes[this.count] = foldCode(code);
    this.count += 1;
  }

  protected override skip(): void {}

  protected override addBegun(): void {}
}
