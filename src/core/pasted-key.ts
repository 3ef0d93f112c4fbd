// A key inside what was pasted around it: a link, a bracket, `id=`, dashes of a word processor, 32 digits without hyphens.
import type { Endpoint, Grammar } from './endpoint.ts';
import { mainKey } from './keys.ts';

const longDashes = /[\u2010-\u2015\u2212\ufe58\uff0d]/g;
const uuidInside = /(?<![0-9A-Za-z-])[0-9A-Za-z]{8}(?:-[0-9A-Za-z]{4}){3}-[0-9A-Za-z]{12}(?![0-9A-Za-z-])/g;
const bareUuid = /(?<![0-9A-Fa-f])([0-9A-Fa-f]{8})([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})([0-9A-Fa-f]{12})(?![0-9A-Fa-f])/g;
const sample = '00000000-0000-4000-8000-000000000000';

/** The one key that a text holds; undefined when it holds none, or several different ones. */
export function keyWithin(grammar: Grammar, text: string): string | undefined {
  const plain = text.replace(longDashes, '-');
  const uuids = grammar.pattern.test(sample) ? [...uuidsIn(plain)] : [];
  const words = uuids.length > 0 ? uuids : plain.split(/[^0-9A-Za-z_$:~-]+/).map(word => word.replace(/^[:~-]+|[:~-]+$/g, ''));
  const likely = grammar.likely?.pattern;
  const isWanted = (word: string): boolean => grammar.pattern.test(word) && (uuids.length > 0 || likely?.test(word) === true);
  const [only, ...more] = new Set(words.filter(isWanted));
  return more.length === 0 ? only : undefined;
}

function uuidsIn(text: string): Set<string> {
  const hyphenated = [...text.matchAll(uuidInside)].map(([found]) => found);
  const bare = [...text.matchAll(bareUuid)].map(([, ...parts]) => parts.join('-'));
  return new Set([...hyphenated, ...bare]);
}

/** The keys as they should have been typed, where the last one stands inside what was pasted; undefined where it does not. */
export function unpasted(endpoint: Endpoint, given: readonly string[]): string[] | undefined {
  const main = mainKey(endpoint);
  const last = given.at(-1);
  const found = main === undefined || last === undefined ? undefined : keyWithin(main.key.grammar, last);
  return found === undefined || found === last ? undefined : [...given.slice(0, -1), found];
}
