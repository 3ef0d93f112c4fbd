// Calls that are answered to anybody: nothing is read, nothing is added, and nothing can be renewed.
import type { Authenticator } from './authenticator-types.ts';

/** The authenticator of calls without a credential. */
export function createNoCredential(): Authenticator {
  return {
    authenticate: async plan => plan,
    preview: async plan => plan,
    check: async response => response,
    rejected: async () => false,
    hint: async () => undefined,
    warnings: async () => [],
    describe: async () => ({ kind: 'token', about: 'no credential', credentials: [] }),
    login: async () => 'not-needed',
    logout: async () => 'not-needed',
  };
}
