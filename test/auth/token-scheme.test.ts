import { expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import { inEnglish } from '../../src/core/say.ts';
import { getPlan } from './loopback.ts';
import { cregoLike, looseJwt, realClock, stage } from './stage.ts';

const now = Date.parse('2025-06-23T12:00:00Z');
const plan = getPlan('https://host.invalid', '/v1/lms/records/1/');

function withToken(token: string): Authenticator {
  const clock = { ...realClock, now: () => new Date(now) };
  return stage({ provider: cregoLike, url: 'https://host.invalid', credentials: { token }, clock });
}
const expiring = (seconds: number): string => looseJwt({ exp: now / 1000 + seconds });

test('a ready token goes into its header, marked, and cannot be renewed', async () => {
  const authenticator = withToken('opaque-canary');
  expect((await authenticator.authenticate(plan)).headers.at(-1)).toEqual({
    name: 'Authorization',
    value: 'Bearer opaque-canary',
    secret: true,
  });
  expect(await authenticator.rejected({ status: 401, headers: {}, body: new Uint8Array() })).toBe(false);
  expect([await authenticator.login(), await authenticator.logout()]).toEqual(['not-needed', 'not-needed']);
});

test.each([
  ['expired', -1, ['the token of profile "test" expired at 2025-06-23T11:59:59Z']],
  ['about to expire', 240, ['the token of profile "test" expires in 4 min, at 2025-06-23T12:04:00Z']],
  ['good for longer', 301, []],
])('a token that has %s is told in words', async (_, seconds, warnings) => {
  const authenticator = withToken(expiring(seconds));
  expect((await authenticator.warnings()).map(inEnglish)).toEqual(warnings);
  expect((await authenticator.describe()).expiresAt).toEqual(new Date(now + seconds * 1000));
});

test('an expired token explains its rejection better than the clock does', async () => {
  const response = { status: 401, headers: {}, body: new Uint8Array(), date: 'Mon, 23 Jun 2025 11:00:00 GMT' };
  expect(inEnglish((await withToken(expiring(-60)).hint(response)) ?? '')).toBe(
    'the token of profile "test" expired at 2025-06-23T11:59:00Z',
  );
  expect(inEnglish((await withToken(expiring(9_999)).hint(response)) ?? '')).toBe(
    'the clock of this machine is off by 3600 s (ahead): set it right and try again',
  );
});

test.each(['opaque', 'a.b.c', looseJwt({ exp: 'soon' }), looseJwt({}), looseJwt([])])(
  'a token without a readable expiry is opaque (%#)',
  async token => {
    const authenticator = withToken(token);
    expect(await authenticator.warnings()).toEqual([]);
    expect(await authenticator.describe()).toEqual({ kind: 'token', about: 'ready token', credentials: ['token'] });
  },
);
