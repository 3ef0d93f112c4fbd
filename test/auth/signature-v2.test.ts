// The current QI Tech scheme against a server that verifies with an independent library and knows the public key only.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { CompactSign, compactVerify } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import type { RequestPlan } from '../../src/core/request.ts';
import { inEnglish } from '../../src/core/say.ts';
import { getPlan, type Loopback, type Received, type Reply, sendPlan, startLoopback } from './loopback.ts';
import { qitechLike, realClock, stage } from './stage.ts';

const ours = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
const client = '16c8a1ec-8d75-47a1-b138-46746713b8d8';
const privateKey = ours.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const qiPublicKey = theirs.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const path = '/wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/wallet_entry/8cb70dea-9fb0-4a68-9572-99a72849c8d6';
const body = '{"wallet_entry_amount":10.0}';

let server: Loopback | undefined;
afterEach(() => server?.close());

async function serve(answer: (request: Received) => Reply | Promise<Reply>): Promise<Loopback> {
  server = await startLoopback(answer);
  return server;
}

function signer(url: string, verify: boolean): Authenticator {
  const keys = verify ? { qiPublicKey } : undefined;
  return stage({ provider: qitechLike, url, credentials: { clientKey: client, privateKey }, ...(keys && { keys }) });
}

async function claimsOf(request: Received | undefined): Promise<unknown> {
  const { payload, protectedHeader } = await compactVerify(String(request?.headers.authorization), ours.publicKey);
  expect(protectedHeader).toEqual({ alg: 'ES512', typ: 'JWT' });
  return JSON.parse(new TextDecoder().decode(payload));
}

describe('requests', () => {
  test('a GET signs exactly the four documented claims, the body being the empty object', async () => {
    const { url, received } = await serve(() => ({}));
    await sendPlan(await signer(url, false).authenticate(getPlan(url, path)));
    const [request] = received;
    expect(await claimsOf(request)).toEqual({
      payload_md5: '99914b932bd37a50b983c5e7c90ae93b',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      method: 'GET',
      uri: path,
    });
    expect(request?.headers['api-client-key']).toBe(client);
    expect(request?.headers['content-type']).toBeUndefined();
  });

  test('the query is signed as it was sent', async () => {
    const { url, received } = await serve(() => ({}));
    const query = [
      { name: 'note', value: "it's [é] a,b" },
      { name: 'page', value: '2' },
    ];
    await sendPlan(await signer(url, false).authenticate(getPlan(url, path, query)));
    expect(await claimsOf(received[0])).toMatchObject({ uri: received[0]?.url });
    expect(received[0]?.url).toContain('?note=it%27s');
  });

  test('a prefix of the base URL is not part of what the provider sees', async () => {
    const { url, received } = await serve(() => ({}));
    await sendPlan(await signer(`${url}/gateway`, false).authenticate(getPlan(`${url}/gateway`, path)));
    expect(received[0]?.url).toBe(`/gateway${path}`);
    expect(await claimsOf(received[0])).toMatchObject({ uri: path });
  });

  test('a body that is sent is the one that is signed', async () => {
    const { url, received } = await serve(() => ({}));
    const plan: RequestPlan = { ...getPlan(url, '/search'), method: 'POST', body: { kind: 'json', text: '{"name":"QI Tech"}' } };
    await sendPlan(await signer(url, false).authenticate(plan));
    expect(await claimsOf(received[0])).toMatchObject({ payload_md5: '4a603f0f0e7ddde9da2a0ad3d341f74b', method: 'POST' });
  });

  test('every attempt has its own signature, and both headers replace what the plan had', async () => {
    const authenticator = signer('https://host.invalid', false);
    const plan = getPlan('https://host.invalid', path);
    const [first, second] = [await authenticator.authenticate(plan), await authenticator.authenticate(plan)];
    const again = await authenticator.authenticate(first);
    const tokens = [first, second, again].map(signed => signed.headers.find(header => header.name === 'AUTHORIZATION')?.value);
    expect(new Set(tokens).size).toBe(3);
    expect(again.headers.map(header => [header.name, header.secret])).toEqual([
      ['accept', undefined],
      ['AUTHORIZATION', true],
      ['API-CLIENT-KEY', true],
    ]);
  });
});

