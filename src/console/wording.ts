// What we say, in the reader's language. The phrases of a language are loaded when something is to be said in it: most runs say nothing.
import { type SayingValue, type Words, wordsIn } from '../core/say.ts';

/** English patterns, and what they are in another language. */
export type Phrases = Readonly<Record<string, string>>;

/** Of one run: everything it says is said in this order, also what has to wait for the phrases. */
export class Wording {
  #phrases: Phrases | undefined;
  #loading: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];

  /** `load` gives the phrases; none for English, which stands in the source. */
  constructor(readonly load?: () => Promise<Phrases>) {
    if (load === undefined) this.#phrases = {};
  }

  /** The words in the reader's language; in English as long as the phrases are not `ready`. */
  words(words: SayingValue): string {
    return wordsIn(words, pattern => this.#phraseFor(pattern));
  }

  /** Does it at once where nothing has to be looked up, else as soon as the phrases are there, in turn. */
  inTurn(words: Words, task: () => void): void {
    if (this.#isReadyFor(words)) {
      task();
      return;
    }
    this.#waiting.push(task);
    void this.ready();
  }

  /** Whether these words could be said now. If not, the phrases are on their way. */
  canSay(words: Words): boolean {
    const can = this.#isReadyFor(words);
    if (!can) void this.ready();
    return can;
  }

  /** The phrases are there, and what waited for them has been said. */
  ready(): Promise<void> {
    this.#loading ??= this.#phrases === undefined ? this.#load() : Promise.resolve();
    return this.#loading;
  }

  /** Everything that was to be said has been. */
  async settled(): Promise<void> {
    if (this.#waiting.length > 0) await this.ready();
  }

  #isReadyFor(words: Words): boolean {
    return this.#phrases !== undefined || (typeof words === 'string' && this.#waiting.length === 0);
  }

  async #load(): Promise<void> {
    // Without its phrases (a file of the package is gone) a message is still better in English than unsaid.
    this.#phrases = await (this.load?.() ?? Promise.resolve({})).catch(() => ({}));
    for (const task of this.#waiting.splice(0)) task();
  }

  #phraseFor(pattern: string): string | undefined {
    return this.#phrases !== undefined && Object.hasOwn(this.#phrases, pattern) ? this.#phrases[pattern] : undefined;
  }
}

/** Words as they stand in the source. */
export const english = new Wording();
