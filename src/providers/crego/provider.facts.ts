// What is known of Crego's ways in and failures: its pages print no error bodies. Tests hold the literal against it.
import type { ProviderFacts } from '../facts.ts';

const page = '<!DOCTYPE html>\n<html><body><h1>Not Found</h1></body></html>';

export default {
  baseUrl: 'https://preprod.api.crego.io',
  schemes: ['token: token'],
  failures: [
    { about: 'the token is rejected', status: 401, body: '{"detail":"Given token not valid for any token type"}', exit: 4 },
    { about: 'a refusal by parameter', status: 400, body: '{"demand":["Must be a valid UUID."]}', exit: 22 },
    { about: 'a page in the place of an answer', status: 404, type: 'text/html', body: page, exit: 22 },
    { about: 'a bad gateway', status: 502, type: 'text/html', body: page, exit: 25 },
  ],
} satisfies ProviderFacts;
