// What is pasted into a hidden question. A question of one line ends with the first line break, and draws itself for every character; so
// what arrives together passes as one sign that nobody types. In a paste, which the terminal marks, and in a PEM text, which marks
// itself, a line break is a part of the answer.
import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const firstSign = 0xe000;
const mostSigns = 0x1800;
const begins = '\x1b[200~';
const ends = '\x1b[201~';

/** Asks a terminal to mark what is pasted, and no longer to do so. */
export const marksPastes = { on: '\x1b[?2004h', off: '\x1b[?2004l' } as const;

/** Stands between a terminal and a question. */
export class PasteInput extends Transform {
  readonly isTTY = true;
  readonly #decoder = new StringDecoder('utf8');
  readonly #pieces: string[] = [];
  #isPaste = false;
  #held = '';
  /** What came since the last line break that ended an answer. */
  #line = '';

  constructor(readonly terminal: { setRawMode?(mode: boolean): unknown }) {
    super();
  }

  setRawMode(mode: boolean): this {
    this.terminal.setRawMode?.(mode);
    return this;
  }

  /** What an answer stands for. */
  textOf(answer: string): string {
    return answer.replace(/[\uE000-\uF8FF]/g, sign => this.#pieces[sign.charCodeAt(0) - firstSign] ?? sign);
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
    // Keys such as an arrow are passed on as they are.
    if (part.startsWith('\x1b')) return part;
    return part.replace(/\r\n?|\n|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g, piece => this.#passPiece(piece));
  }

  #passPiece(piece: string): string {
    if (/[\r\n]/.test(piece)) {
      if (this.#isPaste || this.#isInPem()) return this.#sign('\n');
      this.#line = '';
      return '\r';
    }
    // The end of input would close the question without an answer: it is given up as with Ctrl-C.
    if (piece === '\x04') return '\x03';
    return piece < ' ' || piece.length === 1 ? this.#typed(piece) : this.#sign(piece);
  }

  #typed(key: string): string {
    this.#line += key;
    return key;
  }

  #sign(text: string): string {
    this.#line += text;
    if (this.#pieces.length >= mostSigns) return text === '\n' ? '' : text;
    this.#pieces.push(text);
    return String.fromCharCode(firstSign + this.#pieces.length - 1);
  }

  #isInPem(): boolean {
    const start = this.#line.lastIndexOf('-----BEGIN ');
    return start >= 0 && !/-----END [A-Z0-9 ]+-----/.test(this.#line.slice(start));
  }
}
