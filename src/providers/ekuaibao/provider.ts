// Ekuaibao (合思·易快报): hosts, schemes and error words. Doc: https://docs.ekuaibao.com/docs/open-api/getting-started/auth, read 2026-11-21.
// The token is a query parameter of every call; no header form is documented.
import type { Provider } from '../../core/provider.ts';

const renew = 'the token may have expired, or baseUrl is not the host of this tenant (DingTalk, WeCom and Feishu tenants have their own)';

/** The tenant of the documented samples. */
const corporation = 'bwa3wajigF0WH0';

export const ekuaibao = {
  name: 'ekuaibao',
  title: 'Ekuaibao (合思)',
  docs: 'https://docs.ekuaibao.com/docs/open-api/getting-started/getting-started',
  baseUrl: 'https://app.ekuaibao.com',
  // No page names a test environment: these are told apart by where a tenant lives.
  environments: [
    { baseUrl: 'https://app.ekuaibao.com', about: 'tenants of the standalone product (合思独立版)' },
    { baseUrl: 'https://dd2.hosecloud.com', about: 'DingTalk (钉钉)' },
    { baseUrl: 'https://wx2.ekuaibao.com', about: 'WeCom (企业微信)' },
    { baseUrl: 'https://feishu.ekuaibao.com', about: 'Feishu (飞书)' },
    { baseUrl: 'https://kdcloud2.ekuaibao.com', about: 'Yunzhijia (云之家)' },
    { baseUrl: 'https://ddenterprise.ekuaibao.com', about: 'DingTalk in-house apps (钉钉企业自建应用)' },
  ],
  credentials: { accessToken: 'access token', appKey: 'app key (接入账号)', appSecurity: 'app password (接入密码)' },
  schemes: [
    {
      kind: 'token',
      about: 'a ready access token (lasts two hours)',
      credential: 'accessToken',
      location: { in: 'query', name: 'accessToken' },
      sample: 'ID_3JxnLl1078M:bwa3wajigF0WH0',
    },
    {
      kind: 'exchange',
      about: 'app key and password, from the administrator of the tenant (合思+ → 开放接口)',
      credentials: ['appKey', 'appSecurity'],
      location: { in: 'query', name: 'accessToken' },
      login: [
        {
          method: 'POST',
          path: '/api/openapi/v1/auth/getAccessToken',
          json: { appKey: '{appKey}', appSecurity: '{appSecurity}' },
          extract: { accessToken: ['value.accessToken'], refreshToken: ['value.refreshToken'], expires: ['value.expireTime'] },
          extraSample: { 'value.corporationId': corporation },
        },
      ],
      // Both tokens change. A token that has expired already cannot be refreshed.
      refresh: {
        method: 'POST',
        path: '/api/openapi/v2/auth/refreshToken',
        query: { accessToken: '{accessToken}', refreshToken: '{refreshToken}', powerCode: '219904' },
        extract: { accessToken: ['value.accessToken'], refreshToken: ['value.refreshToken'], expires: ['value.expireTime'] },
        extraSample: { 'value.corporationId': corporation },
      },
      expiry: 'epoch-ms',
    },
  ],
  settings: {
    packSize: { type: 'count', max: 200, about: 'ids in one call of a bracket list (default 20; the provider states no maximum)' },
  },
  failure: {
    // A rejected key nests its error one level deeper than everything else, and a rejected token may answer in plain text.
    code: ['errorCode', 'value.errorCode'],
    message: ['errorMessage', 'value.errorMessage', 'msg'],
    success: [
      { at: 'errorCode', is: [] },
      { at: 'value.errorCode', is: [] },
    ],
    notFoundBy404: false,
  },
  failures: [
    {
      status: 403,
      message: /未开通功能/,
      means: 'refused',
      about: 'the tenant has not bought the feature',
      hint: 'Open API (开放接口) is a feature of its own: an administrator of the tenant has to enable it',
    },
    {
      status: 403,
      message: /密钥无效/,
      means: 'auth',
      about: 'appKey or appSecurity is wrong, or the base URL is not the tenant’s',
      hint: 'check appKey and appSecurity in 合思+ → 开放接口, and baseUrl',
      when: 'bad-login',
      body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}',
    },
    {
      status: 403,
      message: /未授权/,
      means: 'auth',
      about: 'the token has expired or is wrong, or the base URL is not the tenant’s',
      hint: renew,
      when: 'bad-credential',
      body: '{"errorCode":403,"errorMessage":"未授权","errorDetails":null,"code":null,"data":null}',
    },
    { code: '401', means: 'auth', about: 'the token is not accepted', hint: renew },
    { code: '403', means: 'auth', about: 'the token is not accepted', hint: renew },
    { status: 403, means: 'auth', about: 'the token is not accepted, or the base URL is not the tenant’s', hint: renew },
  ],
  test: { method: 'GET', path: '/api/openapi/v1/corporations' },
  usualPaging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 100, maxSize: 100, total: 'count' },
} as const satisfies Omit<Provider, 'endpoints'>;
