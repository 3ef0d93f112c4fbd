// Reads the keyring of the system in a child process: a hung D-Bus blocks the thread that calls it, and only a process can be ended.
import { createRequire } from 'node:module';
import { type HelperOptions, runHelper } from './helper-process.ts';

/** Name under which the keyring knows our entries. */
export const keyringService = 'loanq';

export type KeyringAnswer =
  | { readonly kind: 'value'; readonly bytes: Buffer }
  | { readonly kind: 'no entry' | 'not installed' | 'unavailable' | 'too slow' };

const exits = { noEntry: 10, notInstalled: 11, unavailable: 12 } as const;

// Without the pinned store the library falls back to kernel memory in silence, where nothing of ours ever is.
const script = `
  const [library, service, account] = process.argv.slice(1);
  const load = () => { try { return require(library); } catch { process.exit(${exits.notInstalled}); } };
  const { Entry } = load();
  try {
    const value = new Entry(service, account, { linux: { store: 'secret-service' } }).getPassword();
    if (value === null || value === undefined) process.exit(${exits.noEntry});
    require('node:fs').writeFileSync(1, value);
  } catch { process.exit(${exits.unavailable}); }
`;

export interface KeyringOptions extends HelperOptions {
  /** The Node binary. */
  readonly nodePath: string;
  /** Module that reads the keyring, by path; the installed one unless given. */
  readonly library?: string;
}

/** Reads one entry. Fails closed: nothing but the keyring is asked. */
export async function readKeyring(account: string, options: KeyringOptions): Promise<KeyringAnswer> {
  const library = options.library ?? findLibrary();
  if (library === undefined) return { kind: 'not installed' };
  const argv = [options.nodePath, '--input-type=commonjs', '-e', script, '--', library, keyringService, account];
  const end = await runHelper(argv, { ...options, env: withBus(options.env) });
  if (end.kind === 'too slow') return { kind: 'too slow' };
  if (end.kind !== 'exit') return { kind: 'unavailable' };
  if (end.code === 0) return { kind: 'value', bytes: end.output };
  if (end.code === exits.noEntry) return { kind: 'no entry' };
  return { kind: end.code === exits.notInstalled ? 'not installed' : 'unavailable' };
}

function findLibrary(): string | undefined {
  try {
    // The sources are ES modules, the bundle is CommonJS: each knows its place by another name.
    return createRequire(import.meta.url ?? __filename).resolve('@napi-rs/keyring');
  } catch {
    return undefined;
  }
}

/** Where systemd puts the session bus, for sessions that do not say so. */
function withBus(env: HelperOptions['env']): HelperOptions['env'] {
  const { DBUS_SESSION_BUS_ADDRESS: bus, XDG_RUNTIME_DIR: runtime } = env;
  return bus === undefined && runtime !== undefined ? { ...env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtime}/bus` } : env;
}
