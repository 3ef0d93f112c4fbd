// One pass over JSON text before JSON.parse sees it: which numbers a double would change, how deep it is, how many members and
// values it has. JSON.parse alone judges the grammar; of text that is not JSON the findings mean nothing.

/** What one pass found. */
export interface JsonScan {
  /** Object members, duplicates included. */
  readonly members: number;
  /** Start and end of each number whose text must be kept, as string indices in ascending order: [start, end, start, end]. */
  readonly exact: readonly number[];
}

/** An enum because the bundler inlines it: as module constants these make the loop a third slower. */
export enum Byte {
  tab = 9,
  lineFeed = 10,
  carriageReturn = 13,
  space = 32,
  quote = 34,
  plus = 43,
  comma = 44,
  minus = 45,
  point = 46,
  zero = 48,
  three = 51,
  nine = 57,
  colon = 58,
  backslash = 92,
  e = 101,
  f = 102,
  n = 110,
  t = 116,
  openBrace = 123,
  closeBrace = 125,
}

enum Bit {
  /** Turns `[`, `]` and `E` into `{`, `}` and `e`. */
  lowerCase = 32,
}

const scratchBytes = 65_536;
/** Two quotes behind the text end every loop, even after a last backslash. */
const guardBytes = 2;
const scratch = Buffer.alloc(scratchBytes + guardBytes);

/** How deep a text may be nested, and how many values it may have, lists and objects included. */
export interface JsonLimits {
  readonly maxDepth: number;
  readonly maxValues: number;
}

/** Scans `text`; `utf8` are its bytes, where they are at hand. Where it does not keep a limit, which one. */
export function scanJson(text: string, limits: JsonLimits, utf8?: Uint8Array): JsonScan | keyof JsonLimits {
  // UTF-8 needs at most three bytes for a UTF-16 unit.
  const most = utf8?.length ?? text.length * 3;
  const bytes = most <= scratchBytes ? scratch : Buffer.allocUnsafe((utf8?.length ?? Buffer.byteLength(text)) + guardBytes);
  const length = utf8?.length ?? bytes.write(text);
  if (utf8 !== undefined) bytes.set(utf8);
  bytes[length] = Byte.quote;
  bytes[length + 1] = Byte.quote;
  const exact: number[] = [];
  const members = scanBytes(bytes, length, limits, exact);
  if (typeof members === 'string') return members;
  if (length !== text.length) toStringIndices(exact, bytes);
  return { members, exact };
}

function scanBytes(bytes: Uint8Array, length: number, limits: JsonLimits, exact: number[]): number | keyof JsonLimits {
  const { maxDepth, maxValues } = limits;
  let members = 0;
  // Texts, numbers, words, lists and objects; a member's name is the text that is no value.
  let parts = 0;
  let depth = 0;
  let i = 0;
  while (i < length) {
    const byte = bytes[i++] ?? 0;
    if (byte === Byte.quote) {
      parts++;
      while (bytes[i++] !== Byte.quote);
      if (bytes[i - 2] === Byte.backslash) i = endOfString(bytes, i);
      const next = bytes[i];
      if (next === Byte.colon) {
        members++;
        i++;
      } else if (next === Byte.comma) i++;
    } else if (byte === Byte.colon) members++;
    else if (byte === Byte.minus || isDigit(byte)) {
      parts++;
      i = scanNumber(bytes, i - 1, exact);
    } else if (byte === Byte.n || byte === Byte.t) {
      parts++;
      i += 3;
    } else if (byte === Byte.f) {
      parts++;
      i += 4;
    } else if ((byte | Bit.lowerCase) === Byte.openBrace) {
      parts++;
      if (++depth > maxDepth) return 'maxDepth';
    } else if ((byte | Bit.lowerCase) === Byte.closeBrace) depth--;
  }
  return parts - members > maxValues ? 'maxValues' : members;
}

