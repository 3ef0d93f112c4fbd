// An independent signer: jose, not the program's own code.
import { createHash, createPrivateKey } from 'node:crypto';
import { CompactSign } from 'jose';
import { at, now } from './visit.ts';

/** Claims to replace; undefined leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs any claims as a compact ES512 token. */
export async function signClaims(privatePem: string, claims: object): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES512', typ: 'JWT' })
    .sign(createPrivateKey(privatePem));
}

/** Headers of a signed GET; `changed` replaces claims. */
export async function signedHeaders(credentials: Readonly<Record<string, string>>, target: string, changed: Claims = {}) {
  const claims = {
    payload_md5: createHash('md5').update('{}').digest('hex'),
    timestamp: now().toISOString(),
    method: 'GET',
    uri: target,
    ...changed,
  };
  const headers = {
    AUTHORIZATION: await signClaims(at(credentials, 'privateKey'), claims),
    'API-CLIENT-KEY': at(credentials, 'clientKey'),
  };
  return { headers, curl: Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]) };
}
