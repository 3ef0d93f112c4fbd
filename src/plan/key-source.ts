// Where the keys of a call come from: arguments, stdin or a file; and whether the call is one lookup or a batch.
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { checkKeys, type KeyValues, keyUsage } from '../core/keys.ts';
import type { Invocation } from './options.ts';

/** Keys as the command line gives them. */
export type KeySource =
  /** The endpoint reads no keys. */
  | { readonly kind: 'none' }
  /** One lookup. */
  | { readonly kind: 'one'; readonly keys: KeyValues }
  /** Several keys given as arguments, all checked. */
  | { readonly kind: 'arguments'; readonly keys: readonly KeyValues[] }
  /** Keys read lazily; `fixed` are the leading keys given as arguments. */
  | { readonly kind: 'stream'; readonly from: string; readonly fixed: readonly string[] };

/** Sorts the key arguments out. Throws UsageError; keys given as arguments are checked here, before anything is sent. */
export function keySource(endpoint: Endpoint, { provider, keys, options }: Invocation): KeySource {
  const wanted = Object.values(endpoint.keys ?? {});
  const { idsFrom } = options.batch;
  if (wanted.length === 0) {
    if (keys.length > 0 || idsFrom !== undefined) throw new UsageError(`${endpoint.name} takes no keys`);
    return { kind: 'none' };
  }
  const fixedCount = wanted.length - 1;
  const piped = keys.at(-1) === '-' && (keys.length === 1 || keys.length === wanted.length);
  if (keys.includes('-') && !piped) throw new UsageError('- stands alone in the place of the keys');
  if (piped && idsFrom !== undefined) throw new UsageError('keys from - and from --ids-from exclude each other');
  if (piped || idsFrom !== undefined) {
    const fixed = piped ? keys.slice(0, -1) : keys;
    if (fixed.length !== 0 && fixed.length !== fixedCount) {
      throw new UsageError('keys are given as arguments and with --ids-from', { hint: 'give them one way only' });
    }
    return { kind: 'stream', from: piped ? '-' : (idsFrom ?? '-'), fixed };
  }
  const missing = wanted[keys.length];
  if (missing !== undefined && keys.length < wanted.length) {
    throw new UsageError(`missing ${missing.arg}: ${missing.about}`, { hint: `loanq ${provider} ${endpoint.name} ${keyUsage(endpoint)}` });
  }
  if (keys.length > wanted.length && wanted.at(-1)?.many === undefined) throw new UsageError(`too many keys for ${endpoint.name}`);
  const tuples = keys.slice(fixedCount).map(key => checkKeys(endpoint, [...keys.slice(0, fixedCount), key]));
  const [only] = tuples;
  return only !== undefined && tuples.length === 1 ? { kind: 'one', keys: only } : { kind: 'arguments', keys: tuples };
}

/** Refuses options that speak of a batch where there is none, and the other way round. */
export function refuseMisplaced(source: KeySource, { options }: Invocation): void {
  const batch = source.kind === 'arguments' || source.kind === 'stream';
  const { unique, expect, shard, errors, summary, resume } = options.batch;
  const misplaced = {
    '--unique': unique,
    '--expect': expect,
    '--shard': shard,
    '--errors': errors,
    '--summary': summary,
    '--resume': resume,
  };
  const given = Object.entries(misplaced).find(([, value]) => value !== undefined && value !== false);
  if (given && !batch) throw new UsageError(`${given[0]} is for a batch: more than one key, or keys from - or --ids-from`);
  if (options.output.raw && source.kind !== 'one' && source.kind !== 'none') throw new UsageError('--raw is for one key only');
  if ((options.source.all || options.source.limit !== undefined) && batch) throw new UsageError('--all and --limit are for one lookup');
}
