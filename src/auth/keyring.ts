// The keyring of the system as a source of secrets and a place for them: a child process asks it, which is ended when it does not answer.
import { lstatSync } from 'node:fs';
import { type HelperOptions, runHelper } from './helper-process.ts';
import type { ChildAnswer, ChildTask } from './keyring-child.ts';

export type KeyringAnswer = ChildAnswer | { readonly kind: 'too slow' };

export interface KeyringOptions extends HelperOptions {
  /** How loanq is started: the Node binary and the launcher. */
  readonly self: readonly string[];
  /** The caller; undefined where directories have no owner. */
  readonly uid: number | undefined;
}

/** Reads one entry, or writes or removes it. Fails closed: nothing but the keyring is asked. */
export async function askKeyring(account: string, options: KeyringOptions, task?: ChildTask): Promise<KeyringAnswer> {
  const argv = [...options.self, 'keyring-child', account, ...(task === undefined ? [] : ['told'])];
  const end = await runHelper(argv, { ...options, env: withBus(options), speaks: 'messages', ...(task !== undefined && { tell: task }) });
  if (end.kind === 'too slow') return { kind: 'too slow' };
  return end.kind === 'exit' && isAnswer(end.message) ? end.message : { kind: 'unavailable' };
}

function isAnswer(message: unknown): message is ChildAnswer {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/**
 * Where systemd puts the session bus, for sessions that do not say so. `su` leaves the directory of the user before, on whose bus
 * anything may answer: only one's own counts.
 */
function withBus({ env, uid }: Pick<KeyringOptions, 'env' | 'uid'>): HelperOptions['env'] {
  const { XDG_RUNTIME_DIR: runtime, ...others } = env;
  if (runtime === undefined) return env;
  if (!isOwn(runtime, uid)) return others;
  return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtime}/bus`, ...env };
}

function isOwn(directory: string, uid: number | undefined): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return uid === undefined || (stats?.uid === uid && (stats.mode & 0o022) === 0);
}
