// Interlace (formerly Qbit): host, token exchange and envelope. Doc: https://developer.interlace.money/docs/authentication.
// The card negative objects are documented without any path, so a path is a setting of the profile and has no built-in value.
import type { Provider } from '../../core/provider.ts';

const extract = {
  accessToken: ['data.accessToken', 'accessToken'],
  refreshToken: ['data.refreshToken', 'refreshToken'],
  expires: ['data.expiresIn', 'expiresIn'],
} as const;

export const interlace = {
  name: 'interlace',
  title: 'Interlace',
  docs: 'https://developer.interlace.money',
  baseUrl: 'https://api-sandbox.interlace.money',
  environments: [
    { name: 'sandbox', baseUrl: 'https://api-sandbox.interlace.money' },
    {
      name: 'production',
      baseUrl: 'https://api.interlace.money',
      about: 'answers listed IP addresses alone; named by clients, by no page',
    },
  ],
  credentials: {
    accessToken: 'access token',
    clientId: 'client id (merchant portal: development settings)',
    clientSecret: 'client secret',
  },
  schemes: [
    { kind: 'token', about: 'a ready access token', credential: 'accessToken', location: { in: 'header', name: 'x-access-token' } },
    {
      kind: 'exchange',
      about: 'client id: loanq obtains tokens itself',
      credentials: ['clientId'],
      // v3 takes none; older copies of the page, and resellers, want one.
      optional: ['clientSecret'],
      location: { in: 'header', name: 'x-access-token' },
      login: [
        // `code` at the root is the envelope's result code, never the authorisation code.
        { method: 'GET', path: '/open-api/v3/oauth/authorize', query: { clientId: '{clientId}' }, extract: { code: ['data.code'] } },
        {
          method: 'POST',
          path: '/open-api/v3/oauth/access-token',
          json: { clientId: '{clientId}', clientSecret: '{clientSecret}', code: '{code}' },
          extract,
        },
      ],
      refresh: {
        method: 'POST',
        path: '/open-api/v3/oauth/refresh-token',
        json: { clientId: '{clientId}', clientSecret: '{clientSecret}', refreshToken: '{refreshToken}' },
        extract,
      },
      expiry: 'seconds',
    },
  ],
  open: ['clientId'],
  settings: {
    paths: {
      type: 'paths',
      about:
        'path of each endpoint, such as "/open-api/v3/your/path", with parameters after a ? if it needs any: the provider publishes none',
    },
  },
  failure: {
    code: ['code'],
    message: ['message'],
    // A string by the document, a number in practice; a refusal may come with any HTTP status.
    success: [{ at: 'code', is: ['000000', '0'] }],
    notFoundBy404: false,
  },
  failures: [
    { status: 401, means: 'auth', about: 'the access token is missing, wrong or expired', when: 'bad-credential' },
    {
      status: 403,
      means: 'auth',
      about: 'the call is not allowed: the token, or the address it comes from',
      hint: 'production answers listed addresses alone: have the IP allow list checked for the address of this machine; if it is on it, the token is wrong',
    },
    { code: '010021', means: 'refused', about: 'the account balance does not exist' },
    { code: '010787', means: 'refused', about: 'no KYC information' },
    { code: '902', means: 'refused', about: 'the feature is not enabled in the sandbox' },
  ],
  test: { method: 'GET', path: '/open-api/v3/accounts' },
  usualPaging: { kind: 'page', page: 'page', first: 1, size: 'limit', defaultSize: 10, maxSize: 100, total: 'data.total' },
  never: [{ path: /\/cards\/(?!(?:wallets|transaction-list)$)[^/]+$/, why: 'it shows the data of a card' }],
} as const satisfies Omit<Provider, 'endpoints'>;
