// One provider's mock: everything the sandbox knows of it, and the decision how a request is answered. No I/O.
import { generateKeyPairSync } from 'node:crypto';
import { keysIn } from '../core/endpoint.ts';
import { writeJson } from '../core/json.ts';
import { keyedBy } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { answerCall } from './answer.ts';
import { type AuthServer, answerStep } from './auth-server.ts';
import { checkHeaders, checkParams, checkToken } from './check.ts';
import { successBody } from './envelope.ts';
import { recordsOf } from './records.ts';
import { failUnknown, type Reply, refuse, succeed } from './reply.ts';
import { jsonMembers, type Received } from './request.ts';
import { type Match, makePaths, makeRoutes, type Routes } from './route.ts';
import { makeTokenIssuer } from './token-issuer.ts';
import { checkSignature, makeVerifier, signAnswer, type Verifier } from './verifier.ts';

export interface MockProvider {
  readonly provider: Provider;
  /** Throw-away credentials, by the names a profile gives them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Settings a profile for this mock needs. */
  readonly settings: Readonly<Record<string, string>>;
  /** Paths for endpoints whose path the provider does not publish. */
  readonly paths: Readonly<Record<string, string>>;
  readonly routes: Routes;
  readonly authServer: AuthServer;
  readonly verifier?: Verifier;
  readonly now: () => Date;
}

export interface MockProviderOptions {
  readonly now: () => Date;
  /** How long handed-out tokens live. */
  readonly tokenLifeMs: number;
  /** Where a scheme can encrypt a credential: give the profile the public key for it. */
  readonly sealed: boolean;
}

/** Makes a provider's mock. Nothing of its data is made before it is asked for. */
export function makeMockProvider(provider: Provider, { now, tokenLifeMs, sealed }: MockProviderOptions): MockProvider {
  const issuer = makeTokenIssuer(provider, now, tokenLifeMs);
  const paths = makePaths(provider);
  const scheme = provider.schemes.find(({ kind }) => kind === 'es512');
  const signing = scheme?.kind === 'es512' ? { scheme, ...makeVerifier(issuer.credentials[scheme.client] ?? '') } : undefined;
  const seal = sealed ? makeSeal(provider) : undefined;
  return {
    provider,
    credentials: { ...issuer.credentials, ...(signing && { [signing.scheme.key]: signing.privatePem }) },
    settings: { ...makeSettings(provider, signing?.verifier), ...seal?.settings },
    paths,
    routes: makeRoutes(provider, paths),
    authServer: { provider, issuer, ...(seal && { sealKey: seal.key }) },
    ...(signing && { verifier: signing.verifier }),
    now,
  };
}

/** Answers a request. */
export function respond(mock: MockProvider, received: Received): Reply {
  const { provider, routes, authServer } = mock;
  const match = routes.find(received);
  if (match === undefined) return refuse(provider, 404, `No such address: ${received.path}`, 'undeclared');
  if (match === 'method') return refuse(provider, 405, `Method ${received.method} is not allowed here`, 'undeclared');
  if (match.target.kind === 'endpoint' && match.target.endpoint.credential === 'none') return respondChecked(mock, match, received);
  if (match.target.kind === 'step') return answerStep(authServer, match.target, received);
  if (mock.verifier === undefined) return checkToken(provider, authServer.issuer, received) ?? respondChecked(mock, match, received);
  const signature = checkSignature(provider, mock.verifier, received, mock.now());
  if (typeof signature === 'object') return signature;
  return signAnswer(signature, mock.verifier, received, respondChecked(mock, match, received), mock.now());
}

function respondChecked({ provider }: MockProvider, { target, values }: Match, received: Received): Reply {
  if (target.kind !== 'endpoint') return succeed(writeJson(successBody(provider)));
  const members = jsonMembers(received);
  const endpoint = keyedBy(target.endpoint, Object.fromEntries([...received.query, ...members]));
  const refusal = checkParams(provider, endpoint, received) ?? checkHeaders(provider, endpoint, received);
  if (refusal !== undefined) return refusal;
  const inBody = keysIn(endpoint, 'json').map(name => [name, members.get(name) ?? ''] as const);
  const keys = { ...values, ...Object.fromEntries(inBody) };
  const answered = answerCall(recordsOf(provider), { endpoint, keys, params: new Map([...received.query, ...received.form, ...members]) });
  if ('unknown' in answered) return failUnknown(provider, endpoint, answered.unknown, values);
  return 'invalid' in answered ? refuse(provider, 400, answered.invalid) : succeed(answered.body);
}

/** Settings every call needs, such as the address of a customer: an address of the documentation range. */
function makeSettings(provider: Provider, verifier: Verifier | undefined): Record<string, string> {
  const made: Record<string, string> = {};
  const headers = [provider.headers, ...provider.endpoints.map(endpoint => endpoint.headers)].flatMap(given => Object.values(given ?? {}));
  for (const [name, { type, choices }] of Object.entries(provider.settings ?? {})) {
    if (type === 'ip') made[name] = '203.0.113.7';
    else if (type === 'key' && verifier !== undefined) made[name] = verifier.publicPem;
    else if (headers.some(value => typeof value === 'object' && 'setting' in value && value.setting === name))
      made[name] = choices?.[0] ?? '1';
  }
  return made;
}

function makeSeal(provider: Provider) {
  const seal = provider.schemes.flatMap(scheme => ('encrypt' in scheme && scheme.encrypt !== undefined ? [scheme.encrypt] : []))[0];
  if (seal === undefined) return undefined;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { key: privateKey, settings: { [seal.publicKey]: publicKey.export({ type: 'spki', format: 'pem' }).toString() } };
}
