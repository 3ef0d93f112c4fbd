// Standard output: waits for slow readers, gathers small writes, and tells a closed pipe from a full disk.
import { fstatSync, readFileSync, readlinkSync, write } from 'node:fs';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { SignalError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno, writeFailure } from '../files/errno.ts';
import { blockBytes, type Sink, toBytes, untilAborted } from '../files/sink.ts';

const readerGone = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

/**
 * Opens standard output for writing. What is written in one turn of the event loop leaves together, and nothing waits longer.
 * A reader that closed rejects with SignalError `broken-pipe`: a single lookup ends quietly with 0 on it, a batch with 141. A
 * reader that stopped reading is waited for until the signal, whose reason is thrown.
 */
export function openStdout(stream: Writable, signal: AbortSignal): Sink {
  return new StreamSink(stream, fileDescriptor(stream), signal);
}

class StreamSink implements Sink {
  offset = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #pump: Promise<void> | undefined;
  #failure: unknown;

  constructor(
    readonly stream: Writable,
    readonly fd: number | undefined,
    readonly signal: AbortSignal,
  ) {
    // Without a listener, the 'error' event that follows a failed write would end the program.
    stream.on('error', error => this.#fail(error));
    if (stream.errored) this.#fail(stream.errored);
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    this.#throwFailure();
    const bytes = toBytes(chunk);
    if (bytes.length === 0) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.offset += bytes.length;
    this.#pump ??= this.#drain();
    if (this.#waitingBytes >= blockBytes) await this.#settle();
  }

  async commit(): Promise<void> {
    await this.#settle();
  }

  /** Does not wait for what is under way: a reader that stopped reading must not hold up the end. */
  async abandon(): Promise<void> {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async #settle(): Promise<void> {
    if (this.#pump !== undefined) await untilAborted(this.#pump, this.signal);
    this.#throwFailure();
  }

  /** Never rejects: a failure is kept for the next caller, who may come much later. */
  async #drain(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    while (this.#waiting.length > 0 && this.#failure === undefined) {
      const block = Buffer.concat(this.#waiting);
      this.#waiting = [];
      this.#waitingBytes = 0;
      await this.#send(block).catch(error => this.#fail(error));
    }
    this.#pump = undefined;
  }

  async #send(block: Uint8Array): Promise<void> {
    if (this.fd !== undefined) return writeAll(this.fd, block);
    // The callback comes once the block has left the stream's own buffer, which is later than 'drain'.
    return new Promise((resolve, reject) => {
      this.stream.write(block, error => (error ? reject(error) : resolve()));
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= isErrno(error, ...readerGone) ? new SignalError('broken-pipe') : writeFailure(say`standard output`, error);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/**
 * The descriptor behind a stream that is redirected to a regular file. Node's stream for it ignores that a write may
 * take only a part of the block, which on a disk that fills up loses the rest without an error.
 */
function fileDescriptor(stream: Writable): number | undefined {
  if (!('fd' in stream && typeof stream.fd === 'number')) return undefined;
  try {
    return fstatSync(stream.fd).isFile() ? stream.fd : undefined;
  } catch {
    return undefined;
  }
}

const writeSome = promisify(write);

async function writeAll(fd: number, block: Uint8Array): Promise<void> {
  for (let done = 0; done < block.length; ) {
    const { bytesWritten } = await writeSome(fd, block, done, block.length - done, null);
    done += bytesWritten;
  }
}

const accessMode = 3;
const readWrite = 2;

/**
 * Whether standard output was closed when the program started (`>&-`): what is written then vanishes without an error.
 * Known on Linux only; false elsewhere.
 */
export function stdoutIsClosed(platform: NodeJS.Platform): Promise<boolean> {
  return isClosed(1, platform);
}

/** Whether standard input was closed when the program started (`<&-`): it then looks empty. Known on Linux only. */
export function stdinIsClosed(platform: NodeJS.Platform): Promise<boolean> {
  return isClosed(0, platform);
}

/** Node puts /dev/null in the place of a closed descriptor, opened both ways, while a shell opens it one way only. */
async function isClosed(fd: 0 | 1, platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return false;
  try {
    if (readlinkSync(`/proc/self/fd/${fd}`) !== '/dev/null') return false;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & accessMode) === readWrite;
  } catch {
    return false;
  }
}
