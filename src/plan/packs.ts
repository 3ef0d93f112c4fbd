// How keys share calls where a provider takes several in one path.
import type { Endpoint } from '../core/endpoint.ts';
import { mainKey } from '../core/keys.ts';
import type { CallProfile } from '../core/profile.ts';

export interface PackRules {
  /** Keys of one call at most. */
  readonly size: number;
  /** Limit of the packed text, separators included; undefined where it does not stand in a URL. */
  readonly maxCharacters: number | undefined;
}

/** Where no document says how many. */
const defaultSize = 20;
const maxUrlCharacters = 4000;
/** Room left for the credential in the query. */
const reservedForQuery = 300;

/** Undefined where each key has its own call. */
export function planPacks(endpoint: Endpoint, profile: CallProfile): PackRules | undefined {
  const key = mainKey(endpoint)?.key;
  if (key?.many !== 'packed') return undefined;
  const template = typeof endpoint.path === 'string' ? endpoint.path : '';
  const maxCharacters = maxUrlCharacters - profile.baseUrl.length - template.length - reservedForQuery;
  const given = key.packSetting === undefined ? undefined : profile.settings[key.packSetting];
  const size = Math.min(Number(given ?? key.maxPack ?? defaultSize), key.maxPack ?? Number.POSITIVE_INFINITY);
  return Object.freeze({ size, maxCharacters: key.in === 'json' ? undefined : maxCharacters });
}
