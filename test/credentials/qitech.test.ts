// QI Tech's signatures: checked by jose and by the public key alone, answered with signatures that are checked in turn.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { runInProcess, type Said } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { type Answer, type Handler, startServer, type TestServer } from '../runner/server.ts';
import { clientKey, configOf, lookup, privatePem, publicPem, qiPrivatePem, qiPublicPem, wayTo } from './ways.ts';

const v2 = wayTo('qitech-v2');
const legacy = wayTo('qitech-legacy');
const key = v2.keys[0] ?? '';
const target = `/wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/wallet_entry/${key}`;
const record = JSON.stringify(v2.answer(key, 'concluded'));
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

async function askWith(profile: object, handler: Handler, args = lookup(v2)): Promise<{ ran: Said; server: TestServer }> {
  const server = await startServer(handler);
  const home = await ownHome();
  await home.configure(configOf(v2, server.origin, profile));
  const ran = await runInProcess(args, { home });
  return { ran, server };
}

async function sign(claims: object | string, pem = qiPrivatePem, alg = 'ES512'): Promise<string> {
  const text = typeof claims === 'string' ? claims : JSON.stringify(claims);
  return new CompactSign(Buffer.from(text)).setProtectedHeader({ alg, typ: 'JWT' }).sign(createPrivateKey(pem));
}

async function claimsOf(token: string): Promise<Record<string, string>> {
  const { payload } = await compactVerify(token, createPublicKey(publicPem), { algorithms: ['ES512'] });
  return JSON.parse(Buffer.from(payload).toString());
}

/** By the document alone: what is signed is what stands before the last dot, the signature is r and s of 66 bytes each. */
function isSignedByUs(token: string): boolean {
  const cut = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(cut + 1), 'base64url');
  const publicKey = { key: createPublicKey(publicPem), dsaEncoding: 'ieee-p1363' } as const;
  return signature.length === 132 && verify('sha512', Buffer.from(token.slice(0, cut)), publicKey, signature);
}

describe.concurrent('a request signed by the current scheme', () => {
  it('verifies with jose and with the public key alone, and says what the document says', async () => {
    const sinceMs = Date.now();
    const { ran, server } = await askWith({}, () => ({ body: record }));
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const headers = server.requests[0]?.headers ?? {};
    const token = headers.authorization ?? '';
    expect(headers['api-client-key']).toBe(clientKey);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES512', typ: 'JWT' });
    const claims = await claimsOf(token);
    expect(claims).toEqual({
      payload_md5: '99914b932bd37a50b983c5e7c90ae93b',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      method: 'GET',
      uri: target,
    });
    const signedMs = Date.parse(claims.timestamp ?? '');
    expect([signedMs >= sinceMs, signedMs <= Date.now()]).toEqual([true, true]);
    expect(isSignedByUs(token)).toBe(true);
  });

  it('is signed afresh for every attempt', async () => {
    const { ran, server } = await askWith({ retries: 1 }, (_, number) => (number === 1 ? { status: 503 } : { body: record }));
    expect(ran.code).toBe(0);
    const tokens = server.requests.map(({ headers }) => headers.authorization ?? '');
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.every(isSignedByUs)).toBe(true);
  });

  it('auth status --check asks GET /test/<client key>', async () => {
    const { ran, server } = await askWith({}, () => ({ body: '{"success":"Congrats!"}' }), ['auth', 'status', '--check']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^mine +QI Tech +accepted /m);
    expect(server.requests.map(({ method, target: asked }) => `${method} ${asked}`)).toEqual([`GET /test/${clientKey}`]);
    expect((await claimsOf(server.requests[0]?.headers.authorization ?? '')).uri).toBe(`/test/${clientKey}`);
  });

  it.each([
    ['an unknown client key', 404, 'GDF000018', 'check clientKey'],
    ['a signature that cannot be verified', 401, 'GDF000014', 'check that privateKey belongs to the public key'],
  ])('%s is exit code 4, and one request', async (_, status, code, hint) => {
    const { ran, server } = await askWith({ retries: 3 }, () => ({ status, body: JSON.stringify({ code, title: 'x', description: 'y' }) }));
    expect([ran.code, ran.stdout]).toEqual([4, '']);
    expect(ran.stderr).toContain(hint);
    expect(server.requests).toHaveLength(1);
  });

  it('a wrong clock is named when the signature is refused', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const { ran } = await askWith({}, () => ({
      status: 401,
      headers: { date },
      body: '{"code":"GDF000014","description":"Failed while decoding"}',
    }));
    expect(ran.code).toBe(4);
    expect(ran.stderr).toMatch(/hint: the clock of this machine is off by 3\d{3} s \(behind\)/);
  });
});

