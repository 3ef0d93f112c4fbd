// Finds secrets in codes that come in any portions: one pass, and no more work for many secrets than for one.
import { type Automaton, special } from './secret-automaton.ts';
import { hexDigit, isSpecial, percent, SpellingReader, type Trails } from './secret-spelling.ts';

/** A stretch of the stream that is a secret. */
export interface Span {
  start: number;
  end: number;
  /** Its mask has been written. */
  shown: boolean;
}

/** More run side by side only where a secret repeats itself; then the earliest is taken for found. */
const mostTrails = 16;
/** No nesting of escapes puts more quotes and backslashes between two characters of a secret. */
const mostSkipped = 256;
/** Characters of escapes within escapes, which may be taken back. */
const mostTakenBack = 32;

/** Follows all secrets at once. Places are counted from the beginning of the stream; characters that led nowhere are not counted. */
export class Matcher extends SpellingReader {
  /** Finished matches in order, overlapping ones merged. */
  spans: Span[] = [];
  readonly #automaton: Automaton;
  /** Where the last characters taken began: the nth at n modulo the size, a power of two. */
  readonly #starts: Float64Array;
  #skipped = 0;
  #skippedBehind = 0;

  constructor(automaton: Automaton) {
    super();
    this.#automaton = automaton;
    this.#starts = new Float64Array(2 ** Math.ceil(Math.log2(automaton.longest + mostTakenBack)));
  }

  /** Where the earliest unfinished match or escape began. */
  get firstOpen(): number | undefined {
    let first = Number.POSITIVE_INFINITY;
    for (const { state, count, trails } of [this, ...this.escapes]) {
      if (state !== 0) first = Math.min(first, this.#startOf(this.#automaton.depth[state] ?? 0, count));
      for (let at = 0; at < trails.size; at++) first = Math.min(first, trails.starts[at] ?? first);
    }
    for (const { head } of this.escapes) first = Math.min(first, head);
    return Number.isFinite(first) ? first : undefined;
  }

  /** Reads the codes from an index on; `base` is the place of index 0 in the stream. */
  feed(codes: Uint8Array | Uint16Array, from: number, base: number): void {
    const { symbols, next, width, found } = this.#automaton;
    const starts = this.#starts;
    const ring = starts.length - 1;
    for (let index = from; index < codes.length; index++) {
      const code = codes[index] ?? 0;
      const symbol = symbols[code < 128 ? code : 128 | (code & 127)] ?? 0;
      if (code === percent && this.depth === 0 && this.#readPercent(codes, index, base)) {
        index += 2;
        continue;
      }
      if (symbol === special || this.depth > 0 || this.trails.size > 0) {
        this.read(code, base + index, base + index + 1);
        continue;
      }
      const state = next[this.state * width + symbol] ?? 0;
      this.state = state;
      if (state === 0) continue;
      starts[this.count & ring] = base + index;
      this.count += 1;
      const length = found[state] ?? 0;
      if (length > 0) this.#found(this.#startOf(length, this.count), base + index + 1);
    }
  }

  /**
   * Reads an escape like `%41` at once, which comes to the same as reading its three characters: without leaving and coming back.
   * False where that could make a difference: it is not whole, spells what escapes begin with, or a secret ends within it.
   */
  #readPercent(codes: Uint8Array | Uint16Array, index: number, base: number): boolean {
    const first = codes[index + 1] ?? 0;
    const second = codes[index + 2] ?? 0;
    const value = hexDigit(first) * 16 + hexDigit(second);
    if (hexDigit(first) < 0 || hexDigit(second) < 0 || isSpecial(value)) return false;
    const { plainSymbols, next, width, depth, found, fallback, shallow } = this.#automaton;
    const { trails } = this;
    const sign = plainSymbols[percent] ?? 0;
    const inFirst = next[this.state * width + sign] ?? 0;
    const inSecond = next[inFirst * width + (plainSymbols[first] ?? 0)] ?? 0;
    const last = next[inSecond * width + (plainSymbols[second] ?? 0)] ?? 0;
    if (found[inFirst] !== 0 || found[inSecond] !== 0 || found[last] !== 0) return false;
    for (let at = 0; at < trails.size; at++) {
      const from = trails.states[at] ?? 0;
      if (depth[next[from * width + sign] ?? 0] === (depth[from] ?? 0) + 1) return false;
    }
    this.take(value, base + index, base + index + 3);
    // What began behind the sign.
    for (let inner = shallow[last] ?? 0; inner !== 0; inner = fallback[inner] ?? 0) {
      const length = depth[inner] ?? 0;
      if (length <= 2) trails.add(inner, base + index + 3 - length);
    }
    return true;
  }

  /** Forgets unfinished matches. */
  drop(): void {
    this.state = 0;
    this.trails.size = 0;
    this.depth = 0;
  }

  /** The matches of a text that is over. */
  finish(): readonly Span[] {
    const spans = this.spans;
    this.spans = [];
    this.drop();
    return spans;
  }

  protected override take(code: number, start: number, end: number): void {
    const { plainSymbols, next, width, found } = this.#automaton;
    const symbol = plainSymbols[code < 128 ? code : 128 | (code & 127)] ?? 0;
    const state = next[this.state * width + symbol] ?? 0;
    this.state = state;
    this.#starts[this.count & (this.#starts.length - 1)] = start;
    this.count += 1;
    const length = found[state] ?? 0;
    if (length > 0) this.#found(this.#startOf(length, this.count), end);
    if (this.trails.size > 0) this.#follow(symbol, end);
  }

  protected override skip(): void {
    if (this.state === 0 && this.trails.size === 0) return;
    if (this.#skippedBehind !== this.count) this.#skipped = 0;
    this.#skippedBehind = this.count;
    this.#skipped += 1;
    if (this.#skipped > mostSkipped) this.drop();
  }

  protected override addBegun(place: number, trails: Trails): void {
    const { depth, fallback, shallow } = this.#automaton;
    trails.addBehind(place, this.trails);
    for (let state = shallow[this.state] ?? 0; state !== 0; state = fallback[state] ?? 0) {
      const start = this.#startOf(depth[state] ?? 0, this.count);
      if (start > place) trails.add(state, start);
    }
  }

  #follow(symbol: number, end: number): void {
    const { next, width, depth, found } = this.#automaton;
    const { trails } = this;
    const { size, states, starts } = trails;
    trails.size = 0;
    for (let at = 0; at < size; at++) {
      const from = states[at] ?? 0;
      const start = starts[at] ?? 0;
      const state = next[from * width + symbol] ?? 0;
      if (depth[state] !== (depth[from] ?? 0) + 1) continue;
      if (found[state] === depth[state]) this.#found(start, end);
      trails.add(state, start);
    }
    if (trails.size <= mostTrails) return;
    this.#found(Math.min(...starts.slice(0, trails.size)), end);
    trails.size = 0;
  }

  /** Where the last `length` characters of `count` began. */
  #startOf(length: number, count: number): number {
    return this.#starts[(count - length) & (this.#starts.length - 1)] ?? 0;
  }

  #found(start: number, end: number): void {
    const span: Span = { start, end, shown: false };
    for (let last = this.spans.at(-1); last !== undefined && last.end > span.start; last = this.spans.at(-1)) {
      span.start = Math.min(span.start, last.start);
      span.end = Math.max(span.end, last.end);
      span.shown ||= last.shown;
      this.spans.pop();
    }
    this.spans.push(span);
  }
}
