// Texts made to break a writer or a reader, the same in every run.

/** What delimits, quotes, runs, hides or escapes somewhere, and a few letters between. */
const alphabet = [
  ...['"', ',', ';', '|', '\r', '\n', '\r\n', '\t', ' ', '\u0000', '\u00a0', '\u202e', '\u001b', '\ufeff', '\\', "'", "'", "''"],
  ...['=', '=', '+', '-', '@', '＝', '＋', '－', '＠', 'a', '1', '迭', '😀'],
];

/** A repeatable source of numbers from 0 to 1. */
export function repeatableRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** So many texts of up to `most` signs each. */
export function hostileTexts(count: number, { seed = 7, most = 8 } = {}): string[] {
  const random = repeatableRandom(seed);
  const pick = () => alphabet[Math.floor(random() * alphabet.length)];
  return Array.from({ length: count }, () => Array.from({ length: Math.floor(random() * (most + 1)) }, pick).join(''));
}
