// What is pasted into a hidden question. A question of one line ends with the first line break; in a paste, which the terminal marks, and
// in a PEM text, which marks itself, a line break is a part of the answer and passes as a sign that nobody types.
import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const lineSign = '\uE00A';
const begins = '\x1b[200~';
const ends = '\x1b[201~';

/** Asks a terminal to mark what is pasted, and no longer to do so. */
export const marksPastes = { on: '\x1b[?2004h', off: '\x1b[?2004l' } as const;

/** The answer with its line breaks. */
export function withLines(answer: string): string {
  return answer.replaceAll(lineSign, '\n');
}

/** Stands between a terminal and a question. */
export class PasteInput extends Transform {
  readonly isTTY = true;
  readonly #decoder = new StringDecoder('utf8');
  #isPaste = false;
  #held = '';
  /** What came since the last line break that was one. */
  #line = '';

  constructor(readonly terminal: { setRawMode?(mode: boolean): unknown }) {
    super();
  }

  setRawMode(mode: boolean): this {
    this.terminal.setRawMode?.(mode);
    return this;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const text = this.#held + this.#decoder.write(chunk);
    // A mark may arrive in two parts.
    const cut = /\x1b(?:\[(?:2(?:0(?:[01])?)?)?)?$/.exec(text)?.index ?? text.length;
    this.#held = text.slice(cut);
    const parts = text.slice(0, cut).split(/(\x1b\[20[01]~)/);
    done(null, parts.map(part => this.#pass(part)).join(''));
  }

  #pass(part: string): string {
    if (part === begins || part === ends) {
      this.#isPaste = part === begins;
      return '';
    }
    return part.replace(/\r\n?|\n|[^\r\n]+/g, piece => {
      if (!/[\r\n]/.test(piece)) {
        this.#line += piece;
        // The end of input would close the question without an answer: it is given up as with Ctrl-C.
        return this.#isPaste ? piece : piece.replaceAll('\x04', '\x03');
      }
      if (this.#isPaste || this.#isInPem()) {
        this.#line += lineSign;
        return lineSign;
      }
      this.#line = '';
      return '\r';
    });
  }

  #isInPem(): boolean {
    const start = this.#line.lastIndexOf('-----BEGIN ');
    return start >= 0 && !/-----END [A-Z0-9 ]+-----/.test(this.#line.slice(start));
  }
}
