// Crego LMS: host, scheme and error words. Doc: https://api-docs.crego.io.
// The pages that would show how to obtain a token were not readable, so a token has to be at hand. No error bodies are documented.
import type { Provider } from '../../core/provider.ts';

export const crego = {
  name: 'crego',
  title: 'Crego LMS',
  docs: 'https://api-docs.crego.io',
  baseUrl: 'https://preprod.api.crego.io',
  environments: [{ name: 'pre-production', baseUrl: 'https://preprod.api.crego.io', about: 'the only one its pages name' }],
  credentials: { token: 'token' },
  schemes: [
    {
      kind: 'token',
      about: 'a ready token',
      credential: 'token',
      location: { in: 'header', name: 'Authorization', prefix: 'Bearer ' },
      jwt: true,
    },
  ],
  failure: { code: ['code'], message: ['message', 'detail', 'error'], byParameter: true, notFoundBy404: true },
  failures: [{ status: 401, means: 'auth', about: 'the bearer token is missing, wrong or expired', when: 'bad-credential' }],
  usualPaging: {
    kind: 'page',
    page: 'page',
    first: 1,
    defaultSize: 15,
    total: 'count',
    current: 'current_page',
    pageSize: 'page_size',
    unverified: true,
  },
  // The menu names these GETs and no page their paths: they are told by the words of their names.
  never: [
    { path: /refresh[-_]?limit/, why: 'by its name it triggers work: the menu calls it "Refresh Limit"' },
    { path: /re[-_]?run[-_]?checks?/, why: 'by its name it triggers work: the menu calls it "Re Run Checks"' },
    { path: /export[-_]?cashback|cashback[-_]?export/, why: 'it starts an export whose answer no page describes' },
  ],
} as const satisfies Omit<Provider, 'endpoints'>;
