// What the program says beside its result: every line of stderr passes through here.
import { visible } from './escape.ts';

/** The one writer of stderr: every line passes the secret filter and shows control characters as visible escapes. */
export class Messages {
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
    this.stream.write(this.filter(text));
  }

  #line(text: string): void {
    this.write(`${visible(text)}\n`);
  }
}
