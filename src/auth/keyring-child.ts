// Reads the keyring of the system in a process of its own, which the launcher starts for `keyring-child`: a hung D-Bus blocks
// the thread that calls it, and only a process can be ended.

/** Name under which the keyring knows our entries. */
export const keyringService = 'loanq';

/** What the child says, as a message to the one that started it. */
export type ChildAnswer =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'no entry' | 'not installed' | 'unavailable' };

/** Reads one entry. Nothing but the keyring is asked. */
export async function askKeyring(account: string): Promise<ChildAnswer> {
  const library = await import('@napi-rs/keyring').catch(() => undefined);
  if (library === undefined) return { kind: 'not installed' };
  try {
    // Pin the store: otherwise the library silently uses the kernel keyring.
    const value = new library.Entry(keyringService, account, { linux: { store: 'secret-service' } }).getPassword();
    return typeof value === 'string' ? { kind: 'value', value } : { kind: 'no entry' };
  } catch {
    return { kind: 'unavailable' };
  }
}
