// The failures the providers document, typed from their pages and not from the endpoint literals: what comes over the wire,
// and the exit code it has to end with.

export interface DocumentedFailure {
  /** `provider endpoint`, or `provider` alone for what every endpoint can meet. */
  readonly of: string;
  readonly about: string;
  readonly status: number;
  readonly type?: string;
  readonly body: string;
  readonly exit: 4 | 21 | 22 | 25 | 27;
  /** The provider's own code, as it must be reported. */
  readonly code?: string;
}

const page = '<!DOCTYPE html>\n<html><body><h1>Not Found</h1></body></html>';
const ekuaibao = (code: number, message: string): string =>
  `{"errorCode":${code},"errorMessage":"${message}","errorDetails":null,"code":null,"data":null}`;
const finlend = (code: string, message: string): string => `{"success":false,"code":"${code}","message":"${message}"}`;
const qitech = (code: string, title: string, description: string): string =>
  `{"title":"${title}","description":"${description}","translation":"em português","code":"${code}","extra_fields":{}}`;
const interlace = (code: string, message: string): string => `{"code":"${code}","message":"${message}","data":null}`;

export const documentedFailures: readonly DocumentedFailure[] = [
  { of: 'ekuaibao repayment-records', about: 'an empty list is an unknown id', status: 200, body: '{"items": []}', exit: 21 },
  {
    of: 'ekuaibao loan',
    about: 'no loan package with that id',
    status: 400,
    body: ekuaibao(400, '根据借款包Id:ID_3HV7_Hq1yKw, 获取不到对应的借款包,请核查'),
    exit: 21,
    code: '400',
  },
  {
    of: 'ekuaibao loan',
    about: 'no loan package with that id, inside HTTP 200',
    status: 200,
    body: ekuaibao(400, '根据借款包Id:ID_3HV7_Hq1yKw, 获取不到对应的借款包,请核查'),
    exit: 21,
    code: '400',
  },
  { of: 'ekuaibao loan', about: 'another bad request is no missing package', status: 400, body: ekuaibao(400, '参数错误'), exit: 22 },
  { of: 'ekuaibao', about: 'the token has expired', status: 403, body: ekuaibao(403, '未授权'), exit: 4, code: '403' },
  { of: 'ekuaibao', about: 'the token has expired, in plain text', status: 403, type: 'text/plain', body: '未授权', exit: 4 },
  { of: 'ekuaibao', about: 'the feature is not bought', status: 403, body: ekuaibao(403, '未开通功能，无权访问'), exit: 22, code: '403' },
  { of: 'ekuaibao', about: 'a refusal inside HTTP 200', status: 200, body: ekuaibao(403, '未授权'), exit: 4, code: '403' },
  {
    of: 'ekuaibao',
    about: 'a refusal one level deeper inside HTTP 200',
    status: 200,
    body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}',
    exit: 4,
    code: '403',
  },
  { of: 'ekuaibao', about: 'code 401', status: 200, body: ekuaibao(401, 'unauthorized'), exit: 4, code: '401' },
  { of: 'ekuaibao', about: 'a 403 without a word', status: 403, body: '{}', exit: 4 },
  { of: 'ekuaibao', about: 'a wrong path', status: 404, type: 'text/html', body: page, exit: 22 },
  { of: 'ekuaibao', about: 'a server fault', status: 500, body: ekuaibao(500, '系统异常'), exit: 25, code: '500' },
  { of: 'ekuaibao', about: 'a timeout of the gateway', status: 504, type: 'text/html', body: page, exit: 25 },

  { of: 'finlend', about: 'token missing or invalid', status: 401, body: finlend('AUTH_REQUIRED', 'x'), exit: 4, code: 'AUTH_REQUIRED' },
  { of: 'finlend', about: 'not enough rights', status: 403, body: finlend('FORBIDDEN', 'x'), exit: 4, code: 'FORBIDDEN' },
  { of: 'finlend', about: 'no such resource', status: 404, body: finlend('NOT_FOUND', 'x'), exit: 21, code: 'NOT_FOUND' },
  { of: 'finlend', about: 'validation', status: 422, body: finlend('VALIDATION_ERROR', 'x'), exit: 22, code: 'VALIDATION_ERROR' },
  { of: 'finlend', about: 'busy', status: 429, body: finlend('RATE_LIMIT_EXCEEDED', 'x'), exit: 25, code: 'RATE_LIMIT_EXCEEDED' },
  { of: 'finlend', about: 'a server fault', status: 500, body: finlend('SERVER_ERROR', 'x'), exit: 25, code: 'SERVER_ERROR' },
  { of: 'finlend', about: 'unavailable', status: 503, body: finlend('SERVICE_UNAVAILABLE', 'x'), exit: 25, code: 'SERVICE_UNAVAILABLE' },
  { of: 'finlend', about: 'success false inside HTTP 200', status: 200, body: finlend('VALIDATION_ERROR', 'x'), exit: 22 },
  { of: 'finlend', about: 'a status that is not SUCCESS', status: 200, body: '{"status":"FAILED","data":[],"message":"x"}', exit: 22 },

  { of: 'crego', about: 'the token is rejected', status: 401, body: '{"detail":"Given token not valid for any token type"}', exit: 4 },
  { of: 'crego record', about: 'no record with that id', status: 404, body: '{"detail":"Not found."}', exit: 21 },
  { of: 'crego', about: 'a page in the place of an answer', status: 404, type: 'text/html', body: page, exit: 22 },
  { of: 'crego', about: 'a bad gateway', status: 502, type: 'text/html', body: page, exit: 25 },

  {
    of: 'qitech',
    about: 'no wallet with that key',
    status: 404,
    body: qitech('CIN000007', 'Wallet not Found', 'Wallet with key: f47ac10b-58cc-4372-a567-0e02b2c3d479 was not found'),
    exit: 21,
    code: 'CIN000007',
  },
  {
    of: 'qitech wallet-entry',
    about: 'no wallet entry with that key',
    status: 404,
    body: qitech('CIN000078', 'Not Found', 'Wallet entry with key: 8cb70dea-9fb0-4a68-9572-99a72849c8d6 was not found'),
    exit: 21,
    code: 'CIN000078',
  },
  {
    of: 'qitech invoice',
    about: 'no invoice with that key',
    status: 404,
    body: '{"title":"Not Found","description":"Invoice with key: 8cb70dea-9fb0-4a68-9572-99a72849c8d6 was not found"}',
    exit: 21,
  },
  { of: 'qitech', about: 'no client key sent', status: 400, body: qitech('GDF000003', 'Bad Request', 'x'), exit: 4, code: 'GDF000003' },
  { of: 'qitech', about: 'bad signature', status: 401, body: qitech('GDF000014', 'QI Unauthenticated', 'x'), exit: 4, code: 'GDF000014' },
  {
    of: 'qitech',
    about: 'the endpoint is not enabled',
    status: 401,
    body: qitech('GDF000014', 'QI Unauthenticated', 'Action not allowed for the given ClientIntegration (Action: GET /wallet)'),
    exit: 4,
    code: 'GDF000014',
  },
  { of: 'qitech', about: 'an unknown client', status: 404, body: qitech('GDF000018', 'Not Found', 'x'), exit: 4, code: 'GDF000018' },
  { of: 'qitech', about: 'an unknown route', status: 404, body: qitech('QIT000404', 'Not Found', 'no route'), exit: 22, code: 'QIT000404' },
  { of: 'qitech', about: 'a format error', status: 400, body: qitech('QIT000001', 'Bad Request', 'x'), exit: 22, code: 'QIT000001' },
  { of: 'qitech', about: 'an outage', status: 503, body: '', exit: 25 },

  { of: 'interlace', about: 'the token is rejected', status: 401, body: interlace('401', 'Unauthorized'), exit: 4 },
  { of: 'interlace', about: 'no such balance', status: 200, body: interlace('010021', 'x'), exit: 22, code: '010021' },
  { of: 'interlace', about: 'no KYC information', status: 400, body: interlace('010787', 'x'), exit: 22, code: '010787' },
  { of: 'interlace', about: 'not enabled in the sandbox', status: 200, body: interlace('902', 'x'), exit: 22, code: '902' },
  { of: 'interlace', about: 'a wrong path', status: 404, body: '{"timestamp":1,"status":404,"error":"Not Found"}', exit: 22 },
];

/** Failures of the documented logins, where there are some: path, answer and the word the message must hold. */
export const loginFailures: readonly (DocumentedFailure & { readonly path: string; readonly credentials: object })[] = [
  {
    of: 'ekuaibao',
    about: 'wrong key or password',
    path: '/api/openapi/v1/auth/getAccessToken',
    credentials: { appKey: 'canary-app-key-0001', appSecurity: 'canary-app-security-0001' },
    status: 403,
    body: '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}',
    exit: 4,
  },
  ...[
    [401, 'wrong password'],
    [403, 'the account is locked'],
    [404, 'email not registered'],
  ].map(([status, message]) => ({
    of: 'finlend',
    about: String(message),
    path: '/api/v6/services/securitymanagement/login',
    credentials: { email: 'ops@example.com', password: 'canary-password-0001' },
    status: Number(status),
    body: JSON.stringify({ success: false, message }),
    exit: 4 as const,
  })),
];
