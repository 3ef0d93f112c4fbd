import { expect, test } from 'vitest';
import { credentialIn, withCredential } from '../../src/auth/credential-location.ts';
import { getPlan } from './loopback.ts';

const plan = getPlan('https://host.invalid', '/loan/[ID_1]', [
  { name: 'start', value: '0' },
  { name: 'accessToken', value: 'from-the-user' },
]);

const inQuery = { in: 'query', name: 'accessToken' } as const;

test('a query credential comes first, is marked, and replaces a part of the same name', () => {
  const placed = withCredential(plan, inQuery, 'ID_3:bwa3');
  expect(placed.query).toEqual([
    { name: 'accessToken', value: 'ID_3:bwa3', secret: true },
    { name: 'start', value: '0' },
  ]);
  expect(credentialIn(placed, inQuery)).toBe('ID_3:bwa3');
});

test('a header credential carries its prefix and replaces a header of any case', () => {
  const location = { in: 'header', name: 'Authorization', prefix: 'Bearer ' } as const;
  const placed = withCredential({ ...plan, headers: [{ name: 'AUTHORIZATION', value: 'x' }] }, location, 'token');
  expect(placed.headers).toEqual([{ name: 'Authorization', value: 'Bearer token', secret: true }]);
  expect(credentialIn(placed, location)).toBe('token');
});

test('the plan that comes back is frozen to its parts, the one given is untouched', () => {
  const before = structuredClone(plan);
  const placed = withCredential(plan, { in: 'header', name: 'X-Auth-Token' }, 'token');
  expect([placed, placed.query, placed.headers, placed.headers[0]].every(Object.isFrozen)).toBe(true);
  expect(plan).toEqual(before);
});
