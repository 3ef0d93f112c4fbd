// What the authentication and error pages of FinLend say, typed from there: tests hold the literal against it.
import type { ProviderFacts } from '../facts.ts';

const refusal = (code: string): string => `{"success":false,"code":"${code}","message":"x"}`;
const loginRefusal = (message: string): string => `{"success":false,"message":"${message}"}`;

export default {
  baseUrl: 'https://finlend.fincode.software',
  schemes: ['token: token', 'exchange: email password'],
  tokenCalls: [
    'PUT /api/v6/services/securitymanagement/login',
    'PUT /api/v6/services/securitymanagement/refresh-token',
    'PUT /api/v6/services/securitymanagement/logout',
  ],
  failures: [
    { about: 'token missing or invalid', status: 401, body: refusal('AUTH_REQUIRED'), exit: 4, code: 'AUTH_REQUIRED' },
    { about: 'not enough rights', status: 403, body: refusal('FORBIDDEN'), exit: 4, code: 'FORBIDDEN' },
    { about: 'no such resource', status: 404, body: refusal('NOT_FOUND'), exit: 21, code: 'NOT_FOUND' },
    { about: 'validation', status: 422, body: refusal('VALIDATION_ERROR'), exit: 22, code: 'VALIDATION_ERROR' },
    { about: 'busy', status: 429, body: refusal('RATE_LIMIT_EXCEEDED'), exit: 25, code: 'RATE_LIMIT_EXCEEDED' },
    { about: 'a server fault', status: 500, body: refusal('SERVER_ERROR'), exit: 25, code: 'SERVER_ERROR' },
    { about: 'unavailable', status: 503, body: refusal('SERVICE_UNAVAILABLE'), exit: 25, code: 'SERVICE_UNAVAILABLE' },
    { about: 'success false inside HTTP 200', status: 200, body: refusal('VALIDATION_ERROR'), exit: 22 },
    { about: 'a status that is not SUCCESS', status: 200, body: '{"status":"FAILED","data":[],"message":"x"}', exit: 22 },
  ],
  login: {
    path: '/api/v6/services/securitymanagement/login',
    credentials: { email: 'ops@example.com', password: 'canary-password-0001' },
    failures: [
      { about: 'wrong password', status: 401, body: loginRefusal('wrong password'), exit: 4 },
      { about: 'the account is locked', status: 403, body: loginRefusal('the account is locked'), exit: 4 },
      { about: 'email not registered', status: 404, body: loginRefusal('email not registered'), exit: 4 },
    ],
  },
} satisfies ProviderFacts;
