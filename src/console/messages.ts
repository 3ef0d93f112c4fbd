// What the program says beside its result: every line of stderr passes through here.
import type { ChalkInstance } from 'chalk';
import { SignalError } from '../core/errors.ts';
import { type Saying, say, type Words } from '../core/say.ts';
import { visible } from './escape.ts';
import { foldLine } from './fold-line.ts';
import { asciiSentence } from './marks.ts';
import { english, type Wording } from './wording.ts';

/** What stands before a line; a language may write it without the blank. */
const labels = { error: say`error: `, hint: say`hint: `, warning: say`warning: ` } as const satisfies Record<string, Saying>;
const colours = { error: 'red', hint: 'cyan', warning: 'yellow' } as const;

/** How stderr looks; without colours and with every mark where nothing is said. */
export interface Look {
  readonly chalk?: ChalkInstance | undefined;
  /** The terminal knows no UTF-8. */
  readonly isAscii?: boolean;
  /** Lines that are wider go on below. */
  readonly columns?: number | undefined;
}

/** What stands before a line of its kind, in the reader's language and in its colour. */
export function labelOf(kind: keyof typeof labels, wording: Wording, { chalk }: Look): string {
  const label = wording.words(labels[kind]);
  const text = label.trimEnd();
  return chalk === undefined ? label : chalk[colours[kind]](text) + label.slice(text.length);
}

/** What stands before the report of a run that somebody ended at a terminal: the terminal has written ^C on the line. */
export function lineAfter(error: unknown, stderr: { readonly isTTY?: boolean }): string {
  return error instanceof SignalError && error.code === 'interrupted' && stderr.isTTY === true ? '\n' : '';
}

/** The one writer of stderr: every line passes the secret filter and shows control characters as visible escapes. */
export class Messages {
  #hasStatus = false;
  #stream: NodeJS.WritableStream | undefined;

  constructor(
    readonly to: { readonly stderr: NodeJS.WritableStream },
    readonly filter: (text: string) => string,
    readonly level: 'quiet' | 'normal' | 'verbose',
    readonly wording: Wording = english,
    readonly look: Look = {},
  ) {}

  /** Opened when something is said: most runs say nothing. */
  get stream(): NodeJS.WritableStream {
    if (this.#stream === undefined) {
      this.#stream = this.to.stderr;
      // A reader that went away must not end the run.
      this.#stream.on('error', () => undefined);
    }
    return this.#stream;
  }

  /** A failure that does not end the run. */
  error(text: Words): void {
    this.#line(text, 'error');
  }

  /** Something that went well enough but is worth knowing. */
  warn(text: Words): void {
    if (this.level !== 'quiet') this.#line(text, 'warning');
  }

  /** Where things stand. */
  note(text: Words): void {
    if (this.level !== 'quiet') this.#line(text);
  }

  /** The same of a place: the names of environments in it stand out, but for production. */
  place(text: Words, ...environments: readonly (string | undefined)[]): void {
    if (this.level === 'quiet') return;
    const { wording, look } = this;
    const names = new Set(environments.flatMap(name => (name === undefined || name === 'production' ? [] : visible(name))));
    const mark = (line: string, name: string) => standOut(line, name, look.chalk);
    wording.inTurn(text, () => this.#write(`${[...names].reduce(mark, visible(wording.words(text)))}\n`));
  }

  /** A line of --verbose, or undefined when nobody listens. */
  get trace(): ((line: string) => void) | undefined {
    return this.level === 'verbose' ? line => this.#line(line) : undefined;
  }

  /** Text that is already escaped, line ends included; what has to be worded first is written in its turn. */
  write(text: string | ((wording: Wording, look: Look) => string)): void {
    const { wording, look } = this;
    if (typeof text === 'string') wording.inTurn(text, () => this.#write(text));
    else wording.inTurn(labels.error, () => this.#write(text(wording, look)));
  }

  /** A line that stands until the next one, or until anything else is said; undefined takes it away. For terminals only. */
  status(text: Words | undefined, columns = 80): void {
    // A line that goes again soon waits for nothing: the next one is drawn in the reader's language.
    if (text !== undefined && !this.wording.canSay(text)) return;
    if (this.#hasStatus) this.stream.write('\r\x1b[K');
    this.#hasStatus = text !== undefined;
    if (text !== undefined) this.stream.write(this.#cut(this.#shown(visible(this.wording.words(text))), columns - 1));
  }

  #line(text: Words, kind?: keyof typeof labels): void {
    const { wording, look } = this;
    const label = () => (kind === undefined ? '' : labelOf(kind, wording, look));
    wording.inTurn(kind === undefined ? text : labels[kind], () => this.#write(`${label()}${visible(wording.words(text))}\n`));
  }

  #write(text: string): void {
    this.status(undefined);
    const shown = this.#shown(text);
    const { columns } = this.look;
    this.stream.write(columns === undefined ? shown : shown.replace(/[^\n]+/g, line => foldLine(line, columns)));
  }

  /** A line that is wider than the screen could not be taken away again. */
  #cut(text: string, columns: number): string {
    let cells = 0;
    let kept = 0;
    let length = 0;
    for (const sign of text) {
      cells += mostCells(sign);
      length += sign.length;
      if (cells <= columns - 1) kept = length;
    }
    return cells <= columns ? text : `${text.slice(0, kept)}${this.look.isAscii ? '~' : '…'}`;
  }

  #shown(text: string): string {
    const clean = this.filter(text);
    return this.look.isAscii ? asciiSentence(clean) : clean;
  }
}

/** Behind the host, the last word of a place or of what is in brackets. */
function standOut(line: string, name: string, chalk: ChalkInstance | undefined): string {
  if (chalk === undefined) return line;
  const marked = line.replaceAll(`, ${name})`, `, ${chalk.yellow(name)})`);
  return marked.endsWith(`, ${name}`) ? marked.slice(0, -name.length) + chalk.yellow(name) : marked;
}

const firstWide = 0x1100;

/** Cells of a sign, at most: what measures exactly takes longer to load than most runs wait. */
function mostCells(sign: string): number {
  return (sign.codePointAt(0) ?? 0) < firstWide || sign === '…' ? 1 : 2;
}
