// The few names that somebody may have meant: a hint of forty is read by nobody.
import { distance } from 'fastest-levenshtein';

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

function rankOf(given: string, parts: readonly string[], name: string): number {
  const ends = [name, name.split('.').at(-1) ?? name].map(end => distance(given, end));
  const slip = Math.min(...ends);
  if (slip <= Math.min(3, Math.floor(given.length / 2))) return slip;
  return parts.some(part => name.includes(part)) ? 10 + name.length : Number.POSITIVE_INFINITY;
}
