// The `exp` of a token that happens to be a JWT. Tokens stay opaque: one that does not parse simply has no known expiry.
import { tokenPayload } from './p521.ts';

/** Expiry in epoch milliseconds, unverified; undefined when the token does not state one. */
export function jwtExpiryMs(token: string): number | undefined {
  const claims = readClaims(tokenPayload(token));
  const exp = claims?.exp;
  return typeof exp === 'number' && Number.isFinite(exp) && exp > 0 ? exp * 1000 : undefined;
}

/** Claims of a token as an object; undefined when they are not JSON. */
export function readClaims(payload: Uint8Array | undefined): Readonly<Record<string, unknown>> | undefined {
  if (payload === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
