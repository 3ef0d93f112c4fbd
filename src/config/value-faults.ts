// What may be wrong with one value of a configuration, in the words that the user reads; undefined when it is fine. Nothing is quoted.
import { isIP } from 'node:net';
import type { Provider } from '../core/provider.ts';
import { alternatives, say, type Words } from '../core/say.ts';
import { optionalCredentials, requiredCredentials } from '../core/scheme.ts';
import { readBaseUrl } from './base-url.ts';

export const profileName = /^[A-Za-z0-9_-]+$/;

/** What is missing or too much for one scheme. `spell` says how the user writes a credential's name. */
export function schemeFault(names: readonly string[], provider: Provider, spell = (name: string): string => name): Words | undefined {
  const required = provider.schemes.map(requiredCredentials);
  const complete = required.filter(scheme => scheme.every(name => names.includes(name)));
  const [only] = complete;
  const choices = alternatives(required.map(scheme => scheme.map(spell)));
  if (only === undefined) return say`must hold ${choices}`;
  const optional = provider.schemes.flatMap(optionalCredentials);
  const extra = names.filter(name => !only.includes(name) && !optional.includes(name));
  return complete.length > 1 || extra.length > 0 ? say`must hold only one of: ${choices}` : undefined;
}

export function baseUrlFault(given: string): string | undefined {
  const read = readBaseUrl(given);
  return 'fault' in read ? read.fault : undefined;
}

export function textFault(given: string): string | undefined {
  if (given.trim() === '') return 'is empty';
  return /[\x00-\x1f\x7f]/.test(given) ? 'must not hold control characters' : undefined;
}

export function ipFault(given: string): string | undefined {
  return isIP(given) === 0 ? 'must be an IP address' : undefined;
}

/** A path is sent byte for byte: nothing in it may change the shape of the URL. Parameters that never change may follow it. */
export function pathFault(given: string): string | undefined {
  if (!given.startsWith('/') || given.startsWith('//')) return 'must be a path that begins with one /';
  if (/[^\x21-\x7e]|[\\#]/.test(given)) return 'must not hold blanks, backslashes or #';
  const [path = '', query] = given.split(/\?(.*)/s, 2);
  if (query !== undefined && !/^[^=&?]+=[^=&?]*(?:&[^=&?]+=[^=&?]*)*$/.test(query)) return 'must have name=value parts after its ?';
  return /\/\.{1,2}(?:\/|$)/.test(path) ? 'must not hold . or .. as a step' : undefined;
}

/** As with --tz, an offset is a zone, too; not every Node takes it for one. */
const fixedOffset = /^(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

export function zoneFault(given: string): string | undefined {
  if (fixedOffset.test(given)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return undefined;
  } catch {
    return 'must be a time zone such as Europe/Lisbon or UTC';
  }
}