describe('answers', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const good = (): Record<string, string> => ({ payload_md5: md5(body), timestamp: new Date().toISOString(), method: 'GET', uri: path });
  const signed = async (claims: object, key = theirs.privateKey): Promise<string> =>
    new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'ES512', typ: 'JWT' }).sign(key);

  async function read(authorization: string | undefined, verify = true): Promise<string> {
    const { url } = await serve(() => ({ body, ...(authorization !== undefined && { headers: { authorization } }) }));
    const authenticator = signer(url, verify);
    const plan = await authenticator.authenticate(getPlan(url, path));
    const checked = await authenticator.check(await sendPlan(plan), plan);
    return new TextDecoder().decode(checked.body);
  }

  test('a good signature passes the body on untouched', async () => {
    expect(await read(await signed(good()))).toBe(body);
  });

  test('an answer without a signature is refused, with what to do if none is ever signed', async () => {
    await expect(read(undefined)).rejects.toMatchObject({
      code: 'bad-response',
      message: 'the answer cannot be trusted: it is not signed',
      facts: { status: 200, hint: 'if qitech does not sign its answers to you, set "unsignedAnswers": "warn" in profile "test"' },
    });
  });

  test('a failure without a signature is marked', async () => {
    const authenticator = signer('https://host.invalid', true);
    const plan = getPlan('https://host.invalid', path);
    const response = { status: 404, headers: {}, body: new Uint8Array() };
    expect(await authenticator.check(response, plan)).toMatchObject({
      status: 404,
      unsigned: { hint: { pattern: expect.stringContaining('"warn"') } },
    });
    expect(await signer('https://host.invalid', false).check(response, plan)).not.toHaveProperty('unsigned');
  });

  test('without the provider’s public key nothing is verified', async () => {
    expect(await read('nonsense', false)).toBe(body);
  });

  const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();
  test.each([
    ['by another key', () => signed(good(), ours.privateKey), 'its signature is not the provider’s'],
    ['nonsense', async () => 'nonsense', 'its signature is not the provider’s'],
    ['another body', () => signed({ ...good(), payload_md5: md5('{}') }), 'its body is not the signed one'],
    ['another method', () => signed({ ...good(), method: 'POST' }), 'it was signed for another request'],
    ['another path', () => signed({ ...good(), uri: `${path}x` }), 'it was signed for another request'],
    ['six minutes old', () => signed({ ...good(), timestamp: minutes(-6) }), 'it was signed more than 5 minutes ago'],
    ['from the future', () => signed({ ...good(), timestamp: minutes(2) }), 'it was signed in the future'],
    ['without a time', () => signed({ ...good(), timestamp: undefined }), 'it does not say when it was signed'],
  ])('signed %s: refused', async (_, sign, fault) => {
    await expect(read(await sign())).rejects.toMatchObject({
      code: 'bad-response',
      message: `the signed answer cannot be trusted: ${fault}`,
    });
  });
});

describe('around the signature', () => {
  test('a rejected signature cannot be renewed; a wrong clock is named', async () => {
    const authenticator = stage({
      provider: qitechLike,
      url: 'https://host.invalid',
      credentials: { clientKey: client, privateKey },
      clock: { ...realClock, now: () => new Date('2024-01-15T11:30:00Z') },
    });
    const response = { status: 401, headers: {}, body: new Uint8Array(), date: 'Mon, 15 Jan 2024 10:30:00 GMT' };
    expect(await authenticator.rejected(response)).toBe(false);
    expect(inEnglish((await authenticator.hint(response)) ?? '')).toBe(
      'the clock of this machine is off by 3600 s (ahead): set it right and try again',
    );
  });

  test('a key that cannot sign is named, never shown', async () => {
    const canary = 'canary-not-a-key';
    const authenticator = stage({
      provider: qitechLike,
      url: 'https://host.invalid',
      credentials: { clientKey: client, privateKey: canary },
    });
    const error = await authenticator.authenticate(getPlan('https://host.invalid', path)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'config',
      message: 'privateKey of profile "test" needs a P-521 private key in PEM form: this is no PEM private key',
    });
    expect(JSON.stringify(error)).not.toContain(canary);
  });

  test('auth status knows the variant and whether answers are verified', async () => {
    expect(await signer('https://host.invalid', true).describe()).toEqual({
      kind: 'es512',
      about: 'ES512 signature (v2)',
      credentials: ['clientKey', 'privateKey'],
      answers: 'verified',
    });
  });

  test('a client key the provider calls open is not marked secret', async () => {
    const provider = { ...qitechLike, open: ['clientKey'] };
    const authenticator = stage({ provider, url: 'https://host.invalid', credentials: { clientKey: client, privateKey } });
    const { headers } = await authenticator.authenticate(getPlan('https://host.invalid', path));
    expect(headers.at(-1)).toEqual({ name: 'API-CLIENT-KEY', value: client });
  });
});
