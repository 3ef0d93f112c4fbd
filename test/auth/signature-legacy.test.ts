// The older QI Tech scheme, both directions, with an independent library on the provider's side.
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign, compactVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import { inEnglish } from '../../src/core/say.ts';
import { getPlan, type Loopback, type Reply, sendPlan, startLoopback } from './loopback.ts';
import { qitechLike, stage } from './stage.ts';

const ours = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const client = '16c8a1ec-8d75-47a1-b138-46746713b8d8';
const credentials = { clientKey: client, privateKey: ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
const qiPublicKey = theirs.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const path = '/wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479';
const body = '{"wallet_limit": 10.0, "big": 9007199254740993}';

let server: Loopback | undefined;
afterEach(() => server?.close());

async function token(text: string, key: KeyObject = theirs.privateKey): Promise<string> {
  return new CompactSign(Buffer.from(text)).setProtectedHeader({ typ: 'JWT', alg: 'ES512' }).sign(key);
}

interface Tampering {
  readonly bodyKey?: KeyObject;
  readonly headerKey?: KeyObject;
  readonly signedMd5?: string;
  readonly method?: string;
  readonly endpoint?: string;
  readonly ageMs?: number;
  readonly headerClient?: string;
  readonly keyHeader?: string;
  readonly subject?: string;
  readonly plain?: true;
  readonly noHeaders?: true;
  readonly status?: number;
}

async function answer(how: Tampering): Promise<Reply> {
  if (how.plain) return { status: how.status ?? 200, body };
  const encoded = await token(body, how.bodyKey);
  const md5 = how.signedMd5 ?? createHash('md5').update(encoded).digest('hex');
  const date = new Date(Date.now() - (how.ageMs ?? 0)).toUTCString();
  const signature = [how.method ?? 'GET', md5, 'application/json', date, how.endpoint ?? path].join('\n');
  const header = await token(JSON.stringify({ sub: how.subject ?? client, signature }), how.headerKey);
  const headers = { 'API-CLIENT-KEY': how.keyHeader ?? client, AUTHORIZATION: `QIT ${how.headerClient ?? client}:${header}` };
  return { status: how.status ?? 200, body: JSON.stringify({ encoded_body: encoded }), ...(!how.noHeaders && { headers }) };
}

async function ask(how: Tampering, verify = true): Promise<{ text: string; authenticator: Authenticator; status: number }> {
  server = await startLoopback(() => answer(how));
  const authenticator = stage({
    provider: qitechLike,
    url: server.url,
    credentials,
    settings: { signing: 'legacy' },
    ...(verify && { keys: { qiPublicKey } }),
  });
  const plan = await authenticator.authenticate(getPlan(server.url, path));
  const checked = await authenticator.check(await sendPlan(plan), plan);
  return { text: new TextDecoder().decode(checked.body), authenticator, status: checked.status };
}

test('a GET signs method, two empty lines, an RFC 1123 date and the path', async () => {
  await ask({});
  const authorization = String(server?.received[0]?.headers.authorization);
  const [, key, jwt = ''] = /^QIT ([^:]+):(.+)$/.exec(authorization) ?? [];
  const { payload, protectedHeader } = await compactVerify(jwt, ours.publicKey);
  const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
  expect(key).toBe(client);
  expect(server?.received[0]?.headers['api-client-key']).toBe(client);
  expect(protectedHeader).toEqual({ alg: 'ES512', typ: 'JWT' });
  expect(claims).toEqual({
    sub: client,
    signature: expect.stringMatching(new RegExp(`^GET\n\n\n\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\n${path}$`)),
  });
});

test('a signed and encoded answer comes out as the bytes that were signed', async () => {
  expect((await ask({})).text).toBe(body);
});

test('an encoded error is decoded too', async () => {
  expect(await ask({ status: 404 })).toMatchObject({ status: 404, text: body });
});

test('an error of a gateway passes unsigned', async () => {
  expect(await ask({ plain: true, status: 502 })).toMatchObject({ status: 502, text: body });
});

test.each<[string, Tampering, string]>([
  ['a body signed by another key', { bodyKey: ours.privateKey }, 'the signature of its body is not the provider’s'],
  ['headers signed by another key', { headerKey: ours.privateKey }, 'the signature of its headers is not the provider’s'],
  ['a body put under the headers of another', { signedMd5: '0'.repeat(32) }, 'its body is not the signed one'],
  ['the answer to another path', { endpoint: '/wallet/other' }, 'it was signed for another request'],
  ['the answer to another method', { method: 'POST' }, 'it was signed for another request'],
  ['an old answer', { ageMs: 6 * 60_000 }, 'it was signed more than 5 minutes ago'],
  ['an answer from the future', { ageMs: -2 * 60_000 }, 'it was signed in the future'],
  ['an AUTHORIZATION for another client', { headerClient: 'other' }, 'it is for another client'],
  ['an API-CLIENT-KEY of another client', { keyHeader: 'other' }, 'it is for another client'],
  ['a token for another client', { subject: 'other' }, 'it is for another client'],
  ['a signed body without signed headers', { noHeaders: true }, 'its headers are not signed'],
])('%s is refused', async (_, how, fault) => {
  await expect(ask(how)).rejects.toMatchObject({ code: 'bad-response', message: `the signed answer cannot be trusted: ${fault}` });
});

test('a success without any signature is refused', async () => {
  await expect(ask({ plain: true })).rejects.toMatchObject({
    code: 'bad-response',
    message: 'the answer cannot be trusted: it is not signed',
  });
});

test('without the public key answers are only decoded, and that is said', async () => {
  const { text, authenticator } = await ask({ bodyKey: ours.privateKey, noHeaders: true }, false);
  expect(text).toBe(body);
  expect((await authenticator.warnings()).map(inEnglish)).toEqual([
    'answers to profile "test" are decoded but their signatures are not verified: set qiPublicKey',
  ]);
});

test('with the public key there is nothing to warn of', async () => {
  expect(await (await ask({})).authenticator.warnings()).toEqual([]);
});

test('an encoded answer is recognised although the profile signs the current way', async () => {
  server = await startLoopback(() => answer({}));
  const authenticator = stage({ provider: qitechLike, url: server.url, credentials, keys: { qiPublicKey } });
  const plan = await authenticator.authenticate(getPlan(server.url, path));
  const checked = await authenticator.check(await sendPlan(plan), plan);
  expect(new TextDecoder().decode(checked.body)).toBe(body);
});

test('a request with a body is refused rather than sent unsigned', async () => {
  const authenticator = stage({ provider: qitechLike, url: 'https://host.invalid', credentials, settings: { signing: 'legacy' } });
  const plan = { ...getPlan('https://host.invalid', path), body: { kind: 'json', text: '{}' } } as const;
  await expect(authenticator.authenticate(plan)).rejects.toMatchObject({ code: 'config' });
});

test('an unknown variant is a configuration error', () => {
  expect(() => stage({ provider: qitechLike, url: 'https://host.invalid', credentials, settings: { signing: 'v3' } })).toThrow(
    'signing of profile "test" must be "v2" or "legacy"',
  );
});
