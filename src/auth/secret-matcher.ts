// Finds secrets however they are spelled, in codes that come in any portions.

/** Shorter values would mask harmless text. */
const shortest = 8;

/** A stretch of the stream that is a secret. */
export interface Span {
  start: number;
  end: number;
  /** Its mask has been written. */
  shown: boolean;
}

/** A pattern followed so far: its characters before `at` have been seen, and `offset` codes of the spelling of the next one. */
interface Trail {
  readonly start: number;
  readonly pattern: string;
  readonly at: number;
  readonly spelling?: readonly number[];
  readonly offset: number;
}

/** Follows all patterns at once over codes that come in any portions. */
export class Matcher {
  /** Finished matches in order, overlapping ones merged. */
  spans: Span[] = [];
  #trails: Trail[] = [];
  /** By the code a pattern may begin with. */
  readonly #beginnings: (Set<string> | undefined)[] = [];
  /** Which two codes below 256 a pattern may begin with. */
  readonly #pairs = new Uint8Array(65_536);
  #known = 0;
  readonly #patterns: ReadonlySet<string>;

  /** The set may grow; what is new is looked for from the next `feed` on. */
  constructor(patterns: ReadonlySet<string>) {
    this.#patterns = patterns;
  }

  /** Where the earliest unfinished match began. */
  get firstOpen(): number | undefined {
    return this.#trails.length === 0 ? undefined : Math.min(...this.#trails.map(trail => trail.start));
  }

  /** Reads the codes from an index on; `base` is the place of index 0 in the stream. */
  feed(codes: Uint8Array | Uint16Array, from: number, base: number): void {
    this.#learn();
    if (this.#known === 0) return;
    for (let index = from; index < codes.length; index++) {
      const code = codes[index] ?? 0;
      if (this.#trails.length > 0 || this.#mayBegin(code, codes[index + 1])) this.#step(code, base + index);
    }
  }

  /** Forgets unfinished matches. */
  drop(): void {
    this.#trails = [];
  }

  /** The matches of a text that is over. */
  finish(): readonly Span[] {
    const spans = this.spans;
    this.spans = [];
    this.#trails = [];
    return spans;
  }

  /** Most codes are passed over by a look at two of them. */
  #mayBegin(code: number, next: number | undefined): boolean {
    if (next === undefined || code > 255 || next > 255) return this.#beginnings[code] !== undefined;
    return this.#pairs[code * 256 + next] === 1;
  }

  #learn(): void {
    if (this.#known === this.#patterns.size) return;
    for (const pattern of this.#patterns) {
      const seconds = spellingsAt(pattern, 1).map(([code = 0]) => code);
      for (const [first = 0, second] of spellingsAt(pattern, 0)) {
        this.#beginnings[first] = (this.#beginnings[first] ?? new Set()).add(pattern);
        for (const next of second === undefined ? seconds : [second]) if (first < 256 && next < 256) this.#pairs[first * 256 + next] = 1;
      }
    }
    this.#known = this.#patterns.size;
  }

  #step(code: number, place: number): void {
    const trails = this.#trails;
    this.#trails = [];
    for (const trail of trails) this.#follow(trail, code, place);
    for (const pattern of this.#beginnings[code] ?? []) this.#follow({ start: place, pattern, at: 0, offset: 0 }, code, place);
  }

  #follow(trail: Trail, code: number, place: number): void {
    const { start, pattern, at, spelling, offset } = trail;
    for (const codes of spelling === undefined ? spellingsAt(pattern, at) : [spelling]) {
      if (codes[offset] !== code) continue;
      if (offset + 1 < codes.length) this.#keep({ start, pattern, at, spelling: codes, offset: offset + 1 });
      else if (at + 1 < pattern.length) this.#keep({ start, pattern, at: at + 1, offset: 0 });
      else this.#found(start, place + 1);
    }
  }

  /** Two trails at the same point go on alike: the one that began first covers more. */
  #keep(trail: Trail): void {
    const same = (other: Trail): boolean =>
      other.at === trail.at && other.offset === trail.offset && other.spelling === trail.spelling && other.pattern === trail.pattern;
    if (!this.#trails.some(same)) this.#trails.push(trail);
  }

  #found(start: number, end: number): void {
    const span: Span = { start, end, shown: false };
    for (let last = this.spans.at(-1); last !== undefined && last.end > span.start; last = this.spans.at(-1)) {
      span.start = Math.min(span.start, last.start);
      span.shown ||= last.shown;
      this.spans.pop();
    }
    this.spans.push(span);
  }
}

/** The secret as it is and as base64; of a key of several lines its body and each line of it. */
export function patternsOf(value: string): string[] {
  const lines = value.split(/(?:\r?\n|(?:\\r)?\\n)+/).filter(line => !line.startsWith('-----'));
  const texts = lines.length === 1 && lines[0] === value ? [value] : [...lines, lines.join('')];
  const bytes = texts.map(text => Buffer.from(text, 'utf8').toString('latin1'));
  return [...texts, ...bytes].filter(text => text.length >= shortest).flatMap(text => [text, ...base64Patterns(text)]);
}

/** Base64 of a text depends on how many bytes stand before it, modulo 3. Characters that mix with neighbours are left out. */
function base64Patterns(text: string): string[] {
  return [0, 1, 2].map(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'latin1')]);
    return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
  });
}

/**
 * How a character may be spelled: as it is, %-encoded, JSON- or HTML-escaped, doubled in quotes, or in base64url. JSON within JSON
 * is escaped again, and a text that is escaped already goes into CSV.
 */
function spellingsOf(character: string): readonly string[] {
  const once = simpleSpellings(character);
  const twice = once.map(escapeJson);
  return [...new Set([...once, ...twice, ...twice.map(escapeJson), ...[...once, ...twice].map(text => text.replaceAll('"', '""'))])];
}

function escapeJson(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

function simpleSpellings(character: string): readonly string[] {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  const special: Readonly<Record<string, readonly string[]>> = {
    '"': ['\\"', '""', '&quot;'],
    '\\': ['\\\\'],
    '/': ['\\/', '_'],
    '+': ['-'],
    ' ': ['+'],
    '&': ['&amp;'],
    '<': ['&lt;'],
    '>': ['&gt;'],
    "'": ['&#39;', "''", "'\\''"],
  };
  const escapes = [`%${hex}`, `%${hex.toUpperCase()}`, `\\u00${hex}`, `\\u00${hex.toUpperCase()}`];
  return [character, ...escapes, ...(special[character] ?? [])];
}

/** Spellings of ASCII characters as codes, each made when a secret first has it. */
const spellings: (readonly (readonly number[])[])[] = [];

function spellingsAt(pattern: string, at: number): readonly (readonly number[])[] {
  const code = pattern.charCodeAt(at);
  if (!(code < 128)) return [[code]];
  spellings[code] ??= spellingsOf(String.fromCharCode(code)).map(spelling => Array.from(spelling, character => character.charCodeAt(0)));
  return spellings[code];
}
