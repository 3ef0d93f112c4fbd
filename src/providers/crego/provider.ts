// Crego LMS: host, scheme and error words. Doc: https://api-docs.crego.io.
// The pages that would show how to obtain a token were not readable, so a token has to be at hand. No error bodies are documented.
import type { Provider } from '../../core/provider.ts';

export const crego = {
  name: 'crego',
  title: 'Crego LMS',
  docs: 'https://api-docs.crego.io',
  baseUrl: 'https://preprod.api.crego.io',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'Authorization', prefix: 'Bearer ' }, jwt: true }],
  failure: { code: ['code'], message: ['message', 'detail', 'error'], byParameter: true, notFoundBy404: true },
  failures: [{ status: 401, means: 'auth', about: 'the bearer token is missing, wrong or expired', when: 'bad-credential' }],
} as const satisfies Omit<Provider, 'endpoints'>;
