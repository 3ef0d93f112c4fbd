// FinCode FinLend: hosts, schemes, headers and error words. Doc: https://docs.fincode.technology/api/authentication.
// The host selects the tenant. Lending lives under /api/v1, login under /api/v6; whether both share a host is not documented.
import type { Provider } from '../../core/provider.ts';
import { idempotent } from './calls.ts';

// Required by the general reference and by the login pages; the lending pages leave them out and do not forbid them.
const platform = { platform: 'fincode', uuid: '200' } as const;

// The answers of login and refresh are described, not printed: the places are tried in order.
const extract = {
  accessToken: ['access_token', 'accessToken', 'token', 'data.access_token', 'data.accessToken', 'data.token'],
  refreshToken: ['refresh_token', 'refreshToken', 'data.refresh_token', 'data.refreshToken'],
} as const;

export const finlend = {
  name: 'finlend',
  title: 'FinCode FinLend',
  docs: 'https://docs.fincode.technology',
  baseUrl: 'https://finlend.fincode.software',
  environments: [
    {
      name: 'sandbox',
      baseUrl: 'https://finlend.fincode.software',
      hosts: '.fincode.software',
      about: 'the tenant of the documented examples',
    },
    { name: 'production', hosts: '.fincode.tech', about: 'each tenant has its own name before it' },
  ],
  credentials: { token: 'token', email: 'e-mail address', password: 'password' },
  schemes: [
    {
      kind: 'token',
      about: 'a ready token (an access token lasts an hour, one from the dashboard longer)',
      credential: 'token',
      location: { in: 'header', name: 'X-Auth-Token' },
      jwt: true,
      sample: 'YOUR_JWT_ACCESS_TOKEN',
    },
    {
      kind: 'exchange',
      about: 'e-mail and password: loanq logs in itself',
      credentials: ['email', 'password'],
      location: { in: 'header', name: 'X-Auth-Token' },
      login: [
        {
          method: 'PUT',
          path: '/api/v6/services/securitymanagement/login',
          headers: platform,
          json: { email: '{email}', currentPassword: '{password}' },
          extract,
        },
      ],
      // Refresh tokens rotate: one used twice counts as a breach and forces a new login.
      refresh: {
        method: 'PUT',
        path: '/api/v6/services/securitymanagement/refresh-token',
        headers: platform,
        json: { refresh_token: '{refreshToken}' },
        extract,
      },
      revoke: {
        method: 'PUT',
        path: '/api/v6/services/securitymanagement/logout',
        headers: { ...platform, 'x-auth-token': '{accessToken}' },
        json: { refresh_token: '{refreshToken}' },
        extract: {},
      },
      expiry: 'jwt',
      lockout: true,
      encrypt: { credential: 'password', publicKey: 'publicKey' },
    },
  ],
  open: ['email'],
  settings: {
    customerIp: {
      type: 'ip',
      about: 'sent as x-fapi-customer-ip-address: the IP address of the customer the lookup is made for',
      ask: 'IP address of the customer? FinLend wants one with every lookup',
    },
    publicKey: {
      type: 'key',
      about: 'RSA public key of the tenant (dashboard: Settings, API Connections, Encryption Keys); with it the password is sent encrypted',
    },
  },
  headers: {
    'x-fapi-auth-date': { now: 'iso-seconds' },
    'x-fapi-customer-ip-address': {
      setting: 'customerIp',
      hint: 'set customerIp in the profile (or LOANQ_FINLEND_CUSTOMER_IP): FinLend wants the IP address of the customer with every call',
    },
    'x-fapi-interaction-id': { fresh: 'uuid', report: true },
    ...platform,
  },
  failure: {
    // Where the code stands in an error body is not documented.
    code: ['code', 'error.code', 'errorCode', 'data.code'],
    message: ['message', 'error.message', 'error', 'data.message'],
    success: [
      { at: 'success', is: ['true'] },
      { at: 'status', is: ['SUCCESS'] },
    ],
    notFoundBy404: true,
  },
  failures: [
    { status: 401, code: 'AUTH_REQUIRED', means: 'auth', about: 'the token is missing or invalid', when: 'bad-credential' },
    { status: 403, code: 'FORBIDDEN', means: 'auth', about: 'the role behind the token has not the right to this call' },
    { status: 422, code: 'VALIDATION_ERROR', means: 'refused', about: 'validation failed' },
    { status: 429, code: 'RATE_LIMIT_EXCEEDED', means: 'temporary', about: 'too many requests' },
    { status: 500, code: 'SERVER_ERROR', means: 'temporary', about: 'internal error' },
    { status: 503, code: 'SERVICE_UNAVAILABLE', means: 'temporary', about: 'temporarily unavailable' },
    // Login: the bodies are not documented.
    {
      status: 401,
      means: 'auth',
      about: 'at a login: wrong e-mail or password',
      hint: 'check email and password in the profile; repeated failures lock the account',
      when: 'bad-login',
    },
    {
      status: 403,
      means: 'auth',
      about: 'at a login: the account is locked after repeated failed logins',
      hint: 'wait for the lock to end, have an administrator lift it, or reset the password',
      when: 'bad-login',
    },
    {
      status: 404,
      means: 'auth',
      about: 'at a login: the e-mail is not registered in this tenant',
      hint: 'check email in the profile, and that baseUrl is the host of the right tenant',
      when: 'bad-login',
    },
  ],
  test: { method: 'GET', path: '/api/v6/services/usermanagement/profile' },
  usualHeaders: idempotent,
  usualPaging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 10, maxSize: 50, advised: true },
  never: [{ path: /\/verify-bank-account(?:\/|$)/, why: 'it asks a bank for the holder of an account' }],
} as const satisfies Omit<Provider, 'endpoints'>;
