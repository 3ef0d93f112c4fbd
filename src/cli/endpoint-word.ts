// A word that stands where an endpoint is expected: an id, which gets the command to type, or a misspelt name.
import { closest, distance } from 'fastest-levenshtein';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { mainKey, trimKey } from '../core/keys.ts';
import { keyWithin } from '../core/pasted-key.ts';
import type { Provider } from '../core/provider.ts';
import { say, sayingOf, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';

/** The error for a word that is no endpoint of the provider. */
export function noSuchEndpoint(provider: Provider, word: string): UsageError {
  const names = provider.endpoints.map(({ name }) => name);
  const message = say`${provider.name} has no endpoint ${word}`;
  const near = nearName(word, names);
  if (near !== undefined) return new UsageError(message, { hint: say`did you mean ${provider.name} ${near}?` });
  const said = lookalikeOf(provider, word);
  if (said !== undefined) return new UsageError(say`${word} ${sayingOf(said)}`, { hint: sampleHint(provider) });
  return new UsageError(message, { hint: commandFor(provider, word) ?? say`one of ${names.join(', ')}` });
}

/** The name that a word is a slip of: another case, a plural, a letter or two. */
function nearName(word: string, names: readonly string[]): string | undefined {
  const plain = word.toLowerCase();
  const near = closest(plain, names);
  return near !== undefined && distance(plain, near) <= Math.min(2, Math.floor(plain.length / 3)) ? near : undefined;
}

function lookalikeOf({ endpoints }: Provider, word: string): string | undefined {
  const lookalikes = endpoints.flatMap(endpoint => mainKey(endpoint)?.key.grammar.lookalikes ?? []);
  return lookalikes.find(({ pattern }) => pattern.test(word))?.say;
}

function sampleHint({ name, endpoints }: Provider): Words {
  const endpoint = endpoints.find(one => mainKey(one)?.key.grammar.lookalikes !== undefined);
  const sample = endpoint?.exampleKeys?.[0]?.[mainKey(endpoint)?.parameter ?? ''];
  return say`ask for the id itself: ${['loanq', name, endpoint?.name, sample ?? '<id>'].join(' ')}`;
}

/** What to type for an id: the endpoint that reads it, or every one that could. */
function commandFor(provider: Provider, word: string): Words | undefined {
  const readers = provider.endpoints.flatMap(endpoint => {
    const id = idFor(endpoint, word);
    return id === undefined ? [] : [{ endpoint, id }];
  });
  const [first, ...more] = readers;
  if (first === undefined) return undefined;
  const { endpoint, id } = first;
  const leading = Object.values(endpoint.keys ?? {}).slice(0, -1);
  const command = ['loanq', provider.name, endpoint.name, ...leading.map(key => `<${key.arg}>`), shellWord(id)].join(' ');
  return more.length === 0 ? command : say`loanq lookup ${shellWord(id)}, or one of ${readers.map(one => one.endpoint.name).join(', ')}`;
}

function idFor(endpoint: Endpoint, word: string): string | undefined {
  const main = mainKey(endpoint);
  if (main === undefined || endpoint.unified === undefined) return undefined;
  const { grammar } = main.key;
  const plain = trimKey(word);
  const isOne = grammar.pattern.test(plain) && (grammar.likely?.pattern.test(plain) ?? true);
  return isOne ? plain : keyWithin(grammar, plain);
}