/** A signed answer of the current scheme; `changed` are claims to replace. */
const signedV2 = async (body: string, changed: object = {}, pem = qiPrivatePem): Promise<Answer> => {
  const claims = { payload_md5: md5(body), timestamp: new Date().toISOString(), method: 'GET', uri: target, ...changed };
  return { body, headers: { authorization: await sign(claims, pem) } };
};
const stranger = String(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
const past = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

describe.concurrent('an answer of the current scheme, with qiPublicKey', () => {
  it('is delivered when its signature fits', async () => {
    const { ran } = await askWith({ qiPublicKey: qiPublicPem }, () => signedV2(record), [...lookup(v2), '--json']);
    expect([ran.code, ran.stderr, JSON.parse(ran.stdout)]).toEqual([0, '', [JSON.parse(record)]]);
  });

  it.each([
    [
      'a changed body',
      async () => ({ ...(await signedV2(record)), body: record.replace('concluded', 'cancelled') }),
      'its body is not the signed one',
    ],
    ['another request', () => signedV2(record, { uri: '/wallet/other' }), 'it was signed for another request'],
    ['another method', () => signedV2(record, { method: 'POST' }), 'it was signed for another request'],
    ['an old signature', () => signedV2(record, { timestamp: past(400) }), 'it was signed more than 5 minutes ago'],
    ['a signature of tomorrow', () => signedV2(record, { timestamp: past(-86_400) }), 'it was signed in the future'],
    ['a stranger', () => signedV2(record, {}, stranger), 'its signature is not the provider’s'],
    [
      'no signature at all in the place of one',
      async () => ({ body: record, headers: { authorization: 'x.y.' } }),
      'its signature is not the provider’s',
    ],
  ] as const)('is refused for %s', async (_, answer, sentence) => {
    const { ran, server } = await askWith({ qiPublicKey: qiPublicPem, retries: 2 }, answer);
    expect([ran.code, ran.stdout]).toEqual([27, '']);
    expect(ran.stderr).toContain(`the signed answer cannot be trusted: ${sentence}`);
    expect(server.requests).toHaveLength(1);
  });
});

describe.concurrent('an unsigned answer of the current scheme, with qiPublicKey', () => {
  const strict = { qiPublicKey: qiPublicPem };
  const lenient = { ...strict, unsignedAnswers: 'warn' };
  const notFound = '{"title":"Not Found","description":"Wallet entry was not found","code":"CIN000078"}';
  const forged = record.replace('150.00', '950.00').replace('concluded', 'forged');

  it.each([
    ['a lookup', lookup(v2)],
    ['the raw body', [...lookup(v2), '--raw']],
  ])('is refused, not printed: %s', async (_, args) => {
    const { ran, server } = await askWith({ ...strict, retries: 2 }, () => ({ body: forged }), args);
    expect([ran.code, ran.stdout]).toEqual([27, '']);
    expect(ran.stderr).toContain('the answer cannot be trusted: it is not signed');
    expect(ran.stderr).toContain('hint: if QI Tech does not sign its answers to you, set "unsignedAnswers": "warn" in profile "mine"\n');
    expect(server.requests).toHaveLength(1);
  });

  it('cannot make a record disappear: "not found" needs a signature, too', async () => {
    const unsigned = await askWith(strict, () => ({ status: 404, body: notFound }));
    expect([unsigned.ran.code, unsigned.ran.stdout]).toEqual([27, '']);
    expect(unsigned.ran.stderr).toContain('an answer that is not signed says: not found (HTTP 404 CIN000078: Wallet entry was not found)');
    expect(unsigned.ran.stderr).toContain('set "unsignedAnswers": "warn" in profile "mine"\n');
    const signed = await askWith(strict, async () => ({ ...(await signedV2(notFound)), status: 404 }));
    expect([signed.ran.code, signed.ran.stdout]).toEqual([21, '']);
  });

  it('that is a failure keeps its meaning: a gateway cannot sign', async () => {
    const refused = await askWith(strict, () => ({ status: 404, body: '{"code":"GDF000018","title":"Not Found"}' }));
    expect(refused.ran.code).toBe(4);
    const passing = await askWith({ ...strict, retries: 1 }, (_, number) => (number === 1 ? { status: 503 } : signedV2(record)));
    expect([passing.ran.code, passing.server.requests.length]).toEqual([0, 2]);
  });

  it('is delivered with one warning a run where the profile allows it', async () => {
    const args = [...v2.call, ...v2.keys.slice(0, 3), '--json', '--concurrency', '1'];
    const { ran } = await askWith(lenient, (_, number) => ({ body: JSON.stringify(v2.answer(v2.keys[number - 1] ?? '', 'x')) }), args);
    expect([ran.code, JSON.parse(ran.stdout).length]).toEqual([0, 3]);
    expect(ran.stderr.match(/^warning: .*/gm)).toEqual([
      'warning: answers to profile "mine" come without a signature: they are not verified',
    ]);
  });

  it('is not found where the profile allows it', async () => {
    const { ran } = await askWith(lenient, () => ({ status: 404, body: notFound }));
    expect(ran.code).toBe(21);
  });

  it('leaves a wrong signature refused where the profile allows it', async () => {
    const { ran } = await askWith(lenient, () => signedV2(record, {}, stranger));
    expect([ran.code, ran.stdout]).toEqual([27, '']);
  });

  it('auth status says what holds', async () => {
    const status = async (profile: object): Promise<string | undefined> => {
      const { ran } = await askWith(profile, () => ({}), ['auth', 'status', '--json']);
      const [{ credential, answers }] = JSON.parse(ran.stdout);
      return `${credential}, ${answers}${ran.stderr === '' ? '' : `\n${ran.stderr.trimEnd()}`}`;
    };
    expect(await status({})).toBe('ES512 signature (v2), answers are not verified');
    expect(await status(strict)).toBe('ES512 signature (v2), answers are verified, unsigned ones refused (failures may be unsigned)');
    expect(await status(lenient)).toBe('ES512 signature (v2), signed answers are verified, unsigned ones let through with a warning');
    expect(await status({ unsignedAnswers: 'warn' })).toBe(
      'ES512 signature (v2), answers are not verified\nwarning: unsignedAnswers of profile "mine" has no effect without qiPublicKey',
    );
  });

  it('follows LOANQ_QITECH_UNSIGNED_ANSWERS where the environment makes the profile', async () => {
    const server = await startServer(() => ({ body: record }));
    const home = await ownHome();
    const env = {
      LOANQ_QITECH_BASE_URL: server.origin,
      LOANQ_QITECH_CLIENT_KEY: clientKey,
      LOANQ_QITECH_PRIVATE_KEY: privatePem,
      LOANQ_QITECH_QI_PUBLIC_KEY: qiPublicPem,
    };
    expect((await runInProcess(lookup(v2), { home, env })).code).toBe(27);
    expect((await runInProcess(lookup(v2), { home, env: { ...env, LOANQ_QITECH_UNSIGNED_ANSWERS: 'warn' } })).code).toBe(0);
    const misspelt = await runInProcess(lookup(v2), { home, env: { ...env, LOANQ_QITECH_UNSIGNED_ANSWERS: 'off' } });
    expect([misspelt.code, misspelt.stderr]).toEqual([
      20,
      'error: qitech wallet-entry: LOANQ_QITECH_UNSIGNED_ANSWERS must be one of refuse, warn\n',
    ]);
  });
});

interface LegacyChange {
  readonly client?: string;
  readonly line?: (lines: readonly string[]) => readonly string[];
  readonly pem?: string;
  readonly bodyPem?: string;
  readonly body?: (encoded: string) => string;
}

/** `{"encoded_body": …}` and signed headers, as the provider's own samples make them. */
async function signedLegacy(
  body: string,
  { client = clientKey, line = lines => lines, pem, bodyPem, body: change = text => text }: LegacyChange = {},
) {
  const encoded = await sign(body, bodyPem);
  const lines = line(['GET', md5(encoded), 'application/json', new Date().toUTCString(), target]);
  const token = await sign({ sub: client, signature: lines.join('\n') }, pem);
  return {
    body: JSON.stringify({ encoded_body: change(encoded) }),
    headers: { authorization: `QIT ${client}:${token}`, 'api-client-key': client },
  };
}

const asLegacy = { signing: 'legacy', qiPublicKey: qiPublicPem };
const replaceLine = (at: number, text: string) => (lines: readonly string[]) => lines.map((line, index) => (index === at ? text : line));

describe.concurrent('the legacy scheme', () => {
  it('makes the round trip: five signed lines out, a signed and encoded answer in', async () => {
    const { ran, server } = await askWith(asLegacy, () => signedLegacy(record), [...lookup(legacy), '--json']);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.stdout)).toEqual([JSON.parse(record)]);
    const [, client, token = ''] = /^QIT ([^:]+):(.+)$/.exec(server.requests[0]?.headers.authorization ?? '') ?? [];
    expect(client).toBe(clientKey);
    expect(isSignedByUs(token)).toBe(true);
    const { sub, signature = '' } = await claimsOf(token);
    expect(sub).toBe(clientKey);
    const [method, hash, type, date = '', endpoint, ...more] = signature.split('\n');
    expect([method, hash, type, endpoint, more]).toEqual(['GET', '', '', target, []]);
    expect(date).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
  });

  it('says an encoded refusal in the words of the provider', async () => {
    const refusal = '{"title":"Not Found","description":"Wallet entry was not found","code":"CIN000078"}';
    const { ran } = await askWith(asLegacy, async () => ({ ...(await signedLegacy(refusal)), status: 404 }));
    expect(ran.code).toBe(21);
    expect(ran.stderr).toContain('CIN000078: Wallet entry was not found');
  });

  it('warns when signatures are not verified for want of the public key', async () => {
    const { ran } = await askWith({ signing: 'legacy' }, () => signedLegacy(record));
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('their signatures are not verified: set qiPublicKey');
  });

  it('lets an unsigned answer through where the profile allows it', async () => {
    const { ran } = await askWith({ ...asLegacy, unsignedAnswers: 'warn' }, () => ({ body: record }));
    expect([ran.code, ran.stderr]).toEqual([0, 'warning: answers to profile "mine" come without a signature: they are not verified\n']);
  });

  const flip = (token: string): string => `${token.slice(0, -6)}${token.at(-6) === 'A' ? 'B' : 'A'}${token.slice(-5)}`;
  it.each([
    ['whose body was tampered with', () => signedLegacy(record, { body: flip }), 'the signature of its body is not the provider’s'],
    ['whose body a stranger signed', () => signedLegacy(record, { bodyPem: stranger }), 'the signature of its body is not the provider’s'],
    [
      'whose headers a stranger signed',
      () => signedLegacy(record, { pem: stranger }),
      'the signature of its headers is not the provider’s',
    ],
    ['for another client', () => signedLegacy(record, { client: 'someone-else' }), 'it is for another client'],
    ['for another request', () => signedLegacy(record, { line: replaceLine(4, '/wallet/other') }), 'it was signed for another request'],
    [
      'with the body of another answer',
      () => signedLegacy(record, { line: replaceLine(1, md5('other')) }),
      'its body is not the signed one',
    ],
    [
      'that is old',
      () => signedLegacy(record, { line: replaceLine(3, new Date(Date.now() - 400_000).toUTCString()) }),
      'more than 5 minutes ago',
    ],
    ['without signed headers', async () => ({ body: (await signedLegacy(record)).body }), 'its headers are not signed'],
    ['that is not signed', async () => ({ body: record }), 'it is not signed'],
    [
      'that is not signed and says not found',
      async () => ({ status: 404, body: '{"code":"CIN000078"}' }),
      'an answer that is not signed says: not found',
    ],
  ])('refuses an answer %s', async (_, answer, sentence) => {
    const { ran, server } = await askWith({ ...asLegacy, retries: 2 }, answer);
    expect([ran.code, ran.stdout]).toEqual([27, '']);
    expect(ran.stderr).toContain(sentence);
    expect(server.requests).toHaveLength(1);
  });
});
