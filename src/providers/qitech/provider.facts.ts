// What the authentication and error pages of QI Tech say, typed from there: tests hold the literal against it.
import type { FailureFact, ProviderFacts } from '../facts.ts';

/** The body of a refusal. */
export const refusal = (code: string, title: string, description: string): string =>
  `{"title":"${title}","description":"${description}","translation":"em português","code":"${code}","extra_fields":{}}`;

/** What every endpoint below a wallet can meet. */
export const noWallet: FailureFact = {
  about: 'no wallet with that key',
  status: 404,
  body: refusal('CIN000007', 'Wallet not Found', 'Wallet with key: f47ac10b-58cc-4372-a567-0e02b2c3d479 was not found'),
  exit: 21,
  code: 'CIN000007',
};

const notEnabled = 'Action not allowed for the given ClientIntegration (Action: GET /wallet)';

export default {
  baseUrl: 'https://api-auth.qitech.app',
  schemes: ['es512: clientKey privateKey'],
  failures: [
    { about: 'no client key sent', status: 400, body: refusal('GDF000003', 'Bad Request', 'x'), exit: 4, code: 'GDF000003' },
    { about: 'bad signature', status: 401, body: refusal('GDF000014', 'QI Unauthenticated', 'x'), exit: 4, code: 'GDF000014' },
    {
      about: 'the endpoint is not enabled',
      status: 401,
      body: refusal('GDF000014', 'QI Unauthenticated', notEnabled),
      exit: 4,
      code: 'GDF000014',
    },
    { about: 'an unknown client', status: 404, body: refusal('GDF000018', 'Not Found', 'x'), exit: 4, code: 'GDF000018' },
    { about: 'an unknown route', status: 404, body: refusal('QIT000404', 'Not Found', 'no route'), exit: 22, code: 'QIT000404' },
    { about: 'a format error', status: 400, body: refusal('QIT000001', 'Bad Request', 'x'), exit: 22, code: 'QIT000001' },
    { about: 'an outage', status: 503, body: '', exit: 25 },
  ],
} satisfies ProviderFacts;
