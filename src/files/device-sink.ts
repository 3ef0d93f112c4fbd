// A pipe or device that is written to as fast as somebody reads: a full one is waited for in the event loop, where a signal ends the wait.
import { createWriteStream, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty, WriteStream as TerminalStream } from 'node:tty';
import { untilAborted } from '../core/turn.ts';
import { writeFailure } from './errno.ts';
import { type Sink, toBytes } from './sink.ts';

/** How long a reader that may have stopped reading is waited for once the run is to end. */
const longestFlushMs = 500;

/** Owns the descriptor. Writing throws WriteError, or the reason of the signal. */
export class DeviceSink implements Sink {
  offset = 0;
  readonly #stream: Writable;
  #failure: unknown;

  constructor(
    readonly path: string,
    opened: { readonly fd: number; readonly stats: Stats },
    readonly signal: AbortSignal,
  ) {
    this.#stream = streamOf(path, opened);
    // Without a listener, the 'error' event that follows a failed write would end the program.
    this.#stream.on('error', () => undefined);
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const bytes = toBytes(chunk);
    if (bytes.length === 0) return;
    try {
      const sent = this.#send(bytes);
      await (this.signal.aborted ? this.#soon(sent) : untilAborted(sent, this.signal));
    } catch (error) {
      this.#failure = writeFailure(this.path, error);
      this.#stream.destroy();
      throw this.#failure;
    }
    this.offset += bytes.length;
  }

  async commit(): Promise<void> {
    this.#stream.destroy();
  }

  async abandon(): Promise<void> {
    this.#stream.destroy();
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(bytes, error => (error ? reject(error) : resolve()));
    });
  }

  /** What a run has still to say at its end. */
  async #soon(sent: Promise<void>): Promise<void> {
    const late = sleep(longestFlushMs, undefined, { ref: false }).then(() => Promise.reject(this.signal.reason));
    await Promise.race([sent, late]);
  }
}

function streamOf(path: string, { fd, stats }: { readonly fd: number; readonly stats: Stats }): Writable {
  if (stats.isFIFO()) return new Socket({ fd, readable: false, writable: true });
  return isatty(fd) ? new TerminalStream(fd) : createWriteStream(path, { fd });
}
