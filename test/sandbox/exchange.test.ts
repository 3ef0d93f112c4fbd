// The documented token exchanges, call by call: what they hand out opens the sandbox, until it expires, is rotated or revoked.
import { constants, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, at, openSandbox, providerNamed } from './visit.ts';

/** A clock that tests set forward. */
let offsetMs = 0;
const sandbox = await openSandbox({ now: () => new Date(Date.UTC(2025, 5, 23, 8) + offsetMs) });

interface Posted {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: object;
}

async function post(provider: string, target: string, { method = 'POST', headers = {}, json }: Posted = {}) {
  const { status, body } = await ask(at(sandbox.addresses, provider), target, {
    method,
    headers: { ...headers, ...(json && { 'content-type': 'application/json' }) },
    ...(json && { body: JSON.stringify(json) }),
  });
  return { status, body, json: body.startsWith('{') ? JSON.parse(body) : undefined };
}

describe('Ekuaibao', () => {
  const { appKey = '', appSecurity = '' } = at(sandbox.credentials, 'ekuaibao');
  const login = (json: object = { appKey, appSecurity }) => post('ekuaibao', '/api/openapi/v1/auth/getAccessToken', { json });
  const refresh = (access: string, renewal: string, power = '219904') =>
    post('ekuaibao', `/api/openapi/v2/auth/refreshToken?accessToken=${access}&refreshToken=${renewal}&powerCode=${power}`);
  const look = async (token: string) =>
    (await ask(at(sandbox.addresses, 'ekuaibao'), `/api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]?accessToken=${token}`)).status;

  test('a login answers tokens and the absolute time of expiry, and the token works until then', async () => {
    const { status, json } = await login();
    expect(status).toBe(200);
    expect(Object.keys(json.value)).toEqual(['accessToken', 'refreshToken', 'expireTime', 'corporationId']);
    expect(json.value.corporationId).toBe('bwa3wajigF0WH0');
    expect(json.value.expireTime).toBe(Date.UTC(2025, 5, 23, 9));
    expect(await look(json.value.accessToken)).toBe(200);
    offsetMs = 3_599_999;
    expect(await look(json.value.accessToken)).toBe(200);
    offsetMs = 3_600_000;
    expect(await look(json.value.accessToken)).toBe(403);
    offsetMs = 0;
  });

  test('wrong keys, keys left out, and keys in the query are refused as documented', async () => {
    const invalid = { status: 403, body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}' };
    expect(await login({ appKey, appSecurity: 'wrong' })).toMatchObject(invalid);
    expect(await login({ appKey })).toMatchObject(invalid);
    expect(await login({})).toMatchObject(invalid);
    const inQuery = await post('ekuaibao', `/api/openapi/v1/auth/getAccessToken?appKey=${appKey}&appSecurity=${appSecurity}`);
    expect(inQuery).toMatchObject(invalid);
  });

  test('a refresh changes both tokens; the old ones end', async () => {
    const { accessToken, refreshToken } = (await login()).json.value;
    const { status, json } = await refresh(accessToken, refreshToken);
    expect(status).toBe(200);
    expect(json.value.accessToken).not.toBe(accessToken);
    expect(json.value.refreshToken).not.toBe(refreshToken);
    expect(await look(accessToken)).toBe(403);
    expect(await look(json.value.accessToken)).toBe(200);
    expect((await refresh(json.value.accessToken, refreshToken)).status).toBe(403);
  });

  test('an expired token cannot be refreshed, and the power code is checked', async () => {
    const { accessToken, refreshToken } = (await login()).json.value;
    expect((await refresh(accessToken, refreshToken, '1')).status).toBe(400);
    offsetMs = 3_600_000;
    expect((await refresh(accessToken, refreshToken)).status).toBe(403);
    offsetMs = 0;
  });
});

