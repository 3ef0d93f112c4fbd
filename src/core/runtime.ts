// Everything the program takes from its process. main.ts builds one from `process`; tests build their own.
import type { Readable, Writable } from 'node:stream';

/** A readable or writable end that may be a terminal. */
export interface TerminalInfo {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** An output that is no terminal and may take bytes without a stream, which takes milliseconds to open. */
export interface Redirected {
  /** Writes what is taken without waiting for a reader; returns how many bytes that were. Throws the error of the system. */
  offer(block: Uint8Array): Promise<number>;
}

/** Arguments, environment, streams, clocks and signals of one run. */
export interface Runtime {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & TerminalInfo;
  readonly stdout: Writable & TerminalInfo;
  readonly stderr: Writable & TerminalInfo;
  /** Where standard output and error lead to, if to no terminal: the streams above are then opened only when they are written. */
  readonly redirected?: { readonly stdout: Redirected | undefined; readonly stderr: Redirected | undefined };
  readonly platform: NodeJS.Platform;
  /** Running programs: ours for locks, helpers to end. */
  readonly processes: {
    readonly pid: number;
    isAlive(pid: number): boolean;
    /** Ends a helper and what it started, at once. */
    killGroup(pid: number): void;
  };
  /** How this program is started, for children of its own: the Node binary and the launcher. */
  readonly self: readonly string[];
  /** Absolute; '' when the system does not know it. */
  readonly home: string;
  readonly cwd: string;
  readonly uid?: number;
  /** Name of the operating system's user, or its number where it has no name. */
  readonly user: string;
  /** Wall clock, for signatures and file stamps only; waits use `monotonicMs`. */
  readonly now: () => Date;
  readonly monotonicMs: () => number;
  /** 0 <= x < 1, for back-off jitter. */
  readonly random: () => number;
  /** While another program has the terminal, Ctrl-C is for that; until the function that comes back is called. */
  readonly leaveInterrupts: () => () => void;
  /** Aborted by SIGINT, SIGTERM and SIGHUP; the reason is a SignalError. */
  readonly signal: AbortSignal;
}
