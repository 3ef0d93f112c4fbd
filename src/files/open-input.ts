// Opens an input without waiting for it: `open` of a FIFO that nobody writes, and a read that nobody answers, would each hold
// a thread of Node's pool, which no signal ends and which the process cannot leave behind.
import { close, constants, createReadStream, fstat, open, read, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import { untilAborted } from '../core/turn.ts';

const openFd = promisify(open);
const statFd = promisify(fstat);
const readSome = promisify(read);

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
}

/** Opens a file, FIFO or device for reading. A FIFO waits for its writer in the event loop. Throws the error of the system. */
export async function openInput(path: string, rules: InputRules): Promise<OpenInput> {
  const { fd, stats } = await openUnread(path);
  return streamed(path, fd, stats, rules);
}

/** What a file, FIFO or device holds, piece by piece. A regular file is read without a stream, which takes milliseconds to load. */
export async function* readInput(path: string, signal: AbortSignal, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const { fd, stats } = await openUnread(path);
  if (stats.isFile()) yield* pieces(fd, stats.size, signal, pieceBytes);
  else yield* streamed(path, fd, stats, { signal }).bytes;
}

async function openUnread(path: string): Promise<{ fd: number; stats: Stats }> {
  // Windows has no O_NONBLOCK.
  const fd = await openFd(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  return { fd, stats: await statFd(fd) };
}

/** Files of the system, such as those of /proc, say that they are empty. */
const leastPiece = 4096;

/** A file may grow while it is read, and a disk of the network may never answer. */
async function* pieces(fd: number, size: number, signal: AbortSignal, pieceBytes: number): AsyncGenerator<Uint8Array> {
  let reading: Promise<unknown> = Promise.resolve();
  try {
    for (let left = size; ; ) {
      const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(left + 1, leastPiece)));
      const read = readSome(fd, piece, 0, piece.length, null);
      reading = read;
      const { bytesRead } = await untilAborted(read, signal);
      if (bytesRead === 0) return;
      left -= bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    // Not before the thread that reads has done with it: by then the number may be another file's.
    reading.catch(() => undefined).finally(() => close(fd, () => undefined));
  }
}

function streamed(path: string, fd: number, stats: Stats, rules: InputRules): OpenInput {
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

function blocks(path: string, fd: number, { limit }: InputRules): Readable {
  const range = limit === undefined ? {} : { start: 0, end: limit - 1 };
  return createReadStream(path, { fd, ...range });
}
