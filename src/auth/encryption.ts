// A password encrypted with a tenant's RSA public key: RSA-OAEP with SHA-256 (also in MGF1), base64.
import { constants, type KeyObject, publicEncrypt } from 'node:crypto';
import { ConfigError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { publicKeyFrom } from './p521.ts';

/** Encrypts a value. `publicKey` is PEM or base64 SPKI, as a dashboard shows it; `name` is what the profile calls it. */
export function encryptValue(value: string, publicKey: string, name: Words): string {
  const key = loadRsaKey(publicKey, name);
  try {
    return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(value, 'utf8')).toString(
      'base64',
    );
  } catch {
    throw new ConfigError(say`${name} is too short a key to encrypt the credential with`);
  }
}

function loadRsaKey(publicKey: string, name: Words): KeyObject {
  const refusal = new ConfigError(say`${name} needs an RSA public key`, {
    hint: say`copy the one the provider shows for this tenant, as PEM or as base64 text`,
  });
  if (/PRIVATE KEY/.test(publicKey)) throw refusal;
  try {
    const key = publicKeyFrom(publicKey);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Worded below: OpenSSL's own text says nothing to a user.
  }
  throw refusal;
}
