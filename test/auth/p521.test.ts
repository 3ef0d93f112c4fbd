import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { loadPrivateKey, loadPublicKey, signToken, verifiedPayload } from '../../src/auth/p521.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const other = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sec1 = pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const cipher = { cipher: 'aes-256-cbc', passphrase: 'x', format: 'pem' } as const;

const refusal = (message: string): unknown => expect.objectContaining({ code: 'config', exit: 20, message });

async function opens(pem: string): Promise<unknown> {
  const token = signToken({ method: 'GET' }, loadPrivateKey(pem, 'privateKey'));
  return (await jwtVerify(token, pair.publicKey)).payload;
}

describe('loadPrivateKey', () => {
  test.each([
    ['SEC1', sec1],
    ['PKCS#8', pkcs8],
    ['after the parameters block openssl writes', `-----BEGIN EC PARAMETERS-----\nBgUrgQQAIw==\n-----END EC PARAMETERS-----\n${sec1}`],
    ['CRLF', sec1.replaceAll('\n', '\r\n')],
    ['line ends spelled out', sec1.replaceAll('\n', '\\n')],
  ])('%s loads', async (_, pem) => {
    expect(await opens(pem)).toEqual({ method: 'GET' });
  });

  test.each([
    ['empty', ' \n', 'it is empty'],
    ['encrypted PKCS#8', pair.privateKey.export({ type: 'pkcs8', ...cipher }).toString(), 'this one is encrypted'],
    ['encrypted SEC1', pair.privateKey.export({ type: 'sec1', ...cipher }).toString(), 'this one is encrypted'],
    ['another curve', p256.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), 'this one is on the curve prime256v1'],
    ['RSA', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), 'this one is of type rsa'],
    ['public only', spki(pair.publicKey), 'this is a public key'],
    ['no PEM', 'hunter2hunter2', 'this is no PEM private key'],
    ['cut short', sec1.slice(0, 120), 'it cannot be read'],
  ])('%s is refused in words', (_, pem, why) => {
    expect(() => loadPrivateKey(pem, 'privateKey')).toThrow(refusal(`privateKey needs a P-521 private key in PEM form: ${why}`));
  });
});

describe('loadPublicKey', () => {
  test('PEM and bare base64 are the same key', () => {
    const base64 = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(loadPublicKey(spki(pair.publicKey), 'k').equals(loadPublicKey(base64, 'k'))).toBe(true);
  });

  test.each([
    ['a private key, which would verify as well', sec1, 'this is a private key'],
    ['another curve', spki(p256.publicKey), 'this one is on the curve prime256v1'],
    ['nonsense', 'AAAA', 'it cannot be read'],
  ])('%s is refused', (_, text, why) => {
    expect(() => loadPublicKey(text, 'qiPublicKey')).toThrow(refusal(`qiPublicKey needs a P-521 public key: ${why}`));
  });
});

describe('verifiedPayload', () => {
  const token = signToken({ a: '1' }, pair.privateKey);
  const [head = '', payload = '', signature = ''] = token.split('.');
  const part = (text: string): string => Buffer.from(text).toString('base64url');
  const p1363 = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const foreign = `${part('{"alg":"ES256","typ":"JWT"}')}.${payload}`;
  const der = sign('sha512', Buffer.from(`${head}.${payload}`), pair.privateKey).toString('base64url');

  test('gives back the signed bytes', () => {
    expect(verifiedPayload(token, pair.publicKey)?.toString()).toBe('{"a":"1"}');
  });

  test.each([
    ['another key', token, other.publicKey],
    ['a changed payload', `${head}.${part('{"a":"2"}')}.${signature}`, pair.publicKey],
    ['algorithm none', `${part('{"alg":"none"}')}.${payload}.`, pair.publicKey],
    ['a changed algorithm', `${part('{"alg":"HS512"}')}.${payload}.${signature}`, pair.publicKey],
    ['a signature cut short', token.slice(0, -8), pair.publicKey],
    ['an all-zero signature', `${head}.${payload}.${Buffer.alloc(132).toString('base64url')}`, pair.publicKey],
    ['a signature of DER form', `${head}.${payload}.${der}`, pair.publicKey],
    ['our key under another algorithm', `${foreign}.${sign('sha512', Buffer.from(foreign), p1363).toString('base64url')}`, pair.publicKey],
    ['two parts', `${head}.${payload}`, pair.publicKey],
  ])('%s verifies nothing', (_, text, key) => {
    expect(verifiedPayload(text, key)).toBeUndefined();
  });

  test('the signature is r||s, 132 bytes', () => {
    expect(Buffer.from(signature, 'base64url')).toHaveLength(132);
  });
});
