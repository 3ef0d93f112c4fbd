// QI Tech's current scheme ("v2"): every request is signed in a header, its body stays plain JSON.
// Doc: https://docs.qitech.com.br/en/documentation/primeiros_passos/teste_de_autenticacao/teste_de_autenticacao_v2
import { createHash, type KeyObject } from 'node:crypto';
import { ResponseError } from '../core/errors.ts';
import { type HttpResponse, planUrl, type RequestPlan } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';
import { withHeaders } from './credential-location.ts';
import { readClaims } from './jwt.ts';
import { signToken, verifiedPayload } from './p521.ts';

/** Who signs, and whose signatures are believed. */
export interface SigningKeys {
  readonly client: string;
  /** The client key may be shown. */
  readonly clientIsOpen: boolean;
  readonly privateKey: KeyObject;
  /** The provider's; without it answers are not verified. */
  readonly publicKey?: KeyObject;
}

/** Calls without a body sign the two characters `{}`: the documented sample turns a missing body into an empty object. */
const emptyPayload = '{}';
const answerAgeMs = 5 * 60_000;
/** Clocks of two honest machines may differ by this much. */
const clockToleranceMs = 30_000;

/** The plan with a fresh signature. */
export function signV2(plan: RequestPlan, keys: SigningKeys, now: Date): RequestPlan {
  const token = signToken(
    { payload_md5: md5(bodyText(plan)), timestamp: now.toISOString(), method: plan.method, uri: signedUri(plan) },
    keys.privateKey,
  );
  return withHeaders(plan, signatureHeaders(token, keys));
}

export function signatureHeaders(authorization: string, keys: SigningKeys): RequestPlan['headers'] {
  return [
    { name: 'AUTHORIZATION', value: authorization, secret: true },
    { name: 'API-CLIENT-KEY', value: keys.client, ...(!keys.clientIsOpen && { secret: true as const }) },
  ];
}

/** Path and query as sent, without scheme, host and the prefix of the profile's base URL. */
export function signedUri(plan: RequestPlan): string {
  const sent = new URL(planUrl({ ...plan, baseUrl: 'https://host.invalid' }));
  return `${sent.pathname}${sent.search}`;
}

/** Verifies the signature of an answer; without the provider's public key nothing is verified. */
export function checkV2(response: HttpResponse, plan: RequestPlan, keys: SigningKeys, now: Date): HttpResponse {
  if (keys.publicKey === undefined) return response;
  const claims = readClaims(verifiedPayload(response.headers.authorization ?? '', keys.publicKey));
  const fault =
    claims === undefined
      ? say`its signature is not the provider’s`
      : claims.payload_md5 !== md5(response.body)
        ? say`its body is not the signed one`
        : claims.method !== plan.method || claims.uri !== signedUri(plan)
          ? say`it was signed for another request`
          : ageFault(typeof claims.timestamp === 'string' ? Date.parse(claims.timestamp) : Number.NaN, now);
  if (fault !== undefined) throw untrusted(fault, response);
  return response;
}

/** What is wrong with the time an answer was signed at. */
export function ageFault(signedMs: number, now: Date): Words | undefined {
  const age = now.getTime() - signedMs;
  if (Number.isNaN(age)) return say`it does not say when it was signed`;
  if (age < -clockToleranceMs) return say`it was signed in the future`;
  return age > answerAgeMs ? say`it was signed more than 5 minutes ago` : undefined;
}

export function untrusted(fault: Words, response: HttpResponse): ResponseError {
  return new ResponseError(say`the signed answer cannot be trusted: ${fault}`, { status: response.status });
}

export function md5(data: string | Uint8Array): string {
  return createHash('md5').update(data).digest('hex');
}

function bodyText(plan: RequestPlan): string {
  return plan.body?.kind === 'json' ? plan.body.text : emptyPayload;
}
