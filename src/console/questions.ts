// The kinds of questions a set-up asks. Answers that are secrets are neither shown nor echoed.
import { say, type Words } from '../core/say.ts';
import { marksPastes, PasteInput } from './paste.ts';
import { type Asking, ask } from './prompts.ts';
import type { Wording } from './wording.ts';

export interface Choice<T> {
  readonly name: Words;
  readonly value: T;
  /** What stays on the screen once it is chosen. */
  readonly short?: Words;
}

/** True, or what is wrong with an answer. */
export type Check = (text: string) => true | Words | Promise<true | Words>;

/** Asks one thing at a time. Every method throws UsageError where nobody can answer, and SignalError when the person gives up. */
export class Questions {
  constructor(
    readonly asking: Asking,
    readonly wording: Wording,
    /** What to do where nobody can be asked. */
    readonly hint: Words,
  ) {}

  /** One of several; `preferred` is under the cursor. */
  async choose<T>(message: Words, choices: readonly Choice<T>[], preferred?: T): Promise<T> {
    const at = preferred === undefined ? 0 : choices.findIndex(({ value }) => value === preferred);
    const words = await this.#words();
    const look = { theme: { style: { keysHelpTip: () => words(howToChoose) } } };
    const shown = choices.map(({ name, short }, value) => ({ name: words(name), value, short: words(short ?? name) }));
    const { answer } = await ask<{ answer: number }>(
      this.asking,
      [
        {
          type: 'select',
          name: 'answer',
          message: words(message),
          choices: shown,
          default: Math.max(at, 0),
          pageSize: 12,
          loop: false,
          ...look,
        },
      ],
      this.hint,
    );
    const chosen = choices[answer];
    if (chosen === undefined) throw new RangeError('no such choice');
    return chosen.value;
  }

  async confirm(message: Words): Promise<boolean> {
    return this.choose(message, [
      { name: say`Yes`, value: true },
      { name: say`No`, value: false },
    ]);
  }

  /** A line that may be seen. */
  async text(message: Words, { given = '', check = () => true }: { given?: string; check?: Check } = {}): Promise<string> {
    const words = await this.#words();
    const validate = async (text: string) => faultIn(await check(text.trim()), words);
    const question = { type: 'input' as const, name: 'answer' as const, message: words(message), validate };
    const { answer } = await ask<{ answer: string }>(this.asking, [{ ...question, ...(given !== '' && { default: given }) }], this.hint);
    return answer.trim();
  }

  /** What nobody may see: pasted or typed, of one line or several. */
  async secret(message: Words, check: Check): Promise<string> {
    const { runtime, mayPrompt } = this.asking;
    if (!mayPrompt()) return (await ask<{ answer: string }>(this.asking, [], this.hint)).answer;
    const input = new PasteInput(runtime.stdin as { setRawMode?(mode: boolean): unknown });
    const pass = (chunk: Buffer): void => void input.write(chunk);
    const words = await this.#words();
    const validate = async (answer: string) => faultIn(await check(input.textOf(answer)), words);
    // Showing it is a key away in the library: that key is off.
    const look = { mask: false, toggleMask: false, theme: { style: { maskedText: words(hidden) } } };
    runtime.stderr.write(marksPastes.on);
    runtime.stdin.on('data', pass);
    // The question before has paused it.
    runtime.stdin.resume();
    try {
      const { answer } = await ask<{ answer: string }>(
        { runtime: { ...pick(runtime), stdin: input as never }, mayPrompt },
        [{ type: 'password', name: 'answer', message: words(message), validate, ...look }],
        this.hint,
      );
      return input.textOf(answer);
    } finally {
      runtime.stdin.off('data', pass);
      runtime.stdin.pause();
      runtime.stderr.write(marksPastes.off);
    }
  }

  /** In the reader's language. */
  async #words(): Promise<(words: Words) => string> {
    await this.wording.ready();
    return text => this.wording.words(text);
  }
}

const hidden = say`(hidden)`;
const howToChoose = say`arrow keys choose, Enter takes`;

function faultIn(found: true | Words, words: (words: Words) => string): true | string {
  return found === true ? true : words(found);
}

/** A runtime opens its standard input when it is asked for: nothing else of it is touched here. */
function pick({ stderr, signal }: Asking['runtime']): Pick<Asking['runtime'], 'stderr' | 'signal'> {
  return { stderr, signal };
}
