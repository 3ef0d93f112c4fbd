// What words mean: codes before anything else, then the fields, endpoints and exit codes that are called so.
import { closest, distance } from 'fastest-levenshtein';
import type { Explanation } from './codes.ts';

export interface Known {
  readonly codes: readonly Explanation[];
  /** Fields that have no codes. */
  readonly fields: readonly Explanation[];
}

export interface Answer {
  readonly found: readonly Explanation[];
  /** Words that are nowhere. */
  readonly unknown: readonly string[];
}

/** A system, or an endpoint of it, stands for all its codes; words behind it are looked for in it alone. */
export function explained(known: Known, words: readonly string[]): Answer {
  const [system, ...behind] = words;
  const inSystem = within(known, one => one.provider === system);
  if (inSystem.codes.length === 0) return search(known, words);
  const [endpoint, ...more] = behind;
  const inEndpoint = within(inSystem, one => one.endpoint === endpoint);
  const isEndpoint = inEndpoint.codes.length + inEndpoint.fields.length > 0;
  const [scope, asked] = isEndpoint ? [inEndpoint, more] : [inSystem, behind];
  return asked.length === 0 ? { found: allOf(scope), unknown: [] } : search(scope, asked);
}

function within({ codes, fields }: Known, isIn: (one: Explanation) => boolean): Known {
  return { codes: codes.filter(isIn), fields: fields.filter(isIn) };
}

/** Of an endpoint without any codes its fields. */
function allOf({ codes, fields }: Known): readonly Explanation[] {
  return codes.length > 0 ? codes : fields;
}

/** Codes one by one; else all words as what one thing is called, or each by itself. */
function search(known: Known, words: readonly string[]): Answer {
  const areCodes = words.every(word => withCode(known, word).length > 0);
  const asPhrase = areCodes || words.length === 1 ? [] : called(known, words.join(' '));
  if (asPhrase.length > 0) return { found: asPhrase, unknown: [] };
  const byWord = words.map(word => ({ word, found: meaningsOf(known, word) }));
  return {
    found: [...new Set(byWord.flatMap(({ found }) => found))],
    unknown: byWord.flatMap(({ word, found }) => (found.length === 0 ? [word] : [])),
  };
}

function meaningsOf(known: Known, word: string): readonly Explanation[] {
  const exact = withCode(known, word);
  if (exact.length > 0) return exact;
  const named = called(known, word);
  return named.length > 0 ? named : allOf(within(known, ({ endpoint }) => endpoint === word.toLowerCase()));
}

function withCode({ codes }: Known, word: string): readonly Explanation[] {
  return codes.filter(({ code }) => code.toLowerCase() === word.toLowerCase());
}

function called({ codes, fields }: Known, words: string): readonly Explanation[] {
  const wanted = plain(words);
  return wanted === '' ? [] : [...codes, ...fields].filter(({ names }) => names.some(name => plain(name) === wanted));
}

/** Of a shorter word anything may be the slip. */
const shortestSlip = 5;

/** What a word that is nowhere is a slip of. */
export function slipIn({ codes, fields }: Known, word: string): string | undefined {
  const names = [...codes, ...fields].flatMap(one => [one.code, ...one.names]);
  const wanted = word.toLowerCase();
  const near = closest(
    wanted,
    names.map(name => name.toLowerCase()),
  );
  const isSlip = near !== undefined && word.length >= shortestSlip && distance(wanted, near) <= Math.min(2, Math.floor(word.length / 3));
  return isSlip ? names.find(name => name.toLowerCase() === near) : undefined;
}

/** Without what people leave out: capitals, accents, blanks and signs. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
