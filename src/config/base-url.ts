// Which address credentials may be sent to: https, or http to this machine; nothing in it but a host and a path prefix.
import { isLoopbackHost } from '../core/loopback.ts';

/** A checked base URL, without trailing slash, or what is wrong with it (never quoting it: it may hold a password). */
export type BaseUrl = { readonly url: string } | { readonly fault: string };

export function readBaseUrl(given: string): BaseUrl {
  if (!/^https?:\/\/[^/]/i.test(given)) return { fault: 'must be a URL that begins with https://' };
  if (/[\x00-\x20\x7f\\]/.test(given)) return { fault: 'must not hold blanks, control characters or backslashes' };
  if (/^[^/]*\/\/[^/]*@/.test(given)) return { fault: 'must not hold a user name or password' };
  if (given.includes('?')) return { fault: 'must not hold a query' };
  if (given.includes('#')) return { fault: 'must not hold a fragment' };
  if (!URL.canParse(given)) return { fault: 'is not a URL' };
  const url = new URL(given);
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) return { fault: 'must use https (http is only for this machine)' };
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
