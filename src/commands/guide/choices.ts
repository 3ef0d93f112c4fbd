// Choices for what is typed: those it is a part of, in the order in which they are likely to be meant.
import type { Choice, FieldPlace } from '../../console/field.ts';

/** What is typed may be the name of a choice, or something to look up: an id has a digit. */
export function fitting<V>(place: FieldPlace, text: string, choices: readonly Choice<V>[], wishes: readonly Choice<V>[]): Choice<V>[] {
  if (text.trim() === '') return [...choices];
  const offered = new Set(wishes.map(({ name }) => place.wording.words(name)));
  const meant = named(place, text, choices).filter(({ name }) => !offered.has(place.wording.words(name)));
  return /\d/.test(text) ? [...wishes, ...meant] : [...meant, ...wishes];
}

/** The choices that what is typed is a part of: the one of that name first, then those that begin so. */
export function named<V>({ wording }: FieldPlace, text: string, choices: readonly Choice<V>[]): Choice<V>[] {
  const word = text.trim().toLowerCase();
  const rank = ({ name, note = '' }: Choice<V>): number => {
    const whole = wording.words(name).toLowerCase();
    const at = whole.indexOf(word);
    if (whole === word) return -1;
    return at >= 0 ? Math.min(at, 1) : wording.words(note).toLowerCase().includes(word) ? 2 : 3;
  };
  return choices.filter(choice => rank(choice) < 3).sort((a, b) => rank(a) - rank(b));
}

const longestShown = 60;

/** As much of a word as a choice has room for. */
export function short(word: string): string {
  return word.length <= longestShown ? word : `${word.slice(0, longestShown)}…`;
}
