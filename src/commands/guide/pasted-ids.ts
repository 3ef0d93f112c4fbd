// The ids in what somebody has pasted: a column of a spreadsheet, a link, a sentence of a ticket.
import { mainKey, trimKey } from '../../core/keys.ts';
import { keyWithin } from '../../core/pasted-key.ts';
import type { Provider } from '../../core/provider.ts';
import { fits, identifies } from '../../lookup/unified/grammar.ts';

/** Each id once, in the order of the text. Of a line whose words all look like ids that are none, the lookup tells what is wrong. */
export function idsIn(text: string, providers: readonly Provider[]): string[] {
  const endpoints = providers.flatMap(provider => provider.endpoints.filter(identifies));
  const grammars = new Set(endpoints.flatMap(endpoint => mainKey(endpoint)?.key.grammar ?? []));
  const idOf = (word: string): string | undefined => {
    const plain = trimKey(word);
    if (endpoints.some(endpoint => fits(endpoint, plain))) return plain;
    for (const grammar of grammars) {
      const found = keyWithin(grammar, plain);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const ofLine = (line: string): string[] => {
    const words = line.split(/[\s,;，；、]+/).filter(word => trimKey(word) !== '');
    const ids = words.flatMap(word => idOf(word) ?? []);
    // Among the words of a sentence, those with a digit are the ids.
    const sure = ids.filter(hasDigit);
    if (sure.length > 0) return sure;
    if (ids.length === words.length) return ids;
    return words.every(hasDigit) ? words.map(trimKey) : [];
  };
  return [...new Set(text.split(/[\r\n]+/).flatMap(ofLine))];
}

function hasDigit(word: string): boolean {
  return /\d/.test(word);
}
