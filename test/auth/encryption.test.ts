import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encryptValue } from '../../src/auth/encryption.ts';

const tenant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = tenant.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const base64 = tenant.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

function decrypt(encrypted: string): string {
  const key = { key: tenant.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return privateDecrypt(key, Buffer.from(encrypted, 'base64')).toString('utf8');
}

describe('encryptValue', () => {
  test.each([
    ['PEM', pem],
    ['base64 as a dashboard shows it', base64],
    ['PEM with its line ends spelled out', pem.replaceAll('\n', '\\n')],
  ])('%s: only the private key opens it', (_, key) => {
    expect(decrypt(encryptValue('pässwörd-密码', key, 'publicKey'))).toBe('pässwörd-密码');
  });

  test('the same password never looks the same twice', () => {
    expect(encryptValue('canary-password', pem, 'publicKey')).not.toBe(encryptValue('canary-password', pem, 'publicKey'));
  });

  test.each([
    ['empty', ''],
    ['nonsense', 'not a key'],
    ['a private key', tenant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    [
      'an elliptic key',
      generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ],
  ])('%s is a configuration error', (_, key) => {
    expect(() => encryptValue('canary-password', key, 'publicKey of profile "f"')).toThrow(
      expect.objectContaining({ code: 'config', message: 'publicKey of profile "f" needs an RSA public key' }),
    );
  });

  test('a key too short for the password is a configuration error without the password', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(() => encryptValue('canary-password', short, 'publicKey')).toThrow(
      'publicKey is too short a key to encrypt the credential with',
    );
  });
});
