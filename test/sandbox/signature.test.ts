// Signed requests, made by jose: what is let in, and the documented failures of everything else.
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { compactVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Claims, signClaims, signedHeaders } from './signer.ts';
import { ask, at, now, openSandbox, providerNamed } from './visit.ts';

const sandbox = await openSandbox({ providers: [providerNamed('qitech')] });
const address = at(sandbox.addresses, 'qitech');
const credentials = at(sandbox.credentials, 'qitech');
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';
const target = `/wallet/${wallet}/wallet_entry/${entry}`;
const unauthenticated =
  '{"title":"QI Unauthenticated","description":"Please provide valid credentials as part of the request. (Documentation: https://qitech.com.br/documentation) Details: Failed while decoding the authentication token","translation":"Por favor forneça credenciais válidas como parte da request. (Documentação: https://qitech.com.br/documentation) Detalhes: Falha ao decodificar o token de autenticação","code":"GDF000014"}';

async function askSigned(asked: string, changed: Claims = {}) {
  const { status, body } = await ask(address, asked, { headers: (await signedHeaders(credentials, asked, changed)).headers });
  return { status, body };
}

describe('current signatures', () => {
  test('a good one is let in', async () => {
    expect(await askSigned(target)).toMatchObject({ status: 200 });
  });

  test.each<[string, Claims]>([
    ['another path', { uri: `/wallet/${wallet}` }],
    ['the path with a host', { uri: `https://api-auth.qitech.app${target}` }],
    ['another method', { method: 'POST' }],
    ['the md5 of nothing', { payload_md5: 'd41d8cd98f00b204e9800998ecf8427e' }],
    ['a time six minutes ago', { timestamp: new Date(now().getTime() - 360_000).toISOString() }],
    ['a time six minutes ahead', { timestamp: new Date(now().getTime() + 360_000).toISOString() }],
    ['a time without a zone', { timestamp: now().toISOString().replace('Z', '') }],
    ['a claim too many', { iat: 1 }],
    ['a claim too few', { method: undefined }],
  ])('%s is GDF000014', async (_, changed) => {
    expect(await askSigned(target, changed)).toEqual({ status: 401, body: unauthenticated });
  });

  test('a time four minutes ago is let in', async () => {
    expect(await askSigned(target, { timestamp: new Date(now().getTime() - 240_000).toISOString() })).toMatchObject({ status: 200 });
  });

  test('a signature replayed on another path is GDF000014', async () => {
    const { headers } = await signedHeaders(credentials, target);
    expect(await ask(address, target.replace('wallet_entry', 'invoice'), { headers })).toMatchObject({
      status: 401,
      body: unauthenticated,
    });
  });

  test('a signature by another key, or cut short, or no token at all, is GDF000014', async () => {
    const { headers } = await signedHeaders(credentials, target);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const forged = await signedHeaders({ ...credentials, privateKey: stranger }, target);
    const spoiled = [
      forged.headers.AUTHORIZATION,
      headers.AUTHORIZATION.slice(0, -4),
      headers.AUTHORIZATION.replace(/\.[^.]+$/, '.'),
      'nonsense',
    ];
    for (const AUTHORIZATION of spoiled) {
      expect(await ask(address, target, { headers: { ...headers, AUTHORIZATION } })).toMatchObject({ status: 401, body: unauthenticated });
    }
  });

  test('no client key is GDF000003, an unknown one GDF000018', async () => {
    const { headers } = await signedHeaders(credentials, target);
    expect(await ask(address, target, { headers: { AUTHORIZATION: headers.AUTHORIZATION } })).toMatchObject({
      status: 400,
      body: '{"title":"Bad Request","description":"No API Client Key received","translation":"Nenhuma chave de API do cliente recebida","code":"GDF000003"}',
    });
    const unknown = '11111111-2222-4333-8444-555555555555';
    expect(await ask(address, target, { headers: { ...headers, 'API-CLIENT-KEY': unknown } })).toMatchObject({
      status: 404,
      body: `{"code":"GDF000018","title":"Not Found","description":"No ClientIntegration found for api_client_key: ${unknown}.","translation":"Nenhuma ClientIntegration encontrada para api_client_key: ${unknown}."}`,
    });
  });
});

describe('answers to current signatures', () => {
  const publicKey = createPublicKey(at(at(sandbox.settings, 'qitech'), 'qiPublicKey'));

  test.each([
    ['a record', 200, target],
    ['an unknown record', 404, `/wallet/${wallet}/wallet_entry/00000000-9fb0-4a68-9572-99a72849c8d6`],
    ['the test call', 200, `/test/${at(credentials, 'clientKey')}`],
  ])('%s is signed, and verifies with qiPublicKey', async (_, status, asked) => {
    const answer = await ask(address, asked, { headers: (await signedHeaders(credentials, asked)).headers });
    expect([answer.status, answer.headers['api-client-key']]).toEqual([status, at(credentials, 'clientKey')]);
    const { payload, protectedHeader } = await compactVerify(`${answer.headers.authorization}`, publicKey);
    expect(protectedHeader).toEqual({ alg: 'ES512', typ: 'JWT' });
    expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toEqual({
      payload_md5: createHash('md5').update(answer.body).digest('hex'),
      timestamp: now().toISOString(),
      method: 'GET',
      uri: asked,
    });
  });
});