/** End of a string, given the end of its first part that a backslash and a quote close. */
function endOfString(bytes: Uint8Array, start: number): number {
  let i = start;
  while (isEscaped(bytes, i - 1)) while (bytes[i++] !== Byte.quote);
  return i;
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(bytes: Uint8Array, at: number): boolean {
  let i = at;
  while (bytes[i - 1] === Byte.backslash) i--;
  return (at - i) % 2 === 1;
}

/**
 * Reads the number at `start`, notes it in `exact` unless it surely survives as a double, and returns its end. Any 15 digits
 * survive; 16 do when they begin with 1, 2 or 3, because doubles lie closer together there than 16-digit decimals.
 */
function scanNumber(bytes: Uint8Array, start: number, exact: number[]): number {
  const negative = bytes[start] === Byte.minus;
  const from = negative ? start + 1 : start;
  const first = bytes[from] ?? 0;
  let i = from;
  let kept = false;
  let digits: number;
  if (first === Byte.zero) {
    // -0 would lose its sign.
    kept = negative;
    i++;
  } else i = skipDigits(bytes, i);
  // A minus alone: -.50 is no number, and must not be made a text that JSON.parse takes.
  if (i === from) return i;
  digits = i - from;
  if (bytes[i] === Byte.point && isDigit(bytes[i + 1])) {
    const point = i;
    i = skipDigits(bytes, i + 2);
    digits += i - point - 1;
    // 10.0 would lose its zero, 0.0000001 would be written 1e-7.
    if (bytes[i - 1] === Byte.zero || (first === Byte.zero && digits > 6)) kept = true;
  }
  if (digits > 15 && (digits > 16 || first > Byte.three)) kept = true;
  if (bytes[i] === Byte.e || bytes[i] === Byte.e - Bit.lowerCase) {
    const sign = bytes[i + 1];
    const power = sign === Byte.plus || sign === Byte.minus ? i + 2 : i + 1;
    if (isDigit(bytes[power])) {
      i = skipDigits(bytes, power);
      kept = true;
    }
  }
  if (kept && !isKey(bytes, i)) exact.push(start, i);
  return i;
}

/** End of the JSON number at `start`; -1 where there is none. What follows is not looked at. */
export function endOfNumber(bytes: Uint8Array, start: number): number {
  let i = bytes[start] === Byte.minus ? start + 1 : start;
  if (!isDigit(bytes[i])) return -1;
  i = bytes[i] === Byte.zero ? i + 1 : skipDigits(bytes, i);
  if (bytes[i] === Byte.point) {
    if (!isDigit(bytes[i + 1])) return -1;
    i = skipDigits(bytes, i + 1);
  }
  if (bytes[i] !== Byte.e && bytes[i] !== Byte.e - Bit.lowerCase) return i;
  i += bytes[i + 1] === Byte.plus || bytes[i + 1] === Byte.minus ? 2 : 1;
  return isDigit(bytes[i]) ? skipDigits(bytes, i) : -1;
}

/** Whether a colon follows: a number is no key, and must not be made one. */
function isKey(bytes: Uint8Array, end: number): boolean {
  let i = end;
  while (bytes[i] === Byte.space || bytes[i] === Byte.lineFeed || bytes[i] === Byte.carriageReturn || bytes[i] === Byte.tab) i++;
  return bytes[i] === Byte.colon;
}

function skipDigits(bytes: Uint8Array, start: number): number {
  let i = start;
  while (isDigit(bytes[i])) i++;
  return i;
}

export function isDigit(byte = 0): boolean {
  return byte >= Byte.zero && byte <= Byte.nine;
}

/** UTF-8 offsets become string indices. */
function toStringIndices(offsets: number[], bytes: Uint8Array): void {
  let units = 0;
  let at = 0;
  for (let n = 0; n < offsets.length; n++) {
    const offset = offsets[n] ?? 0;
    for (; at < offset; at++) {
      const byte = bytes[at] ?? 0;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    offsets[n] = units;
  }
}
