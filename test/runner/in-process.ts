// Runs a command line inside the test process, for what needs no process of its own: many small cases, or a made-up provider.
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../../src/cli/run.ts';
import type { Runtime } from '../../src/core/runtime.ts';
import { type ProviderTable, providers } from '../../src/providers/index.ts';
import { launcher } from './app.ts';
import { environment, type Home } from './home.ts';

export interface InProcessOptions {
  readonly home: Home;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly providers?: ProviderTable;
  readonly now?: Date;
  readonly signal?: AbortSignal;
  /** 0 makes every wait before a retry the shortest there is. */
  readonly random?: () => number;
  /** Told each piece of stderr as it comes. */
  readonly heard?: (text: string) => void;
}

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs one command line with streams of its own. */
export async function runInProcess(args: readonly string[], options: InProcessOptions): Promise<Said> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  if (options.heard !== undefined) stderr.on('data', options.heard);
  const written = Promise.all([stdout.setEncoding('utf8').toArray(), stderr.setEncoding('utf8').toArray()]);
  const runtime: Runtime = {
    argv: args,
    env: environment(options.home, options.env),
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout,
    stderr,
    platform: process.platform,
    ...(process.getuid && { uid: process.getuid() }),
    user: 'tester',
    processes: { pid: process.pid, isAlive, killGroup: pid => void process.kill(-pid, 'SIGKILL') },
    self: [process.execPath, launcher()],
    home: options.home.path,
    cwd: options.home.cwd,
    now: () => options.now ?? new Date(),
    monotonicMs: () => performance.now(),
    random: options.random ?? Math.random,
    leaveInterrupts: () => () => undefined,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await runCli(runtime, options.providers ?? providers);
  const ends = [once(stdout, 'end'), once(stderr, 'end')];
  stdout.end();
  stderr.end();
  await Promise.all(ends);
  const [out, err] = await written;
  return { stdout: out.join(''), stderr: err.join(''), code };
}
