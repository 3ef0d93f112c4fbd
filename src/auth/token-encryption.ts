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

export function encryptText(text: string, key: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const encryption = createCipheriv(cipher, key, nonce);
  const bytes = Buffer.concat([encryption.update(text, 'utf8'), encryption.final()]);
  return Buffer.concat([nonce, bytes, encryption.getAuthTag()]).toString('base64');
}

/** The text, or undefined when it was encrypted with another key or has been changed. */
export function decryptText(encrypted: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decryption = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decryption.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decryption.update(bytes.subarray(nonceBytes, -tagBytes)), decryption.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
