// ES512 over P-521, as RFC 7515 words it: key loading with an answer a user can act on, signing and verifying.
// Signatures are r||s (132 bytes), never DER.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { ConfigError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';

const header = Buffer.from('{"alg":"ES512","typ":"JWT"}').toString('base64url');
const curve = 'secp521r1';

/** Loads a PEM private key (SEC1 or PKCS#8). `name` is what the profile calls it. Throws ConfigError, never with key text. */
export function loadPrivateKey(pem: string, name: Words): KeyObject {
  const text = unescapeLines(pem);
  const refuse = (why: Words, hint: Words): ConfigError =>
    new ConfigError(say`${name} needs a P-521 private key in PEM form: ${why}`, { hint });
  const make = say`make one with: openssl ecparam -name secp521r1 -genkey -noout -out private.pem`;
  if (text.trim() === '') throw refuse(say`it is empty`, make);
  if (/ENCRYPTED/.test(text))
    throw refuse(say`this one is encrypted`, say`remove the passphrase with: openssl ec -in key.pem -out plain.pem`);
  if (!/PRIVATE KEY/.test(text)) throw refuse(/PUBLIC KEY/.test(text) ? say`this is a public key` : say`this is no PEM private key`, make);
  const key = parsed(() => createPrivateKey(text));
  if (key === undefined) throw refuse(say`it cannot be read`, make);
  if (!isP521(key)) throw refuse(say`this one is ${kindOf(key)}`, make);
  return key;
}

/** Loads the provider's public key: PEM, or the base64 text between the PEM lines. Throws ConfigError. */
export function loadPublicKey(given: string, name: Words): KeyObject {
  const refuse = (why: Words): ConfigError =>
    new ConfigError(say`${name} needs a P-521 public key: ${why}`, {
      hint: say`copy the public key the provider shows beside the client key`,
    });
  if (/PRIVATE KEY/.test(given)) throw refuse(say`this is a private key`);
  const key = parsed(() => publicKeyFrom(given));
  if (key === undefined) throw refuse(say`it cannot be read`);
  if (!isP521(key)) throw refuse(say`this one is ${kindOf(key)}`);
  return key;
}

/** A public key from PEM or from base64 SPKI, as dashboards show it. */
export function publicKeyFrom(given: string): KeyObject {
  const text = unescapeLines(given).trim();
  return text.includes('-----BEGIN')
    ? createPublicKey(text)
    : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

/** A compact ES512 token over the claims, written in the order given; nothing is added to them. */
export function signToken(claims: Readonly<Record<string, string>>, key: KeyObject): string {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  const signature = sign('sha512', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The bytes a compact token carries, unverified; undefined when it is no compact token. */
export function tokenPayload(token: string): Buffer | undefined {
  const [head, payload] = segments(token) ?? [];
  return head === undefined || payload === undefined ? undefined : Buffer.from(payload, 'base64url');
}

/** The bytes a token carries if it is ES512 and signed with this key; undefined otherwise. */
export function verifiedPayload(token: string, key: KeyObject): Buffer | undefined {
  const parts = segments(token);
  if (parts === undefined) return undefined;
  const [head, payload, signature] = parts;
  if (algorithmOf(head) !== 'ES512') return undefined;
  const signed = Buffer.from(`${head}.${payload}`);
  const good = verify('sha512', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  return good ? Buffer.from(payload, 'base64url') : undefined;
}

function segments(token: string): [string, string, string] | undefined {
  const match = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(token);
  const [, head, payload, signature] = match ?? [];
  return head === undefined || payload === undefined || signature === undefined ? undefined : [head, payload, signature];
}

function algorithmOf(head: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && 'alg' in value ? value.alg : undefined;
  } catch {
    return undefined;
  }
}

/** Environment variables often carry a PEM with `\n` spelled out. */
export function unescapeLines(pem: string): string {
  return pem.includes('\n') ? pem : pem.replaceAll('\\n', '\n');
}

function parsed(parse: () => KeyObject): KeyObject | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function isP521(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve;
}

export function kindOf(key: KeyObject): Words {
  const named = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'ec') return named === undefined ? say`on a curve without a name` : say`on the curve ${named}`;
  return say`of type ${key.asymmetricKeyType ?? 'unknown'}`;
}
