// The documented failures of the literals hold together with the bodies and the keys they name.
import { expect, test } from 'vitest';
import { parseJson } from '../../src/core/json.ts';
import { readProblem } from '../../src/decode/problem.ts';
import { allProviders } from '../../src/providers/index.ts';

const known = (await allProviders()).flatMap(provider => [
  ...(provider.failures ?? []).map(failure => ({ name: provider.name, provider, endpoint: undefined, failure })),
  ...provider.endpoints.flatMap(endpoint =>
    (endpoint.failures ?? []).map(failure => ({ name: `${provider.name} ${endpoint.name}`, provider, endpoint, failure })),
  ),
]);

test.each(known.filter(({ failure }) => failure.body !== undefined))(
  '$name: the documented body of "$failure.about" is read as this failure and no other, and repeats only keys of the call',
  ({ provider, endpoint, failure }) => {
    const body = failure.body ?? '';
    const duringLogin = failure.when === 'bad-login';
    expect(readProblem(provider, endpoint, failure.status ?? 0, parseJson(body), body, { duringLogin }).failure).toBe(failure);
    const placeholders = [...body.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
    expect(['api_client_key', ...Object.keys(endpoint?.keys ?? {})]).toEqual(expect.arrayContaining(placeholders));
  },
);

test.each(known.filter(({ failure }) => typeof failure.when === 'object'))('$name: the unknown thing is a key', ({ endpoint, failure }) => {
  const unknown = typeof failure.when === 'object' ? failure.when.unknown : '';
  expect(Object.keys(endpoint?.keys ?? {})).toContain(unknown);
});
