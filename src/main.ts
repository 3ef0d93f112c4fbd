// The only file that touches `process`: builds the runtime, runs, sets the exit code. Ending the process by force would cut piped
// output short: that is for a second signal, and for a run that was ended while nobody takes what is left.
import { homedir, userInfo } from 'node:os';
import { endBySignal } from './cli/end-by-signal.ts';
import { ignoresHangup } from './cli/hangup.ts';
import { redirectedTo } from './cli/redirected.ts';
import { runCli } from './cli/run.ts';
import { SignalError } from './core/errors.ts';
import { exitCodes } from './core/exit-codes.ts';
import type { Runtime } from './core/runtime.ts';

const abort = new AbortController();
let endByCaughtSignal: (() => void) | undefined;
let caughtMs = 0;
/** A wrapper that hands a signal on which the group got, too, is not a second wish. */
const echoMs = 200;
/** Programs that have the terminal to themselves, and with it Ctrl-C. */
let holders = 0;
const outlivesTerminal = ignoresHangup({ platform: process.platform, env: process.env, parentPid: process.ppid });
for (const [signal, code] of [
  ['SIGINT', 'interrupted'],
  ['SIGTERM', 'terminated'],
  ['SIGHUP', 'hangup'],
] as const) {
  process.on(signal, () => {
    if ((signal === 'SIGHUP' && outlivesTerminal) || (signal === 'SIGINT' && holders > 0)) return;
    if (abort.signal.aborted) {
      // A second signal means now.
      if (monotonicMs() - caughtMs > echoMs) endBySignal(process, signal);
      return;
    }
    caughtMs = monotonicMs();
    abort.abort(new SignalError(code));
    endByCaughtSignal = () => endBySignal(process, signal);
  });
}

const runtime: Runtime = {
  argv: process.argv.slice(2),
  env: process.env,
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return standardError();
  },
  redirected: { stdout: redirectedTo(1, process.platform), stderr: redirectedTo(2, process.platform) },
  platform: process.platform,
  home: home(),
  cwd: process.cwd(),
  ...(process.getuid && { uid: process.getuid() }),
  get user() {
    return userName();
  },
  processes: { pid: process.pid, isAlive, killGroup: pid => void process.kill(-pid, 'SIGKILL') },
  self: [process.execPath, ...process.argv.slice(1, 2)],
  now: () => new Date(),
  monotonicMs,
  random: Math.random,
  leaveInterrupts: () => {
    holders += 1;
    return () => {
      holders -= 1;
    };
  },
  signal: abort.signal,
};

// A name that the system still looks up when its 5 seconds are over keeps the process: Node joins that thread even in process.exit.
process.env.RES_OPTIONS ??= 'timeout:2 attempts:2';

const longestDrainMs = 500;

runCli(runtime).then(exit => {
  process.exitCode = exit;
  // A run that was ended does not wait for a reader that has stopped reading.
  const end = endByCaughtSignal ?? (exit === exitCodes.deadline.exit ? () => process.exit() : undefined);
  if (end !== undefined) setTimeout(end, longestDrainMs).unref();
});

let isHeard = false;

/** A reader that went away, or a terminal that was closed, must not end the run, whoever writes. */
function standardError(): NodeJS.WriteStream & { readonly fd: 2 } {
  if (!isHeard) process.stderr.on('error', () => undefined);
  isHeard = true;
  return process.stderr;
}

/** What `performance` says, without the ten modules of Node's that it loads. */
function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `${process.getuid?.() ?? ''}`;
  }
}

/** On POSIX systems what Node's own module says, which takes longer to load than it takes to look here. */
function home(): string {
  try {
    return (process.platform === 'win32' ? undefined : process.env.HOME) ?? homedir();
  } catch {
    return '';
  }
}

/** Signal 0 only asks; "not permitted" means that the process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
