// One provider's site: everything the sandbox knows of it, and the decision how a request is answered. No I/O.
import { generateKeyPairSync } from 'node:crypto';
import { writeJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import { answerCall } from './answer.ts';
import { checkHeaders, checkParams, checkToken } from './check.ts';
import { successBody } from './envelope.ts';
import { answerStep, type Exchange } from './exchange.ts';
import { failUnknown, type Reply, refuse, succeed } from './reply.ts';
import type { Received } from './request.ts';
import { type Match, makePaths, makeRoutes, type Routes } from './route.ts';
import { recordsOf } from './sample.ts';
import { checkSignature, makeNotary, type Notary, signAnswer } from './signature.ts';
import { openTokenOffice } from './tokens.ts';

export interface Site {
  readonly provider: Provider;
  /** Throw-away credentials, by the names a profile gives them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Settings a profile for this site needs. */
  readonly settings: Readonly<Record<string, string>>;
  /** Paths for endpoints whose path the provider does not publish. */
  readonly paths: Readonly<Record<string, string>>;
  readonly routes: Routes;
  readonly exchange: Exchange;
  readonly notary?: Notary;
  readonly now: () => Date;
}

export interface SiteOptions {
  readonly now: () => Date;
  /** How long handed-out tokens live. */
  readonly tokenLifeMs: number;
  /** Where a scheme can encrypt a credential: give the profile the public key for it. */
  readonly sealed: boolean;
}

/** Makes a provider's site. Nothing of its data is made before it is asked for. */
export function makeSite(provider: Provider, { now, tokenLifeMs, sealed }: SiteOptions): Site {
  const office = openTokenOffice(provider, now, tokenLifeMs);
  const paths = makePaths(provider);
  const scheme = provider.schemes.find(({ kind }) => kind === 'es512');
  const signing = scheme?.kind === 'es512' ? { scheme, ...makeNotary(office.credentials[scheme.client] ?? '') } : undefined;
  const seal = sealed ? makeSeal(provider) : undefined;
  return {
    provider,
    credentials: { ...office.credentials, ...(signing && { [signing.scheme.key]: signing.privatePem }) },
    settings: { ...makeSettings(provider, signing?.notary), ...seal?.settings },
    paths,
    routes: makeRoutes(provider, paths),
    exchange: { provider, office, ...(seal && { sealKey: seal.key }) },
    ...(signing && { notary: signing.notary }),
    now,
  };
}

/** Answers a request. */
export function respond(site: Site, received: Received): Reply {
  const { provider, routes, exchange } = site;
  const match = routes.find(received.method, received.path);
  if (match === undefined) return refuse(provider, 404, `No such address: ${received.path}`, 'undeclared');
  if (match === 'method') return refuse(provider, 405, `Method ${received.method} is not allowed here`, 'undeclared');
  if (match.target.kind === 'step') return answerStep(exchange, match.target, received);
  if (site.notary === undefined) return checkToken(provider, exchange.office, received) ?? respondChecked(site, match, received);
  const signature = checkSignature(provider, site.notary, received, site.now());
  if (typeof signature === 'object') return signature;
  return signAnswer(signature, site.notary, received, respondChecked(site, match, received), site.now());
}

function respondChecked({ provider }: Site, { target, values }: Match, received: Received): Reply {
  if (target.kind !== 'endpoint') return succeed(provider.test?.answer ?? writeJson(successBody(provider)));
  const { endpoint } = target;
  const refusal = checkParams(provider, endpoint, received) ?? checkHeaders(provider, endpoint, received);
  if (refusal !== undefined) return refusal;
  const answered = answerCall(recordsOf(provider), { endpoint, keys: values, params: new Map([...received.query, ...received.form]) });
  if ('unknown' in answered) return failUnknown(provider, endpoint, answered.unknown, values);
  return 'invalid' in answered ? refuse(provider, 400, answered.invalid) : succeed(answered.body);
}

/** Settings every call needs, such as the address of a customer: an address of the documentation range. */
function makeSettings(provider: Provider, notary: Notary | undefined): Record<string, string> {
  const made: Record<string, string> = {};
  const headers = [provider.headers, ...provider.endpoints.map(endpoint => endpoint.headers)].flatMap(words => Object.values(words ?? {}));
  for (const [name, { type, choices }] of Object.entries(provider.settings ?? {})) {
    if (type === 'ip') made[name] = '203.0.113.7';
    else if (type === 'key' && notary !== undefined) made[name] = notary.publicPem;
    else if (headers.some(word => typeof word === 'object' && 'setting' in word && word.setting === name)) made[name] = choices?.[0] ?? '1';
  }
  return made;
}

function makeSeal(provider: Provider) {
  const seal = provider.schemes.flatMap(scheme => ('encrypt' in scheme && scheme.encrypt !== undefined ? [scheme.encrypt] : []))[0];
  if (seal === undefined) return undefined;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { key: privateKey, settings: { [seal.publicKey]: publicKey.export({ type: 'spki', format: 'pem' }).toString() } };
}
