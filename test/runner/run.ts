// Runs the built program as a process of its own, with real pipes.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { launcher } from './app.ts';
import { environment, type Home, makeHome } from './home.ts';

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What stdin holds; without it stdin is empty. */
  readonly stdin?: string | Uint8Array;
  /** stdin stays open: the caller writes to it and ends it. */
  readonly keepStdinOpen?: true;
  readonly cwd?: string;
  /** A home of the caller's, for runs that need a config or share state. */
  readonly home?: Home;
  /** Another Node than the one that runs the tests. */
  readonly nodePath?: string;
  /** Another launcher than the one built for the tests. */
  readonly launcher?: string;
  /** Ended by SIGKILL after this time, so that a program that hangs fails one test only. */
  readonly limitMs?: number;
}

/** A process that has ended. */
export interface Ran {
  readonly stdout: string;
  /** stdout byte for byte. */
  readonly bytes: Buffer;
  readonly stderr: string;
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a run printed and how it ended, in a process of its own or not. */
export type Printed = Pick<Ran, 'stdout' | 'stderr' | 'code'>;

/** A process that is under way. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ran>;
  /** Resolves with all of stderr so far, once it holds the text. */
  saidOnStderr(text: string): Promise<string>;
  /** The same for stdout. */
  saidOnStdout(text: string): Promise<string>;
}

const defaultLimitMs = 50_000;

/** Runs the program to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const own = options.home === undefined ? await makeHome() : undefined;
  try {
    return await start(args, { ...options, home: options.home ?? (own as Home) }).ended;
  } finally {
    await own?.remove();
  }
}

/** Starts the program; the caller looks after its home. */
export function start(args: readonly string[], options: RunOptions & { readonly home: Home }): Running {
  const { home, nodePath = process.execPath, limitMs = defaultLimitMs } = options;
  const child = spawn(nodePath, [options.launcher ?? launcher(), ...args], {
    cwd: options.cwd ?? home.cwd,
    env: environment(home, options.env),
  });
  return { child, ...collect(child, limitMs, options.stdin, options.keepStdinOpen) };
}

/** Runs a shell line, for redirections and pipelines; `loanq` is the program. */
export async function runShell(line: string, options: RunOptions = {}): Promise<Ran> {
  const home = options.home ?? (await makeHome());
  try {
    const script = `loanq() { "$NODE" "$LAUNCHER" "$@"; }\n${line}`;
    const env = { ...environment(home, options.env), NODE: options.nodePath ?? process.execPath, LAUNCHER: launcher() };
    const child = spawn('bash', ['-c', script], { cwd: options.cwd ?? home.cwd, env });
    return await collect(child, options.limitMs ?? defaultLimitMs, options.stdin).ended;
  } finally {
    if (options.home === undefined) await home.remove();
  }
}

function collect(
  child: ChildProcessWithoutNullStreams,
  limitMs: number,
  stdin: string | Uint8Array = '',
  keepStdinOpen = false,
): Omit<Running, 'child'> {
  const stdout = new Heard(child.stdout);
  const stderr = new Heard(child.stderr);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  // A program that does not read its stdin closes it early.
  child.stdin.on('error', () => undefined);
  if (keepStdinOpen) child.stdin.write(stdin);
  else child.stdin.end(stdin);
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ stdout: stdout.text, bytes: stdout.bytes, stderr: stderr.text, code, signal });
    });
  });
  return { ended, saidOnStderr: text => stderr.until(text), saidOnStdout: text => stdout.until(text) };
}

/** What came through a pipe so far. */
class Heard {
  readonly #chunks: Buffer[] = [];
  readonly #events = new EventEmitter();
  #ended = false;

  constructor(pipe: Readable) {
    pipe.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#events.emit('more');
    });
    pipe.on('close', () => {
      this.#ended = true;
      this.#events.emit('more');
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  async until(text: string): Promise<string> {
    while (!this.text.includes(text)) {
      if (this.#ended) throw new Error(`ended without "${text}": ${this.text}`);
      await once(this.#events, 'more');
    }
    return this.text;
  }
}
