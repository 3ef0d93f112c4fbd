// What every command is handed: surroundings, options, the register of loaded secrets, and one voice on stderr.
import type { SecretRegister } from '../auth/secret.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Runtime } from '../core/runtime.ts';
import type { ProviderTable } from '../providers/index.ts';
import { visible } from '../view/escape.ts';
import type { Options } from './options.ts';

export interface Context {
  readonly runtime: Runtime;
  readonly options: Options;
  readonly secrets: SecretRegister;
  readonly say: Voice;
  readonly providers: ProviderTable;
}

/** How a command ended when it did not throw. */
export type Ending = ExitName;

/** The one writer of stderr: every line passes the secret filter and shows control characters as visible escapes. */
export class Voice {
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
