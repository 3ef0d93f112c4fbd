// Standard output: waits for slow readers, gathers small writes, and tells a closed pipe from a full disk.
import { readFileSync, readlinkSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { SignalError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say } from '../core/say.ts';
import { untilAborted } from '../core/turn.ts';
import { isErrno, writeFailure } from '../files/errno.ts';
import { blockBytes, type Sink, toBytes } from '../files/sink.ts';

const readerGone = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

/**
 * Opens standard output for writing. What is written in one turn of the event loop leaves together, and nothing waits longer.
 * A reader that closed rejects with SignalError `broken-pipe`: a single lookup ends quietly with 0 on it, a batch with 141. A
 * reader that stopped reading is waited for until the signal, whose reason is thrown.
 */
export function openStdout(to: Pick<Runtime, 'stdout' | 'redirected'>, signal: AbortSignal): Sink {
  return new StdoutSink(to, signal);
}

class StdoutSink implements Sink {
  offset = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #pump: Promise<void> | undefined;
  #failure: unknown;
  #stream: Writable | undefined;

  constructor(
    readonly to: Pick<Runtime, 'stdout' | 'redirected'>,
    readonly signal: AbortSignal,
  ) {
    if (to.redirected?.stdout === undefined) this.#openStream();
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
    const done = (await this.to.redirected?.stdout?.offer(block)) ?? 0;
    if (done === block.length) return;
    const stream = this.#openStream();
    // The callback comes once the block has left the stream's own buffer, which is later than 'drain'.
    await new Promise<void>((resolve, reject) => {
      stream.write(block.subarray(done), error => (error ? reject(error) : resolve()));
    });
  }

  #openStream(): Writable {
    if (this.#stream !== undefined) return this.#stream;
    const stream = this.to.stdout;
    // Without a listener, the 'error' event that follows a failed write would end the program.
    stream.on('error', error => this.#fail(error));
    if (stream.errored) this.#fail(stream.errored);
    this.#stream = stream;
    return stream;
  }

  #fail(error: unknown): void {
    this.#failure ??= isErrno(error, ...readerGone) ? new SignalError('broken-pipe') : writeFailure(say`standard output`, error);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
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
