// Text of a provider made safe for terminals and people: everything that controls, reorders or hides is shown as an escape.
// One pass by hand: a regular expression keeps each step of a long run of marks, and breaks on 16 MiB of them.

// What most texts are made of: Latin, kana, Han, Hangul, and a few marks. Nothing in it is invisible, joins or stands above another.
const plain = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2014\u2022\u2026\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*$/;

const zeroWidthNonJoiner = 0x200c;
const zeroWidthJoiner = 0x200d;

/** What a character is; several may hold. */
const known = 1;
const isUnseen = 2;
const isMark = 4;
const isPictograph = 8;
/** What may stand between a pictograph and its joiner: marks, and the colours of skin. */
const isExtending = 16;
const isJoining = 32;
const isLetter = 64;

type Tests = readonly (readonly [number, RegExp])[];

/** Made for the first text that is not plain: their sets of characters take milliseconds. */
function makeTests(): Tests {
  // Variation selectors are left to the limit on marks; joiners are judged by their neighbours.
  const always = '[\\p{Cc}\\p{Cs}\\u2028\\u2029\\ufff9-\\ufffb\\p{Noncharacter_Code_Point}]';
  // Scripts in which a joiner changes how letters are written: Arabic and its kin, the Indic scripts, Khmer, Myanmar, Mongolian.
  const scripts = 'Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'.split(' ');
  return [
    [isUnseen, new RegExp(`${always}|(?![\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}])\\p{Default_Ignorable_Code_Point}`, 'u')],
    [isMark, /\p{M}/u],
    [isPictograph, /\p{Extended_Pictographic}/u],
    [isExtending, /[\p{M}\p{Emoji_Modifier}]/u],
    [isJoining, new RegExp(`[${scripts.map(script => `\\p{Script=${script}}`).join('')}]`, 'u')],
    [isLetter, /\p{L}/u],
  ];
}

let tests: Tests | undefined;
/** Of each character that has been met: asking the tables of Unicode again and again would take longer than everything else. */
let classes: Uint8Array | undefined;

function classOf(code: number): number {
  classes ??= new Uint8Array(0x110000);
  let found = classes[code] ?? 0;
  if (found === 0) {
    tests ??= makeTests();
    const char = String.fromCodePoint(code);
    found = tests.reduce((sum, [bit, test]) => (test.test(char) ? sum | bit : sum), known);
    classes[code] = found;
  }
  return found;
}

const maxMarks = 8;
const maxJoined = 8;

/**
 * Shows controls, line separators, bidi controls, invisible characters and lone surrogates as `\x1b`, `\u202e`, `\u{e0041}`.
 * Zero-width joiners stay only inside emoji and in scripts that need them; more than 8 marks on one base are counted, not printed.
 */
export function visible(text: string): string {
  if (plain.test(text)) return text;
  const joiners = new Joiners(text);
  let shown = '';
  /** Up to here the text is in `shown`. */
  let from = 0;
  let marks = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const next = at + (code > 0xffff ? 2 : 1);
    const found = classOf(code);
    const hides = (found & isUnseen) !== 0 && !joiners.keeps(code, at);
    if (hides || (found & isMark) === 0) {
      if (marks > maxMarks) {
        shown += `[+${marks - maxMarks} marks]`;
        from = at;
      }
      marks = 0;
      if (hides) {
        shown += text.slice(from, at) + escapeOf(code);
        from = next;
      }
    } else {
      marks += 1;
      if (marks === maxMarks + 1) shown += text.slice(from, at);
    }
    joiners.pass(code, found, at);
    at = next;
  }
  return marks > maxMarks ? `${shown}[+${marks - maxMarks} marks]` : shown + text.slice(from);
}

/** Judges joiners by what stands around them, while a text is read from its beginning. */
class Joiners {
  /** What the last character was. */
  #last = 0;
  /** The last characters are a pictograph and what extends it. */
  #isAfterPictograph = false;
  /** The last character is a joiner behind a pictograph. */
  #isJoined = false;
  /** Where pictographs began to be joined, and whether they are too many for one sign; undefined until it is asked. */
  #chain = 0;
  #isFlood: boolean | undefined;

  constructor(readonly text: string) {}

  keeps(code: number, at: number): boolean {
    if (code !== zeroWidthJoiner && code !== zeroWidthNonJoiner) return false;
    const next = at + 1 < this.text.length ? classOf(this.text.codePointAt(at + 1) ?? 0) : 0;
    if ((this.#last & isJoining) !== 0 && (next & isJoining) !== 0 && (next & isLetter) !== 0) return true;
    if (code !== zeroWidthJoiner || !this.#isAfterPictograph || (next & isPictograph) === 0) return false;
    this.#isFlood ??= isFlood(this.text, this.#chain);
    return !this.#isFlood;
  }

  pass(code: number, found: number, at: number): void {
    if ((found & isPictograph) !== 0) {
      if (!this.#isJoined) {
        this.#chain = at;
        this.#isFlood = undefined;
      }
      this.#isAfterPictograph = true;
      this.#isJoined = false;
    } else if ((found & isExtending) === 0 || !this.#isAfterPictograph) {
      this.#isJoined = code === zeroWidthJoiner && this.#isAfterPictograph;
      this.#isAfterPictograph = false;
    }
    this.#last = found;
  }
}

/** Whether so many pictographs are joined from a place on that they are no single sign. */
function isFlood(text: string, start: number): boolean {
  let joined = 0;
  let isAfterPictograph = false;
  for (let at = start; at < text.length && joined < maxJoined; ) {
    const code = text.codePointAt(at) ?? 0;
    const found = classOf(code);
    if (isAfterPictograph && code === zeroWidthJoiner) {
      joined += 1;
      isAfterPictograph = false;
    } else if (isAfterPictograph ? (found & isExtending) === 0 : (found & isPictograph) === 0) return false;
    else isAfterPictograph = true;
    at += code > 0xffff ? 2 : 1;
  }
  return joined === maxJoined;
}

const named: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escapes = new Map<number, string>();

function escapeOf(code: number): string {
  const written = escapes.get(code) ?? writeEscape(code);
  escapes.set(code, written);
  return written;
}

function writeEscape(code: number): string {
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return named[String.fromCharCode(code)] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}
