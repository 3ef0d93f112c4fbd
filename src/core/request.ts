// The frozen plan of one request and the answer to it: what flows between planning, signing and sending.

import type { Words } from './say.ts';

/**
 * A header or query value, as it goes on the wire. A secret is plain text here: `secret` masks it wherever the plan is shown, and the
 * filter of every stream knows it since it was read.
 */
export interface Part {
  readonly name: string;
  readonly value: string;
  /** Set by the scheme that filled the part (mark, then redact). */
  readonly secret?: true;
}

/** One request, complete but for its credential until a scheme has marked it. Immutable: schemes return a new plan. */
export interface RequestPlan {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Origin and path prefix of the profile, without trailing slash: `https://app.ekuaibao.com`. */
  readonly baseUrl: string;
  /** Path byte for byte as it goes on the wire, beginning with `/`, without query. Never secret. */
  readonly path: string;
  /** The path with its placeholders, for errors: `/wallet/{wallet_key}`. */
  readonly template: string;
  /** Query in order; values are encoded when the URL is built. */
  readonly query: readonly Part[];
  readonly headers: readonly Part[];
  readonly body?: RequestBody;
}

/** A body: JSON text, or the fields of a multipart form. */
export type RequestBody =
  | { readonly kind: 'json'; readonly text: string; readonly secret?: true }
  | { readonly kind: 'form'; readonly fields: readonly Part[] };

/** An answer as it came, body decoded from its content encoding but not from JSON. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Value of the server's `date` header, if any: a wrong clock explains many signature errors. */
  readonly date?: string;
  /** A failure without the signature its profile asks for: no fact about a record may be read from it. `hint` says what to do. */
  readonly unsigned?: { readonly hint: Words };
}

/** Query text of a plan, without `?`. Keeps `[`, `]`, `$`, `:` and `,` as documented curl lines send them. */
export function queryText(query: readonly Part[], show: (part: Part) => string = part => part.value): string {
  return query.map(part => `${encodeQuery(part.name)}=${encodeQuery(show(part))}`).join('&');
}

const unchanged = /^[\w.!~*()-]*$/;

function encodeQuery(text: string): string {
  if (unchanged.test(text)) return text;
  return encodeURIComponent(text)
    .replace(/%(?:3A|24|2C|5B|5D|40|2F)/g, kept => decodeURIComponent(kept))
    .replaceAll("'", '%27');
}

/** The URL a plan is sent to. */
export function planUrl(plan: RequestPlan): string {
  const query = queryText(plan.query);
  return `${plan.baseUrl}${plan.path}${query === '' ? '' : `?${query}`}`;
}

/**
 * The URL of a plan if it reaches the wire byte for byte: same origin, same path and query, no user info. Undefined when a URL
 * parser would change it, as it does with `..`, blanks and backslashes, or when the path holds a query.
 */
export function exactUrl(plan: RequestPlan): URL | undefined {
  const text = planUrl(plan);
  const base = baseOf(plan);
  const url = urlOf(text);
  if (base === undefined || url === undefined) return undefined;
  const path = `${base.pathname.replace(/\/$/, '')}${plan.path}`;
  const isExact = url.origin === base.origin && url.pathname === path && url.search === text.slice(plan.baseUrl.length + plan.path.length);
  return isExact && url.username === '' && url.password === '' ? url : undefined;
}

/** All lookups of a run have the same. */
let lastBase: { readonly text: string; readonly url: URL | undefined } | undefined;

function baseOf({ baseUrl }: RequestPlan): URL | undefined {
  if (lastBase?.text !== baseUrl) lastBase = { text: baseUrl, url: parseUrl(baseUrl) };
  return lastBase.url;
}

/** A request is looked at when it is planned, and again when it leaves. */
let lastUrl: { readonly text: string; readonly url: URL | undefined } | undefined;

function urlOf(text: string): URL | undefined {
  if (lastUrl?.text !== text) lastUrl = { text, url: parseUrl(text) };
  return lastUrl.url;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The plan with nothing in it that can be changed. */
export function freezePlan(plan: RequestPlan): RequestPlan {
  return Object.freeze({ ...plan, query: freezeParts(plan.query), headers: freezeParts(plan.headers) });
}

function freezeParts(parts: readonly Part[]): readonly Part[] {
  return Object.freeze(parts.map(part => (Object.isFrozen(part) ? part : Object.freeze({ ...part }))));
}
