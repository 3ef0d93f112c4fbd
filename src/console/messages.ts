// What the program says beside its result: every line of stderr passes through here.
import { type Saying, say, type Words } from '../core/say.ts';
import { visible } from './escape.ts';
import { english, type Wording } from './wording.ts';

/** What stands before a line; a language may write it without the blank. */
export const labels = { error: say`error: `, hint: say`hint: `, warning: say`warning: ` } as const satisfies Record<string, Saying>;

/** The one writer of stderr: every line passes the secret filter and shows control characters as visible escapes. */
export class Messages {
  #hasStatus = false;

  constructor(
    readonly stream: NodeJS.WritableStream,
    readonly filter: (text: string) => string,
    readonly level: 'quiet' | 'normal' | 'verbose',
    readonly wording: Wording = english,
  ) {
    // A reader of stderr that went away must not end the run.
    stream.on('error', () => undefined);
  }

  /** A failure that does not end the run. */
  error(text: Words): void {
    this.#line(text, labels.error);
  }

  /** Something that went well enough but is worth knowing. */
  warn(text: Words): void {
    if (this.level !== 'quiet') this.#line(text, labels.warning);
  }

  /** Where things stand. */
  note(text: Words): void {
    if (this.level !== 'quiet') this.#line(text);
  }

  /** A line of --verbose, or undefined when nobody listens. */
  get trace(): ((line: string) => void) | undefined {
    return this.level === 'verbose' ? line => this.#line(line) : undefined;
  }

  /** Text that is already escaped, line ends included; what has to be worded first is written in its turn. */
  write(text: string | ((wording: Wording) => string)): void {
    const { wording } = this;
    if (typeof text === 'string') wording.inTurn(text, () => this.#write(text));
    else wording.inTurn(labels.error, () => this.#write(text(wording)));
  }

  /** A line that stands until the next one, or until anything else is said; undefined takes it away. For terminals only. */
  status(text: Words | undefined, columns = 80): void {
    // A line that goes again soon waits for nothing: the next one is drawn in the reader's language.
    if (text !== undefined && !this.wording.canSay(text)) return;
    if (this.#hasStatus) this.stream.write('\r\x1b[K');
    this.#hasStatus = text !== undefined;
    if (text !== undefined) this.stream.write(this.filter(cut(visible(this.wording.words(text)), columns - 1)));
  }

  #line(text: Words, label: Words = ''): void {
    const { wording } = this;
    wording.inTurn(label === '' ? text : label, () => this.#write(`${visible(`${wording.words(label)}${wording.words(text)}`)}\n`));
  }

  #write(text: string): void {
    this.status(undefined);
    this.stream.write(this.filter(text));
  }
}

/** A line that is wider than the screen could not be taken away again. */
function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
