// What the authentication and error pages of Ekuaibao say, typed from there: tests hold the literal against it.
import type { ProviderFacts } from '../facts.ts';

/** The body of a refusal. */
export const refusal = (code: number, message: string): string =>
  `{"errorCode":${code},"errorMessage":"${message}","errorDetails":null,"code":null,"data":null}`;

const page = '<!DOCTYPE html>\n<html><body><h1>Not Found</h1></body></html>';
const wrongKey = '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}';

export default {
  baseUrl: 'https://app.ekuaibao.com',
  schemes: ['token: accessToken', 'exchange: appKey appSecurity'],
  tokenCalls: ['POST /api/openapi/v1/auth/getAccessToken', 'POST /api/openapi/v2/auth/refreshToken'],
  failures: [
    { about: 'the token has expired', status: 403, body: refusal(403, '未授权'), exit: 4, code: '403' },
    { about: 'the token has expired, in plain text', status: 403, type: 'text/plain', body: '未授权', exit: 4 },
    { about: 'the feature is not bought', status: 403, body: refusal(403, '未开通功能，无权访问'), exit: 22, code: '403' },
    { about: 'a refusal inside HTTP 200', status: 200, body: refusal(403, '未授权'), exit: 4, code: '403' },
    { about: 'a refusal one level deeper inside HTTP 200', status: 200, body: wrongKey, exit: 4, code: '403' },
    { about: 'code 401', status: 200, body: refusal(401, 'unauthorized'), exit: 4, code: '401' },
    { about: 'a 403 without a word', status: 403, body: '{}', exit: 4 },
    { about: 'a wrong path', status: 404, type: 'text/html', body: page, exit: 22 },
    { about: 'a server fault', status: 500, body: refusal(500, '系统异常'), exit: 25, code: '500' },
    { about: 'a timeout of the gateway', status: 504, type: 'text/html', body: page, exit: 25 },
  ],
  login: {
    path: '/api/openapi/v1/auth/getAccessToken',
    credentials: { appKey: 'canary-app-key-0001', appSecurity: 'canary-app-security-0001' },
    failures: [{ about: 'wrong key or password', status: 403, body: wrongKey, exit: 4 }],
  },
} satisfies ProviderFacts;
