// What the authentication and error pages of Interlace say, typed from there: tests hold the literal against it.
import type { ProviderFacts } from '../facts.ts';

const refusal = (code: string, message = 'x'): string => `{"code":"${code}","message":"${message}","data":null}`;

export default {
  baseUrl: 'https://api-sandbox.interlace.money',
  schemes: ['token: accessToken', 'exchange: clientId clientSecret'],
  tokenCalls: ['GET /open-api/v3/oauth/authorize', 'POST /open-api/v3/oauth/access-token', 'POST /open-api/v3/oauth/refresh-token'],
  failures: [
    { about: 'the token is rejected', status: 401, body: refusal('401', 'Unauthorized'), exit: 4 },
    { about: 'a caller that is not on the IP allow list', status: 403, body: refusal('403', 'Forbidden'), exit: 4 },
    { about: 'no such balance', status: 200, body: refusal('010021'), exit: 22, code: '010021' },
    { about: 'no KYC information', status: 400, body: refusal('010787'), exit: 22, code: '010787' },
    { about: 'not enabled in the sandbox', status: 200, body: refusal('902'), exit: 22, code: '902' },
    { about: 'a wrong path', status: 404, body: '{"timestamp":1,"status":404,"error":"Not Found"}', exit: 22 },
  ],
} satisfies ProviderFacts;