describe('wallets and entries', () => {
  const foreignWallet = 'abeca0d0-a09d-4b3b-a495-40b553422ced';
  const entryUnknown = (key: string) =>
    `{"title":"Not Found","description":"Wallet entry with key: ${key} was not found","translation":"Dívida da carteira com a chave: ${key} não foi encontrado","code":"CIN000078","extra_fields":{}}`;

  test('the documented unknown wallet is CIN000007', async () => {
    expect(await askSigned(`/wallet/${foreignWallet}/wallet_entry/${entry}`)).toEqual({
      status: 404,
      body: `{"title":"Wallet not Found","description":"Wallet with key: ${foreignWallet} was not found","translation":"Carteira com a chave: ${foreignWallet} não foi encontrado","code":"CIN000007","extra_fields":{}}`,
    });
  });

  test('an unknown entry, and a known one in another wallet, are CIN000078', async () => {
    const nobody = '00000000-9fb0-4a68-9572-99a72849c8d6';
    expect(await askSigned(`/wallet/${wallet}/wallet_entry/${nobody}`)).toEqual({ status: 404, body: entryUnknown(nobody) });
    const otherWallet = at(await otherOwner(), 'wallet_key');
    expect(await askSigned(`/wallet/${otherWallet}/wallet_entry/${entry}`)).toEqual({ status: 404, body: entryUnknown(entry) });
  });

  test('keys are found in either letter case', async () => {
    expect(await askSigned(target.toUpperCase().replace('/WALLET/', '/wallet/').replace('/WALLET_ENTRY/', '/wallet_entry/'))).toMatchObject(
      { status: 200 },
    );
  });

  async function otherOwner() {
    const { sampleKeys } = await import('../../src/sandbox/records.ts');
    const provider = providerNamed('qitech');
    const endpoint = provider.endpoints.find(({ name }) => name === 'wallet-entry');
    return endpoint && sampleKeys(provider, endpoint, 10).find(keys => keys.wallet_key !== wallet);
  }
});

describe('legacy signatures', () => {
  const client = at(credentials, 'clientKey');

  async function askLegacy({ date = now(), asked = target, type = '', sub = client } = {}) {
    const signature = ['GET', '', type, date.toUTCString(), asked].join('\n');
    const token = await signClaims(at(credentials, 'privateKey'), { sub, signature });
    return ask(address, target, { headers: { AUTHORIZATION: `QIT ${client}:${token}`, 'API-CLIENT-KEY': client } });
  }

  test('the answer is encoded and signed, and verifies with qiPublicKey', async () => {
    const publicKey = createPublicKey(at(at(sandbox.settings, 'qitech'), 'qiPublicKey'));
    const answer = await askLegacy();
    expect(answer.status).toBe(200);
    const { encoded_body: encoded } = JSON.parse(answer.body);
    const { payload, protectedHeader } = await compactVerify(encoded, publicKey);
    expect(protectedHeader).toEqual({ alg: 'ES512', typ: 'JWT' });
    expect(Buffer.from(payload).toString('utf8')).toContain('"wallet_entry_amount": 150.00');
    const [, answeredClient, token = ''] = /^QIT (.+):(.+)$/.exec(`${answer.headers.authorization}`) ?? [];
    expect([answeredClient, answer.headers['api-client-key']]).toEqual([client, client]);
    const claims = JSON.parse(Buffer.from((await compactVerify(token, publicKey)).payload).toString('utf8'));
    const md5 = createHash('md5').update(encoded).digest('hex');
    expect(claims).toEqual({ sub: client, signature: `GET\n${md5}\napplication/json\nMon, 23 Jun 2025 08:00:00 GMT\n${target}` });
  });

  test('both content types that official clients sign are accepted', async () => {
    expect(await askLegacy({ type: 'application/json' })).toMatchObject({ status: 200 });
    expect(await askLegacy({ type: 'text/plain' })).toMatchObject({ status: 401, body: unauthenticated });
  });

  test('a stale date, another path and another client are GDF000014', async () => {
    const stale = new Date(now().getTime() - 360_000);
    for (const change of [{ date: stale }, { asked: `/wallet/${wallet}` }, { sub: '11111111-2222-4333-8444-555555555555' }]) {
      expect(await askLegacy(change)).toMatchObject({ status: 401, body: unauthenticated });
    }
  });
});

test('the server keeps only the public half of the client key: a new sandbox has another', async () => {
  const other = await openSandbox({ providers: [providerNamed('qitech')] });
  expect(at(at(other.credentials, 'qitech'), 'privateKey')).not.toBe(credentials.privateKey);
  expect(at(credentials, 'privateKey')).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
});
