// QI Tech's older scheme ("QIT / encoded_body"), for integrations that still use it: `"signing": "legacy"`.
// Read from the provider's own samples: https://github.com/qi-tech/node-authentication and qi-tech/collections.
import { ConfigError } from '../core/errors.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';
import { withHeaders } from './credential-location.ts';
import { readClaims } from './jwt.ts';
import { signToken, tokenPayload, verifiedPayload } from './p521.ts';
import { ageFault, md5, type SigningKeys, signatureHeaders, signedUri, untrusted } from './signature-v2.ts';

/** The plan with a fresh signature. Five lines are signed: method, md5 and type of the body (none), date, path. */
export function signLegacy(plan: RequestPlan, keys: SigningKeys, now: Date): RequestPlan {
  if (plan.body !== undefined) {
    throw new ConfigError(say`legacy signing covers only requests without a body`, { hint: say`remove "signing" from the profile` });
  }
  const signature = [plan.method, '', '', now.toUTCString(), signedUri(plan)].join('\n');
  const token = signToken({ sub: keys.client, signature }, keys.privateKey);
  return withHeaders(plan, signatureHeaders(`QIT ${keys.client}:${token}`, keys));
}

/** Verifies (with the provider's public key) and unwraps `{"encoded_body": "<jwt>"}`. */
export function checkLegacy(response: HttpResponse, plan: RequestPlan, keys: SigningKeys, now: Date): HttpResponse {
  const encoded = encodedBody(response.body);
  if (encoded === undefined) throw untrusted(say`its body is not encoded`, response);
  const body = keys.publicKey === undefined ? tokenPayload(encoded) : verifiedPayload(encoded, keys.publicKey);
  if (body === undefined) throw untrusted(say`the signature of its body is not the provider’s`, response);
  const fault = keys.publicKey && headerFault(response, encoded, plan, { ...keys, publicKey: keys.publicKey }, now);
  if (fault !== undefined) throw untrusted(fault, response);
  return { ...response, body: new Uint8Array(body) };
}

/** The token of a body that is an object with `encoded_body` alone. */
export function encodedBody(body: Uint8Array): string | undefined {
  if (!/^\s*\{\s*"encoded_body"/.test(Buffer.from(body.subarray(0, 64)).toString('latin1'))) return undefined;
  const members = readClaims(body);
  const token = members?.encoded_body;
  return typeof token === 'string' && Object.keys(members ?? {}).length === 1 ? token : undefined;
}

function headerFault(
  response: HttpResponse,
  encoded: string,
  plan: RequestPlan,
  keys: Required<SigningKeys>,
  now: Date,
): Words | undefined {
  const [, client, token] = /^QIT ([^:]*):(.*)$/.exec(response.headers.authorization ?? '') ?? [];
  if (client === undefined || token === undefined) return say`its headers are not signed`;
  if (client !== keys.client || response.headers['api-client-key'] !== keys.client) return say`it is for another client`;
  const claims = readClaims(verifiedPayload(token, keys.publicKey));
  if (claims === undefined) return say`the signature of its headers is not the provider’s`;
  if (claims.sub !== undefined && claims.sub !== keys.client) return say`it is for another client`;
  const signed = typeof claims.signature === 'string' ? claims.signature.split('\n') : [];
  const [method, hash, , date, endpoint] = signed;
  if (signed.length !== 5 || method !== plan.method || endpoint !== signedUri(plan)) return say`it was signed for another request`;
  if (hash !== md5(encoded)) return say`its body is not the signed one`;
  return ageFault(Date.parse(date ?? ''), now);
}
