// Labels and glosses of one endpoint, bound so that a text needs to name only the field.
import { makeTranslations, type Translations } from '../lang/translations.ts';

/** The texts of the literals themselves. */
const english = makeTranslations('en', {});

export interface EndpointTranslations {
  /** Header of a field, by its dotted name. */
  label(fieldPath: string, english: string): string;
  /** Meaning of a code. */
  gloss(fieldPath: string, code: string, english: string): string;
  /** What an instant says that stands for "no time". */
  none(fieldPath: string, english: string): string;
  /** How many elements a nested list has, where only the count is shown. */
  items(count: number): string;
  /** What a screen leaves out of such a list: '' for nothing. */
  more(rows: number, columns: number): string;
  /** What stands before the sum of the amounts of a list. */
  readonly total: string;
  /** A flag as people read it. */
  flag(value: boolean): string;
  /** What stands before the headings of flags that are false, and of fields without a value. */
  readonly no: string;
  readonly empty: string;
}

/** The words of an endpoint, and those of the things that its records name, by the names of the fields. */
export function withFollowed(
  words: EndpointTranslations,
  things: readonly (readonly [name: string, words: EndpointTranslations])[],
): EndpointTranslations {
  if (things.length === 0) return words;
  const of = (path: string): readonly [EndpointTranslations, string] => {
    const [name, theirs] = things.findLast(([prefix]) => path.startsWith(`${prefix}.`)) ?? [];
    return name === undefined || theirs === undefined ? [words, path] : [theirs, path.slice(name.length + 1)];
  };
  return {
    label: (path, label) => ask(of(path), (from, own) => from.label(own, label)),
    gloss: (path, code, gloss) => ask(of(path), (from, own) => from.gloss(own, code, gloss)),
    none: (path, say) => ask(of(path), (from, own) => from.none(own, say)),
    items: count => words.items(count),
    flag: value => words.flag(value),
    more: (rows, columns) => words.more(rows, columns),
    total: words.total,
    no: words.no,
    empty: words.empty,
  };
}

function ask(
  [words, path]: readonly [EndpointTranslations, string],
  question: (words: EndpointTranslations, path: string) => string,
): string {
  return question(words, path);
}

/** Binds translations to one endpoint. */
export function translationsOf(provider: string, endpoint: string, translations: Translations = english): EndpointTranslations {
  return {
    label: (fieldPath, label) => translations.label(provider, endpoint, fieldPath, label),
    gloss: (fieldPath, code, gloss) => translations.gloss(provider, endpoint, fieldPath, code, gloss),
    none: (fieldPath, say) => translations.none(provider, endpoint, fieldPath, say),
    items: count => translations.items(count),
    flag: value => translations.flag(value),
    more: (rows, columns) => translations.more(rows, columns),
    total: translations.total,
    no: translations.no,
    empty: translations.empty,
  };
}