describe('FinLend', () => {
  const { email = '', password = '' } = at(sandbox.credentials, 'finlend');
  const platform = { platform: 'fincode', uuid: '200' };
  const service = '/api/v6/services/securitymanagement';
  const put = (path: string, json: object, headers: Readonly<Record<string, string>> = platform) =>
    post('finlend', service + path, { method: 'PUT', headers, json });
  const look = async (token: string) => {
    const path = '/api/v1/services/user/list-customer-repayments/123e4567-e89b-12d3-a456-426614174000';
    const fapi = {
      'x-fapi-auth-date': '2025-06-23T08:00:00Z',
      'x-fapi-customer-ip-address': at(at(sandbox.settings, 'finlend'), 'customerIp'),
      'x-fapi-interaction-id': 'a',
    };
    return (await ask(at(sandbox.addresses, 'finlend'), path, { headers: { ...fapi, 'X-Auth-Token': token } })).status;
  };

  test('a login answers a JWT that states its expiry, and its logout ends both tokens', async () => {
    const { status, json } = await put('/login', { email, currentPassword: password });
    expect(status).toBe(200);
    const claims = JSON.parse(Buffer.from(json.access_token.split('.')[1], 'base64url').toString('utf8'));
    expect(claims.exp).toBe(Date.UTC(2025, 5, 23, 9) / 1000);
    expect(await look(json.access_token)).toBe(200);
    const logout = await put('/logout', { refresh_token: json.refresh_token }, { ...platform, 'x-auth-token': json.access_token });
    expect(logout.body).toBe('{"success":true,"status":"SUCCESS","message":"success"}');
    expect(await look(json.access_token)).toBe(401);
    expect((await put('/refresh-token', { refresh_token: json.refresh_token })).status).toBe(401);
  });

  test('login is a PUT with the platform headers', async () => {
    expect((await post('finlend', `${service}/login`, { headers: platform, json: { email, currentPassword: password } })).status).toBe(405);
    expect((await put('/login', { email, currentPassword: password }, {})).status).toBe(400);
  });

  test('a wrong password is the documented 401', async () => {
    const answer = await put('/login', { email, currentPassword: 'wrong-password' });
    expect(answer).toMatchObject({ status: 401, body: '{"success":false,"message":"Wrong credentials."}' });
  });

  test('a refresh token works once', async () => {
    const first = (await put('/login', { email, currentPassword: password })).json;
    const second = await put('/refresh-token', { refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    expect(await look(second.json.access_token)).toBe(200);
    expect((await put('/refresh-token', { refresh_token: first.refresh_token })).status).toBe(401);
  });

  test('a sandbox with sealing opens a sealed password', async () => {
    const sealing = await openSandbox({ providers: [providerNamed('finlend')], sealed: true });
    const key = at(at(sealing.settings, 'finlend'), 'publicKey');
    const sealed = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(password)).toString(
      'base64',
    );
    const login = (currentPassword: string) =>
      ask(at(sealing.addresses, 'finlend'), `${service}/login`, {
        method: 'PUT',
        headers: { ...platform, 'content-type': 'application/json' },
        body: JSON.stringify({ email, currentPassword }),
      });
    expect((await login(sealed)).status).toBe(200);
    expect((await login(`${sealed.slice(0, -8)}AAAAAAA=`)).status).toBe(401);
  });
});

describe('Interlace', () => {
  const { clientId = '', clientSecret = '' } = at(sandbox.credentials, 'interlace');
  const authorize = async (id = clientId) => {
    const { status, body } = await ask(at(sandbox.addresses, 'interlace'), `/open-api/v3/oauth/authorize?clientId=${id}`);
    return { status, json: JSON.parse(body) };
  };
  const exchange = (json: object) => post('interlace', '/open-api/v3/oauth/access-token', { json });

  test('a code is exchanged once for a token with its lifetime in seconds', async () => {
    const { code } = (await authorize()).json.data;
    const { status, json } = await exchange({ clientId, code });
    expect(status).toBe(200);
    expect(json).toMatchObject({ code: '000000', message: 'success', data: { expiresIn: 3600 } });
    const headers = { 'x-access-token': json.data.accessToken };
    expect((await ask(at(sandbox.addresses, 'interlace'), '/open-api/v3/sandbox/account-negative', { headers })).status).toBe(200);
    expect((await exchange({ clientId, code })).status).toBe(401);
  });

  test('the client secret may be left out and must be right when given', async () => {
    const right = await exchange({ clientId, clientSecret, code: (await authorize()).json.data.code });
    expect(right.status).toBe(200);
    const wrong = await exchange({ clientId, clientSecret: 'wrong', code: (await authorize()).json.data.code });
    expect(wrong.status).toBe(401);
  });

  test('an unknown client gets no code', async () => {
    expect(await authorize('nobody')).toEqual({ status: 401, json: { code: '401', message: 'Wrong credentials.' } });
  });

  test('a refresh answers a new token', async () => {
    const { refreshToken } = (await exchange({ clientId, code: (await authorize()).json.data.code })).json.data;
    const { status, json } = await post('interlace', '/open-api/v3/oauth/refresh-token', { json: { clientId, refreshToken } });
    expect(status).toBe(200);
    expect(json.data.refreshToken).not.toBe(refreshToken);
  });
});

describe('the call that proves a credential', () => {
  test.each([
    [
      'ekuaibao',
      '/api/openapi/v1/corporations?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0',
      {},
      '{\n\t"value": {\n\t\t"id": "JOYbpjPP-E2Q00",\n\t\t"name": "恒达"\n\t}\n}\n',
    ],
    [
      'interlace',
      '/open-api/v3/accounts?limit=1',
      { 'x-access-token': at(at(sandbox.credentials, 'interlace'), 'accessToken') },
      '{"code":"000000","message":"success","data":{"list":[{"id":"2e3cbb16-a420-4080-9094-e19f45371fee","createTime":"1700620189590",' +
        '"type":0,"status":"ACTIVE","verifiedName":"示例测试账户","verifiedNameEn":"Example Test Account","displayId":"2000001",' +
        '"parentAccountId":null}],"total":"241"}}',
    ],
    [
      'finlend',
      '/api/v6/services/usermanagement/profile',
      { 'X-Auth-Token': 'YOUR_JWT_ACCESS_TOKEN' },
      '{\n  "success": true,\n  "data": { "firstName": "Ngozi", "email": "ops@example.com", "roles": ["MANAGER"], "status": "ACTIVE" }\n}\n',
    ],
  ])('%s answers a success to a good token', async (provider, target, headers, body) => {
    expect(await ask(at(sandbox.addresses, provider), target, { headers })).toMatchObject({ status: 200, body });
    expect((await ask(at(sandbox.addresses, provider), target.replace(/\?.*/, ''))).status).toBeGreaterThanOrEqual(401);
  });
});

test('ready tokens are the same in every sandbox and long enough to be masked', async () => {
  const other = await openSandbox();
  for (const provider of ['ekuaibao', 'finlend', 'crego', 'interlace']) {
    expect(other.credentials[provider]).toEqual(sandbox.credentials[provider]);
    for (const value of Object.values(at(sandbox.credentials, provider))) expect(value.length).toBeGreaterThanOrEqual(8);
  }
});
