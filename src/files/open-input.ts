// Opens an input without waiting for it: `open` of a FIFO that nobody writes, and a read that nobody answers, would each hold
// a thread of Node's pool, which no signal ends and which the process cannot leave behind.
import { constants, createReadStream, fstat, open, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';

const openFd = promisify(open);
const statFd = promisify(fstat);

/** An input that is open; `bytes` owns the descriptor: destroy them to close it. */
export interface OpenInput {
  readonly bytes: Readable;
  readonly stats: Stats;
}

export interface InputRules {
  /** Ends the reading with its reason, whatever it waits for. */
  readonly signal: AbortSignal;
  /** How much of a regular file is read, at least 1; the rest is left alone. */
  readonly limit?: number;
  readonly highWaterMark?: number;
}

/** Opens a file, FIFO or device for reading. A FIFO waits for its writer in the event loop. Throws the error of the system. */
export async function openInput(path: string, rules: InputRules): Promise<OpenInput> {
  // Windows has no O_NONBLOCK.
  const fd = await openFd(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stats = await statFd(fd);
  const bytes = stats.isFIFO() ? pipe(fd) : !stats.isFile() && isatty(fd) ? new TerminalStream(fd) : blocks(path, fd, rules);
  endWith(bytes, rules.signal);
  return { bytes, stats };
}

/** Lets go of a stream when the signal comes: a reader gets the reason, and nobody waits for the writer. */
export function endWith(bytes: Readable, signal: AbortSignal): void {
  const end = (): void => void bytes.destroy(signal.reason);
  // Without a listener an error that comes before anybody reads would end the program.
  bytes.on('error', () => undefined);
  bytes.once('close', () => signal.removeEventListener('abort', end));
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}

function pipe(fd: number): Readable {
  return new Socket({ fd, readable: true, writable: false });
}

function blocks(path: string, fd: number, { limit, highWaterMark }: InputRules): Readable {
  const range = limit === undefined ? {} : { start: 0, end: limit - 1 };
  return createReadStream(path, { fd, ...range, ...(highWaterMark !== undefined && { highWaterMark }) });
}
