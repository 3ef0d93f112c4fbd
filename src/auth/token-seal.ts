// Cached tokens are encrypted with a key made of the credentials that obtained them: without those the file is worthless,
// and a changed credential makes an old entry unreadable instead of wrong.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The key of an entry. Slow on purpose (about 30 ms): a password must not be guessed from a file. */
export async function deriveKey(credentials: readonly string[], salt: string): Promise<Buffer> {
  return promisify<string, string, number, Buffer>(scrypt)(JSON.stringify(credentials), salt, keyBytes);
}

export function sealText(text: string, key: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce);
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealed, sealing.getAuthTag()]).toString('base64');
}

/** The text, or undefined when it was sealed with another key or has been changed. */
export function openText(sealed: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  opening.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
