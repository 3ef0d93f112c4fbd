// The other side of ES512 signing: verifies requests of both generations and signs the answers to them.
// Written from the provider's documents alone, so that it checks the signer and does not repeat its mistakes.
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Provider } from '../core/provider.ts';
import { failFor, type Reply } from './reply.ts';
import type { Received } from './request.ts';

/** Signs and verifies for one provider. It holds the client's public half only. */
export interface Verifier {
  readonly client: string;
  readonly clientKey: KeyObject;
  readonly ownKey: KeyObject;
  /** The public half of `ownKey`, PEM: by it clients verify answers. */
  readonly publicPem: string;
}

export type Generation = 'v2' | 'legacy';

const toleranceMs = 5 * 60_000;

/** Makes a throw-away key pair for the client and one for the provider. Returns the client's private key as PEM. */
export function makeVerifier(client: string): { readonly verifier: Verifier; readonly privatePem: string } {
  const theirs = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
  const own = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
  const publicPem = own.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return {
    verifier: { client, clientKey: theirs.publicKey, ownKey: own.privateKey, publicPem },
    privatePem: theirs.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
  };
}

/** What is wrong with the signature of a request; its generation when it is good. */
export function checkSignature(provider: Provider, verifier: Verifier, received: Received, now: Date): Reply | Generation {
  const client = received.header('api-client-key');
  const given = received.header('authorization');
  if (client === undefined || client === '') return failFor(provider, 'no-credential');
  if (client !== verifier.client) return failFor(provider, 'unknown-client', { api_client_key: client });
  if (given === undefined || given === '') return failFor(provider, 'bad-signature');
  if (given.startsWith('QIT ')) return isLegacySigned(verifier, received, given, now) ? 'legacy' : failFor(provider, 'bad-signature');
  return isSigned(verifier, received, given, now) ? 'v2' : failFor(provider, 'bad-signature');
}

/** Current generation: a bare token over exactly four claims. */
function isSigned(verifier: Verifier, received: Received, token: string, now: Date): boolean {
  const claims = readToken(token, verifier.clientKey);
  if (claims === undefined || Object.keys(claims).sort().join() !== 'method,payload_md5,timestamp,uri') return false;
  const { method, payload_md5: md5, timestamp, uri } = claims;
  if (typeof timestamp !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(timestamp)) return false;
  const payload = received.body.length === 0 ? Buffer.from('{}') : received.body;
  return method === received.method && uri === received.target && md5 === md5Of(payload) && isRecent(timestamp, now);
}

/** Older generation: `QIT <client>:<token>` over five lines of text. */
function isLegacySigned(verifier: Verifier, received: Received, given: string, now: Date): boolean {
  const [client, token = ''] = given.slice('QIT '.length).split(':');
  const claims = readToken(token, verifier.clientKey);
  if (client !== verifier.client || claims?.sub !== client || typeof claims.signature !== 'string') return false;
  const lines = claims.signature.split('\n');
  const [method, md5, type, date = '', target] = lines;
  const wantedMd5 = received.body.length === 0 ? '' : md5Of(encodedBody(received) ?? received.body);
  const typeFits = type === '' || type === 'application/json';
  return (
    lines.length === 5 && method === received.method && md5 === wantedMd5 && typeFits && target === received.target && isRecent(date, now)
  );
}

/** The answer to a request, signed in the way of its generation. */
export function signAnswer(generation: Generation, verifier: Verifier, received: Received, reply: Reply, now: Date): Reply {
  return (generation === 'v2' ? signPlain : signEncoded)(verifier, received, reply, now);
}

/** Current generation: four claims in a header, as the provider signs what it sends by itself. */
function signPlain(verifier: Verifier, { method, target }: Received, reply: Reply, now: Date): Reply {
  const claims = { payload_md5: md5Of(reply.body), timestamp: now.toISOString(), method, uri: target };
  const token = writeToken(JSON.stringify(claims), verifier.ownKey);
  return { ...reply, headers: { ...reply.headers, AUTHORIZATION: token, 'API-CLIENT-KEY': verifier.client } };
}

/** Older generation: the body as a token, and a signature over it in the headers. */
function signEncoded(verifier: Verifier, received: Received, reply: Reply, now: Date): Reply {
  const encoded = writeToken(reply.body, verifier.ownKey);
  const lines = [received.method, md5Of(encoded), 'application/json', now.toUTCString(), received.target];
  const token = writeToken(JSON.stringify({ sub: verifier.client, signature: lines.join('\n') }), verifier.ownKey);
  return {
    ...reply,
    body: JSON.stringify({ encoded_body: encoded }),
    headers: { ...reply.headers, AUTHORIZATION: `QIT ${verifier.client}:${token}`, 'API-CLIENT-KEY': verifier.client },
  };
}

function encodedBody({ json }: Received): string | undefined {
  const token = typeof json === 'object' && json !== null && 'encoded_body' in json ? json.encoded_body : undefined;
  return typeof token === 'string' ? token : undefined;
}

function writeToken(payload: string, key: KeyObject): string {
  const signed = `${Buffer.from('{"alg":"ES512","typ":"JWT"}').toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${sign('sha512', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function readToken(token: string, key: KeyObject): Readonly<Record<string, unknown>> | undefined {
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || readObject(head)?.alg !== 'ES512') return undefined;
  const good = verify('sha512', Buffer.from(`${head}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  return good ? readObject(payload) : undefined;
}

function readObject(segment: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isRecent(time: string, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(time)) <= toleranceMs;
}

function md5Of(data: string | Buffer): string {
  return createHash('md5').update(data).digest('hex');
}
