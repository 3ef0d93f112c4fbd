// Asks the keyring of the system in a process of its own, which the launcher starts for `keyring-child`: a hung D-Bus blocks
// the thread that calls it, and only a process can be ended.

/** Name under which the keyring knows our entries. */
export const keyringService = 'loanq';

/** What the child is to do but read. It comes as a message: what stands in arguments can be seen by every user of the machine. */
export type ChildTask = { readonly store: string } | { readonly remove: true };

/** What the child says, as a message to the one that started it. */
export type ChildAnswer =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'stored' | 'removed' | 'no entry' | 'not installed' | 'unavailable' };

/** Reads one entry, or writes or removes it. Nothing but the keyring is asked. */
export async function askKeyring(account: string, task?: ChildTask): Promise<ChildAnswer> {
  const library = await import('@napi-rs/keyring').catch(() => undefined);
  if (library === undefined) return { kind: 'not installed' };
  try {
    // Pin the store: otherwise the library silently uses the kernel keyring.
    const entry = new library.Entry(keyringService, account, { linux: { store: 'secret-service' } });
    if (task !== undefined && 'store' in task) {
      entry.setPassword(task.store);
      return { kind: entry.getPassword() === task.store ? 'stored' : 'unavailable' };
    }
    if (task !== undefined) return { kind: entry.deleteCredential() ? 'removed' : 'no entry' };
    const value = entry.getPassword();
    return typeof value === 'string' ? { kind: 'value', value } : { kind: 'no entry' };
  } catch {
    return { kind: 'unavailable' };
  }
}
