// What is said to people, as data: the English stands where it is raised, and whoever writes it out may put it into another language.

/** An English sentence with places for values: `unknown provider: {1}`. Inert, so that it can be kept, compared and translated. */
export interface Saying {
  readonly pattern: string;
  readonly values: readonly SayingValue[];
}

export type SayingValue = string | number | Saying;

/** Into a text it goes as English, where somebody forgot that it can be translated. */
class Sentence implements Saying {
  constructor(
    readonly pattern: string,
    readonly values: readonly SayingValue[],
  ) {}

  toString(): string {
    return inEnglish(this);
  }
}

/** What can be said: a sentence of ours, or words of somebody else, which stay as they are. */
export type Words = string | Saying;

/** `` say`unknown provider: ${name}` ``. A saying among the values is put into the other language as well; any other value stays. */
export function say(parts: TemplateStringsArray, ...values: readonly SayingValue[]): Saying {
  return new Sentence(
    parts.reduce((pattern, part, at) => `${pattern}{${at}}${part}`),
    values,
  );
}

/** A sentence that stands as plain text in a literal, such as the hint of an endpoint. */
export function sayingOf(text: string): Saying {
  return new Sentence(text, []);
}

/** The words in a language: `phrase` gives its pattern for the English one, or undefined where it has none. */
export function wordsIn(words: SayingValue, phrase: (pattern: string) => string | undefined): string {
  if (typeof words !== 'object') return `${words}`;
  const { pattern, values } = words;
  return (phrase(pattern) ?? pattern).replace(/\{(\d+)\}/g, (place, number: string) => {
    const value = values[Number(number) - 1];
    return value === undefined ? place : wordsIn(value, phrase);
  });
}

/** As it stands in the source. */
export function inEnglish(words: SayingValue): string {
  return wordsIn(words, () => undefined);
}

/** The same with other texts for its values; the English of it stays. */
export function withValues(words: Words, change: (value: string) => string): Words {
  const changed = (value: SayingValue): SayingValue => (typeof value === 'number' ? value : withValues(value, change));
  return typeof words === 'string' ? change(words) : new Sentence(words.pattern, words.values.map(changed));
}

/** Several of them in a row. */
export function joined(all: readonly SayingValue[], between: Words = ', '): Saying {
  const values = all.flatMap((value, at) => (at === 0 ? [value] : [between, value]));
  return new Sentence(values.map((_, at) => `{${at + 1}}`).join(''), values);
}

/** `a or b or c`. */
export function either(all: readonly SayingValue[]): SayingValue {
  return all.reduce((before, one) => say`${before} or ${one}`);
}

/** `a and b and c`. */
export function together(all: readonly SayingValue[]): SayingValue {
  return all.reduce((before, one) => say`${before} and ${one}`);
}

/** `a and b, or c`: of several sets of things one is enough. */
export function alternatives(sets: readonly (readonly SayingValue[])[]): SayingValue {
  return sets.map(together).reduce((before, one) => say`${before}, or ${one}`);
}
