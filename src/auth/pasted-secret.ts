// A secret as somebody pastes it: freed of what copying adds, and told by what it is without showing any of it.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Words } from '../core/say.ts';
import { jwtExpiryMs, readClaims } from './jwt.ts';
import { kindOf, tokenPayload, unescapeLines } from './p521.ts';

/** What is asked for: quotes and line breaks are no part of a token, but may be one of a password. */
export type SecretForm = 'token' | 'word' | 'pem';

export type SecretKind =
  | { readonly kind: 'jwt'; readonly length: number; readonly expiresMs: number | undefined }
  /** `type`: `on the curve secp521r1`, `of type rsa`. */
  | { readonly kind: 'key'; readonly length: number; readonly type: Words }
  | { readonly kind: 'text'; readonly length: number };

const quotes = /^(["'`“‘«])([\s\S]*)(["'`”’»])$/;

/** The secret in what was pasted. `prefix`: what a header puts before a token, and people copy with it. */
export function cleanPasted(pasted: string, form: SecretForm, prefix = ''): string {
  const text = pasted.replace(/\r\n?/g, '\n').replace(/^[\s\uFEFF\u200B]+|[\s\uFEFF\u200B]+$/g, '');
  if (form === 'word') return text;
  const bare = (quotes.exec(text)?.[2] ?? text).trim();
  if (form === 'pem') return `${unescapeLines(bare).trim()}`;
  const token = prefix !== '' && bare.toLowerCase().startsWith(prefix.toLowerCase()) ? bare.slice(prefix.length).trim() : bare;
  // A mail program or a narrow window breaks a long token into lines.
  const joined = token.replace(/\s*\n\s*/g, '');
  return tokenPayload(joined) === undefined ? token : joined;
}

/** What a secret is, by its look alone. */
export function secretKind(text: string): SecretKind {
  const { length } = text;
  const payload = tokenPayload(text);
  if (payload !== undefined && readClaims(payload) !== undefined) return { kind: 'jwt', length, expiresMs: jwtExpiryMs(text) };
  const key = text.includes('PRIVATE KEY-----') ? privateKey(text) : undefined;
  return key === undefined ? { kind: 'text', length } : { kind: 'key', length, type: kindOf(key) };
}

function privateKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
