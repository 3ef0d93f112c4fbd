import { expect, test } from 'vitest';
import { placeCredential, placedCredential } from '../../src/auth/place.ts';
import { getPlan } from './loopback.ts';

const plan = getPlan('https://host.invalid', '/loan/[ID_1]', [
  { name: 'start', value: '0' },
  { name: 'accessToken', value: 'from-the-user' },
]);

test('a query credential comes first, is marked, and replaces a part of the same name', () => {
  const placed = placeCredential(plan, { query: 'accessToken' }, 'ID_3:bwa3');
  expect(placed.query).toEqual([
    { name: 'accessToken', value: 'ID_3:bwa3', secret: true },
    { name: 'start', value: '0' },
  ]);
  expect(placedCredential(placed, { query: 'accessToken' })).toBe('ID_3:bwa3');
});

test('a header credential carries its prefix and replaces a header of any case', () => {
  const place = { header: 'Authorization', prefix: 'Bearer ' };
  const placed = placeCredential({ ...plan, headers: [{ name: 'AUTHORIZATION', value: 'x' }] }, place, 'token');
  expect(placed.headers).toEqual([{ name: 'Authorization', value: 'Bearer token', secret: true }]);
  expect(placedCredential(placed, place)).toBe('token');
});

test('the plan that comes back is frozen to its parts, the one given is untouched', () => {
  const before = structuredClone(plan);
  const placed = placeCredential(plan, { header: 'X-Auth-Token' }, 'token');
  expect([placed, placed.query, placed.headers, placed.headers[0]].every(Object.isFrozen)).toBe(true);
  expect(plan).toEqual(before);
});
