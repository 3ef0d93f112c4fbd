// A refusal that another process left in the store: it is believed if it is of this run's time, and under no clock that was wrong.
import { expect, test } from 'vitest';
import { createTokenSession } from '../../src/auth/token-session.ts';
import { createMemoryStore } from '../../src/auth/token-store.ts';
import { AuthError } from '../../src/core/errors.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const hour = 3_600_000;

async function currentAfterRefusal(at: number): Promise<string> {
  const store = createMemoryStore();
  await store.write({ kind: 'refused', at, message: 'refused', facts: {} });
  const tokens = { accessToken: 'fresh-token', obtainedAt: now };
  const session = createTokenSession({
    exchange: { login: async () => tokens, refresh: async () => tokens, revoke: async () => {}, canRefresh: () => false, canRevoke: false },
    store,
    lockout: true,
    clock: { now: () => new Date(now), monotonicMs: () => 0 },
    since: now - 1000,
    protect: () => {},
  });
  return session.current();
}

test('one of while this run has been waiting is this run’s, too', async () => {
  await expect(currentAfterRefusal(now - 500)).rejects.toThrow(AuthError);
  await expect(currentAfterRefusal(now)).rejects.toThrow(AuthError);
});

test.each([now - hour, now + hour, now + 10_000 * hour])('one of another time, %d, is none', async at => {
  expect(await currentAfterRefusal(at)).toBe('fresh-token');
});
