// What the program says beside its result: every line of stderr passes through here.
import { visible } from './escape.ts';

/** The one writer of stderr: every line passes the secret filter and shows control characters as visible escapes. */
export class Messages {
  #hasStatus = false;

  constructor(
    readonly stream: NodeJS.WritableStream,
    readonly filter: (text: string) => string,
    readonly level: 'quiet' | 'normal' | 'verbose',
  ) {
    // A reader of stderr that went away must not end the run.
    stream.on('error', () => undefined);
  }

  /** A failure that does not end the run. */
  error(text: string): void {
    this.#line(`error: ${text}`);
  }

  /** Something that went well enough but is worth knowing. */
  warn(text: string): void {
    if (this.level !== 'quiet') this.#line(`warning: ${text}`);
  }

  /** Where things stand. */
  note(text: string): void {
    if (this.level !== 'quiet') this.#line(text);
  }

  /** A line of --verbose, or undefined when nobody listens. */
  get trace(): ((line: string) => void) | undefined {
    return this.level === 'verbose' ? line => this.#line(line) : undefined;
  }

  /** Text that is already worded and escaped, line ends included. */
  write(text: string): void {
    this.status(undefined);
    this.stream.write(this.filter(text));
  }

  /** A line that stands until the next one, or until anything else is said; undefined takes it away. For terminals only. */
  status(text: string | undefined, columns = 80): void {
    if (this.#hasStatus) this.stream.write('\r\x1b[K');
    this.#hasStatus = text !== undefined;
    if (text !== undefined) this.stream.write(this.filter(cut(visible(text), columns - 1)));
  }

  #line(text: string): void {
    this.write(`${visible(text)}\n`);
  }
}

/** A line that is wider than the screen could not be taken away again. */
function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
