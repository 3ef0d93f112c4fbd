// Which combinations of keys exist: an entry is known only in the wallet it belongs to.
import type { Endpoint } from '../core/endpoint.ts';
import type { KeyValues } from '../core/keys.ts';
import type { Pools } from './pools.ts';

/** Things that own others (wallets of entries) own them in turns. */
const owners = 64;

/** The number of the record the keys name, or the first parameter whose value is not known. */
export function resolveKeys(endpoint: Endpoint, keys: KeyValues, pools: Pools): number | { readonly unknown: string } {
  let owner: { readonly parameter: string; readonly number: number } | undefined;
  for (const parameter of Object.keys(endpoint.keys ?? {})) {
    const number = pools.forKey(endpoint, parameter).numberOf(keys[parameter] ?? '');
    if (number === undefined) return { unknown: parameter };
    if (owner !== undefined && ownerOf(endpoint, parameter, number, owner.parameter, pools) !== owner.number) return { unknown: parameter };
    owner = { parameter, number };
  }
  return owner?.number ?? 0;
}

/** Known keys of an endpoint, the documented ones first; at most `count`. */
export function listKeys(endpoint: Endpoint, count: number, pools: Pools): KeyValues[] {
  const parameters = Object.keys(endpoint.keys ?? {}).toReversed();
  const [main, ...outer] = parameters;
  if (main === undefined) return [];
  const pool = pools.forKey(endpoint, main);
  const found: KeyValues[] = [];
  for (let number = -1; found.length < count && number < pool.size; number = nextNumber(number, pool.documented)) {
    const id = pool.at(number);
    // A made-up id may happen to be a documented one.
    if (number === -1 && pool.documented === 0) continue;
    if (pool.numberOf(id) !== number) continue;
    const values = new Map([[main, id]]);
    let inner = { parameter: main, number };
    for (const parameter of outer) {
      inner = { parameter, number: ownerOf(endpoint, inner.parameter, inner.number, parameter, pools) };
      values.set(parameter, pools.forKey(endpoint, parameter).at(inner.number));
    }
    found.push(Object.fromEntries([...values].toReversed()));
  }
  return found;
}

/** -1, -2, … for the documented ids, then 0, 1, … */
function nextNumber(number: number, documented: number): number {
  if (number >= 0) return number + 1;
  return -number < documented ? number - 1 : 0;
}

/** The number of the outer thing (wallet) that an inner one (entry) belongs to. */
function ownerOf(endpoint: Endpoint, inner: string, number: number, outer: string, pools: Pools): number {
  const pool = pools.forKey(endpoint, outer);
  if (number < 0) {
    const id = pools.forKey(endpoint, inner).at(number);
    const documented = endpoint.exampleKeys?.find(keys => keys[inner] === id)?.[outer];
    const known = documented === undefined ? undefined : pool.numberOf(documented);
    return known ?? (pool.documented > 0 ? -1 : 0);
  }
  const turn = number % owners;
  return turn < pool.documented ? -1 - turn : turn - pool.documented;
}
