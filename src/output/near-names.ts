// The few names that somebody may have meant: a hint of forty is read by nobody.
import { closest, distance } from 'fastest-levenshtein';

const mostNear = 5;

/** At most five of the names: a slip of a letter or two first, then those that hold a part of what was typed. */
export function nearNames(given: string, names: readonly string[]): string[] {
  const plain = given.toLowerCase();
  const parts = plain.split(/[^a-z0-9]+/).filter(part => part.length > 2);
  const ranked = names.map(name => ({ name, rank: rankOf(plain, parts, name.toLowerCase()) }));
  return ranked
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostNear)
    .map(({ name }) => name);
}

/** The one of these words that another is a slip of. */
export function slipOf(word: string, words: readonly string[]): string | undefined {
  const near = closest(word, words);
  return near !== undefined && isSlip(word, near) ? near : undefined;
}

/** Whether a word is another with a letter or two wrong. */
export function isSlip(word: string, of: string): boolean {
  return distance(word, of) < Math.min(3, word.length);
}

function rankOf(given: string, parts: readonly string[], name: string): number {
  const ends = [name, name.split('.').at(-1) ?? name].map(end => distance(given, end));
  const slip = Math.min(...ends);
  if (slip <= Math.min(3, Math.floor(given.length / 2))) return slip;
  return parts.some(part => name.includes(part)) ? 10 + name.length : Number.POSITIVE_INFINITY;
}
