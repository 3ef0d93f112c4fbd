// Where the keys of a call come from, and whether it is one lookup or a batch. Keys given as arguments are checked here.
import type { Streams } from '../console/streams.ts';
import { type Endpoint, optionName } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { checkKeys, type KeyValues, keyUsage, mainKey, trimKey } from '../core/keys.ts';
import { unpasted } from '../core/pasted-key.ts';
import type { Provider } from '../core/provider.ts';
import { say, sayingOf, type Words } from '../core/say.ts';
import { argumentWords, optionArguments, shellWord } from '../core/shell.ts';
import { section } from './section.ts';

/** The keys of a call, as far as the command line gives them. */
export type KeysPlan =
  /** The endpoint reads no keys. */
  | { readonly kind: 'none' }
  /** One lookup. */
  | { readonly kind: 'one'; readonly keys: KeyValues }
  /** Several keys given as arguments, all checked. */
  | { readonly kind: 'arguments'; readonly keys: readonly KeyValues[] }
  /** Keys read lazily from a file or `-`; `fixed` are the leading keys given as arguments. */
  | { readonly kind: 'stream'; readonly from: string; readonly fixed: readonly string[]; readonly column: string | undefined };

/** The keys of a batch. */
export type ManyKeys = Extract<KeysPlan, { kind: 'arguments' | 'stream' }>;

export function isBatch(keys: KeysPlan): keys is ManyKeys {
  return keys.kind === 'arguments' || keys.kind === 'stream';
}

/** Sorts the key arguments out. Throws UsageError. */
export const planKeys = section(
  ['idsFrom', 'column'],
  ({ idsFrom, column }, provider: Provider, endpoint: Endpoint, keys: readonly string[], streams: Streams): KeysPlan => {
    const wanted = Object.values(endpoint.keys ?? {});
    if (wanted.length === 0) {
      if (keys.length > 0 || idsFrom !== undefined) {
        throw new UsageError(say`${endpoint.name} takes no keys`, wayOf(provider, endpoint, keys));
      }
      return { kind: 'none' };
    }
    const fixedCount = wanted.length - 1;
    const piped = keys.at(-1) === '-' && (keys.length === 1 || keys.length === wanted.length);
    if (keys.includes('-') && !piped) throw new UsageError(say`use - instead of keys, not among them`);
    if (piped && idsFrom !== undefined) throw new UsageError(say`keys from - and from --ids-from exclude each other`);
    if (piped || idsFrom !== undefined) {
      const fixed = piped ? keys.slice(0, -1) : keys;
      if (fixed.length !== 0 && fixed.length !== fixedCount) {
        throw new UsageError(say`keys are given as arguments and with --ids-from`, { hint: say`give them one way only` });
      }
      const from = piped ? '-' : (idsFrom ?? '-');
      if (from === '-' && streams.stdin.isTerminal) {
        throw new UsageError(say`keys come from standard input, but it is a terminal`, {
          hint: say`pipe the keys in, or give --ids-from <file>`,
        });
      }
      return { kind: 'stream', from, fixed, column };
    }
    const missing = wanted[keys.length];
    if (missing !== undefined) {
      const usage = `loanq ${provider.name} ${endpoint.name} ${keyUsage(endpoint)}`;
      throw new UsageError(say`missing ${missing.arg}: ${sayingOf(missing.about)}`, { hint: usage });
    }
    if (keys.length > wanted.length && wanted.at(-1)?.many === undefined) throw new UsageError(say`too many keys for ${endpoint.name}`);
    const tuples = keys.slice(fixedCount).map(key => checkTuple(provider, endpoint, [...keys.slice(0, fixedCount), key]));
    const [only] = tuples;
    return only !== undefined && tuples.length === 1 ? { kind: 'one', keys: only } : { kind: 'arguments', keys: tuples };
  },
);

const mostNamed = 5;

/** How ids are looked up where an endpoint takes none: by the endpoint of one of its records, by a parameter that narrows it, or elsewhere. */
function wayOf({ name, endpoints }: Provider, endpoint: Endpoint, [key = '', ...more]: readonly string[]): { readonly hint?: Words } {
  const taking = endpoints.filter(one => mainKey(one) !== undefined);
  const own = taking.filter(one => isOfOne(one, endpoint));
  const [parameter, param] = Object.entries(endpoint.params ?? {}).find(([, { grammar }]) => grammar !== undefined) ?? [];
  if (own.length === 0 && parameter !== undefined) {
    const isOne = more.length === 0 && param?.grammar?.pattern.test(trimKey(key)) === true;
    const option = `--${optionName(parameter)}`;
    const words = isOne ? optionArguments(option, trimKey(key)).map(shellWord) : [option, '<id>'];
    return { hint: say`one id at a time: ${['loanq', name, endpoint.name, ...words].join(' ')}` };
  }
  const named = (own.length > 0 ? own : taking).slice(0, mostNamed).map(one => one.name);
  return named.length === 0 ? {} : { hint: say`ids are taken by: ${named.join(', ')}` };
}

/** Whether an endpoint looks up the records of a list, by the id that they have there. */
function isOfOne(one: Endpoint, list: Endpoint): boolean {
  const field = list.fields[mainKey(one)?.key.field ?? ''];
  return field?.kind === 'id' && field.of === one.name;
}

/** What surrounds a key that was pasted is answered with the command to type; what only looks like one with a sample of one. */
function checkTuple(provider: Provider, endpoint: Endpoint, given: readonly string[]): KeyValues {
  try {
    return checkKeys(endpoint, given);
  } catch (error) {
    const typed = unpasted(endpoint, given);
    const main = mainKey(endpoint);
    const isLookalike = main?.key.grammar.lookalikes?.some(({ pattern }) => pattern.test(given.at(-1) ?? ''));
    const sample = isLookalike ? endpoint.exampleKeys?.[0]?.[main?.parameter ?? ''] : undefined;
    const keys = typed ?? (sample === undefined ? undefined : [...given.slice(0, -1), sample]);
    if (!(error instanceof UsageError) || keys === undefined) throw error;
    const command = `loanq ${provider.endpoints.length === 0 ? '' : `${provider.name} `}${endpoint.name} ${argumentWords(keys)}`;
    throw error.with({ hint: typed === undefined ? say`ask for the id itself: ${command}` : command });
  }
}
