// The calls of a token exchange, answered from the scheme's own description of them: what a step sends is checked,
// what the next one takes from the answer is put there.
import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { isObject, isText, type Json, type JsonObject, makeNumber, withMember, writeJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import type { ExchangeScheme, Expiry, TokenStep } from '../core/scheme.ts';
import { successBody } from './envelope.ts';
import { failFor, type Reply, refuse, succeed } from './reply.ts';
import type { Received } from './request.ts';
import type { Grant, TokenIssuer } from './token-issuer.ts';

export interface AuthServer {
  readonly provider: Provider;
  readonly issuer: TokenIssuer;
  /** Opens the sealed credential, if the sandbox was started with sealing. */
  readonly sealKey?: KeyObject;
}

interface StepCall {
  readonly step: TokenStep;
  readonly role: 'login' | 'refresh' | 'revoke';
  readonly scheme: ExchangeScheme;
}

/** Answers a call of a token exchange. */
export function answerStep(authServer: AuthServer, { step, role, scheme }: StepCall, received: Received): Reply {
  const { provider, issuer } = authServer;
  // Before undeclared parameters: credentials in the query in place of the body are a rejected login, as Ekuaibao documents it.
  const wrong = wrongInput(authServer, { step, role, scheme }, received);
  if (wrong === 'constant') return refuse(provider, 400, 'A required header or parameter is missing.');
  if (wrong !== undefined) return failFor(provider, wrong);
  const unknown = [...received.query.keys()].find(name => !Object.hasOwn(step.query ?? {}, name));
  if (unknown !== undefined) return refuse(provider, 400, `Unknown parameter: ${unknown}`, 'undeclared');
  if (role === 'revoke') {
    for (const name of ['accessToken', 'refreshToken']) issuer.revoke(inputNamed(step, received, name) ?? '');
    return succeed(writeJson(withMember(successBody(provider), provider.failure.message[0] ?? 'message', 'success')));
  }
  let grant: Grant | undefined;
  if (role === 'refresh') {
    grant = issuer.rotate(inputNamed(step, received, 'refreshToken') ?? '', scheme);
    if (grant === undefined) return failFor(provider, 'bad-credential');
  } else if (step.extract.accessToken !== undefined) {
    grant = issuer.issue(scheme);
  }
  return succeed(writeJson(stepAnswer(authServer, step, scheme.expiry, grant)));
}

/** What a step sends: where it stands, what the scheme says stands there, and what came. */
function inputs(
  step: TokenStep,
  received: Received,
): { readonly template: string; readonly given: string | undefined; readonly at: string }[] {
  const body = received.json;
  const texts = isObject(body) ? body : {};
  return [
    ...Object.entries(step.query ?? {}).map(([name, template]) => ({ template, given: received.query.get(name), at: name })),
    ...Object.entries(step.headers ?? {}).map(([name, template]) => ({ template, given: received.header(name), at: name })),
    ...Object.entries(step.json ?? {}).map(([name, template]) => ({ template, given: asText(texts[name]), at: name })),
  ];
}

function wrongInput(
  authServer: AuthServer,
  { step, role, scheme }: StepCall,
  received: Received,
): 'constant' | 'bad-login' | 'bad-credential' | undefined {
  const trouble = role === 'login' ? 'bad-login' : 'bad-credential';
  for (const { template, given } of inputs(step, received)) {
    const name = /^\{(.+)\}$/.exec(template)?.[1];
    if (name === undefined) {
      if (given !== template) return 'constant';
    } else if (!isRight(authServer, scheme, name, given)) return trouble;
  }
  return undefined;
}

function isRight({ issuer, sealKey }: AuthServer, scheme: ExchangeScheme, name: string, given: string | undefined): boolean {
  if (given === undefined) return scheme.optional?.includes(name) === true;
  if (name === 'accessToken') return issuer.accepts(given);
  // Whether it is still good is found out when it is exchanged.
  if (name === 'refreshToken') return given !== '';
  const credential = issuer.credentials[name];
  if (credential === undefined) return issuer.redeem(name, given);
  return given === credential || (scheme.encrypt?.credential === name && sealKey !== undefined && unseal(given, sealKey) === credential);
}

function unseal(given: string, key: KeyObject): string | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(given, 'base64')).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}

function inputNamed(step: TokenStep, received: Received, name: string): string | undefined {
  return inputs(step, received).find(({ template }) => template === `{${name}}`)?.given;
}

function stepAnswer({ provider, issuer }: AuthServer, step: TokenStep, expiry: Expiry, grant: Grant | undefined): JsonObject {
  let body = successBody(provider);
  for (const [name, [place]] of Object.entries(step.extract)) {
    if (place === undefined) continue;
    body = withMember(body, place, takenValue(name, expiry, grant) ?? issuer.hand(name));
  }
  for (const [place, value] of Object.entries(step.extraSample ?? {})) body = withMember(body, place, value);
  return body;
}

function takenValue(name: string, expiry: Expiry, grant: Grant | undefined): Json | undefined {
  if (grant === undefined) return undefined;
  if (name === 'accessToken') return grant.accessToken;
  if (name === 'refreshToken') return grant.refreshToken;
  if (name !== 'expires') return undefined;
  return makeNumber(expiry === 'epoch-ms' ? `${grant.expiresMs}` : `${Math.round(grant.lifeMs / 1000)}`);
}

function asText(value: Json | undefined): string | undefined {
  return value !== undefined && isText(value) ? value : undefined;
}
