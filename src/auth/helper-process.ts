// Runs a child process that hands over a secret, and never lets it outlive its welcome.
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';

export interface HelperOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly limitMs: number;
  readonly maxBytes: number;
  readonly platform: NodeJS.Platform;
  /** Ends a process and everything it started: on POSIX the child leads a group of its own. */
  readonly killGroup: (pid: number) => void;
  /** Aborted: the child is ended and the reason thrown. */
  readonly signal?: AbortSignal;
  /** How it hands over: on its stdout, unless it is a Node program that sends one message. */
  readonly speaks?: 'messages';
  /** Sent to a Node program once it runs: what must stand neither in its arguments nor in its environment. */
  readonly tell?: object;
}

export type HelperEnd =
  | { readonly kind: 'exit'; readonly code: number | null; readonly output: Buffer; readonly message?: unknown }
  | { readonly kind: 'not started' | 'too slow' | 'too long' };

/** Runs a program without a shell, without stdin, its stderr dropped. Resolves when nothing of it is left to wait for. */
export async function runHelper(argv: readonly string[], options: HelperOptions): Promise<HelperEnd> {
  const [program = '', ...rest] = argv;
  options.signal?.throwIfAborted();
  const detached = options.platform !== 'win32';
  const { env, cwd } = options;
  const start = detached ? spawn : await startOnWindows();
  const stdio: StdioOptions = options.speaks === 'messages' ? ['ignore', 'ignore', 'ignore', 'ipc'] : ['ignore', 'pipe', 'ignore'];
  const child = start(program, rest, { shell: false, detached, windowsHide: true, env, cwd, stdio });
  if (options.tell !== undefined) child.send(options.tell, () => undefined);
  const end = await ending(child, options);
  if (end === 'aborted' || end.kind !== 'exit') endAll(child, options);
  if (end === 'aborted') throw options.signal?.reason;
  return end;
}

/** There many a helper is a `.cmd` file, which Node itself refuses to start. */
async function startOnWindows(): Promise<typeof spawn> {
  const { default: crossSpawn } = await import('cross-spawn');
  return crossSpawn as typeof spawn;
}

function ending(child: ChildProcess, { limitMs, maxBytes, signal }: HelperOptions): Promise<HelperEnd | 'aborted'> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let length = 0;
    let message: unknown;
    const settle = (end: HelperEnd | 'aborted'): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(end);
    };
    const abort = (): void => settle('aborted');
    const timer = setTimeout(() => settle({ kind: 'too slow' }), limitMs);
    signal?.addEventListener('abort', abort, { once: true });
    child.on('error', () => settle({ kind: 'not started' }));
    child.stdout?.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) settle({ kind: 'too long' });
      else chunks.push(chunk);
    });
    child.on('message', said => {
      message = said;
    });
    // Not `exit`: what it said may still be on its way.
    child.on('close', code => settle({ kind: 'exit', code, output: Buffer.concat(chunks), message }));
  });
}

function endAll(child: ChildProcess, options: HelperOptions): void {
  child.stdout?.destroy();
  if (child.pid === undefined) return;
  try {
    if (options.platform === 'win32') child.kill('SIGKILL');
    else options.killGroup(child.pid);
  } catch {
    // It ended by itself in the meantime.
  }
  child.unref();
}

/** Variables a helper may need: where it is, who asks, and what password tools are set up by. */
const passed =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|TERM|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|SSH_AUTH_SOCK|GNUPGHOME|GPG_TTY|PASSWORD_STORE_\w+|OP_\w+|BW_\w+|VAULT_\w+|AWS_\w+|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|TEMP|TMP|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA)$/i;

/** A small environment: no other provider's credentials, nothing that changes how Node or the loader work. */
export function helperEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && passed.test(name) ? [[name, value]] : [])),
  );
}
