// What a secret is, in words that may be shown.
import type { SecretKind } from '../../auth/pasted-secret.ts';
import { type Saying, say } from '../../core/say.ts';
import { distanceWords, momentWords } from './moments.ts';

export function kindWords(kind: SecretKind, now: Date): Saying {
  switch (kind.kind) {
    case 'jwt':
      return kind.expiresMs === undefined ? say`a JWT without an end` : say`a JWT, ${validityWords(kind.expiresMs, now)}`;
    case 'key':
      return say`a private key ${kind.type}`;
    case 'text':
      return say`${kind.length} characters`;
  }
}

/** `good until 2026-11-22 14:20 -03:00, in 23 hours`, or since when it is not. */
export function validityWords(expiresMs: number, now: Date): Saying {
  const [moment, away] = [momentWords(expiresMs), distanceWords(expiresMs, now)];
  return expiresMs > now.getTime() ? say`good until ${moment}, ${away}` : say`expired ${away}, at ${moment}`;
}
