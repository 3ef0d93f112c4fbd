// The keyring of the system as a source of secrets: a child process reads it, which is ended when it does not answer.
import { type HelperOptions, runHelper } from './helper-process.ts';
import type { ChildAnswer } from './keyring-child.ts';

export type KeyringAnswer = ChildAnswer | { readonly kind: 'too slow' };

export interface KeyringOptions extends HelperOptions {
  /** How loanq is started: the Node binary and the launcher. */
  readonly self: readonly string[];
}

/** Reads one entry. Fails closed: nothing but the keyring is asked. */
export async function readKeyring(account: string, options: KeyringOptions): Promise<KeyringAnswer> {
  const argv = [...options.self, 'keyring-child', account];
  const end = await runHelper(argv, { ...options, env: withBus(options.env), speaks: 'messages' });
  if (end.kind === 'too slow') return { kind: 'too slow' };
  return end.kind === 'exit' && isAnswer(end.message) ? end.message : { kind: 'unavailable' };
}

function isAnswer(message: unknown): message is ChildAnswer {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/** Where systemd puts the session bus, for sessions that do not say so. */
function withBus(env: HelperOptions['env']): HelperOptions['env'] {
  const { DBUS_SESSION_BUS_ADDRESS: bus, XDG_RUNTIME_DIR: runtime } = env;
  return bus === undefined && runtime !== undefined ? { ...env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtime}/bus` } : env;
}
