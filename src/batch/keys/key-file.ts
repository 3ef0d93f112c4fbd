// A key file is read twice: once before anything is sent, to check and count it, and once to work on it. Both must see the same
// bytes, or rows of two lists would pass for one.
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InputError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { openInput } from '../../files/open-input.ts';

/** A key file as it was first read. */
interface Snapshot {
  readonly digest: string;
  readonly bytes: number;
  readonly stats: Stats;
}

/** Both readings fail with the error of the system where the file cannot be read, and end with the reason of the signal. */
export class KeyFile {
  #first: Snapshot | undefined;

  constructor(readonly path: string) {}

  /** SHA-256 of what was first read, by which a resumed run knows the file again. */
  get digest(): string {
    return this.#snapshot.digest;
  }

  get #snapshot(): Snapshot {
    if (this.#first === undefined) throw new Error(`${this.path} has not been read to its end`);
    return this.#first;
  }

  async *readFirst(signal: AbortSignal): AsyncGenerator<Buffer> {
    this.#first = yield* readHashed(this.path, signal);
  }

  /**
   * The same bytes again; what was added behind them is left alone. Throws InputError when they are not the same: before the
   * first of them where the file looks different, and at their end whatever it looked like.
   */
  async *readAgain(signal: AbortSignal): AsyncGenerator<Buffer> {
    const first = this.#snapshot;
    if (first.bytes === 0) return;
    if (!looksSame(first.stats, await stat(this.path)) && (await this.#digestAgain(first, signal)) !== first.digest) throw this.#changed();
    const { digest } = yield* readHashed(this.path, signal, first.bytes);
    if (digest !== first.digest) throw this.#changed();
  }

  async #digestAgain({ bytes }: Snapshot, signal: AbortSignal): Promise<string> {
    const reading = readHashed(this.path, signal, bytes);
    for (let next = await reading.next(); ; next = await reading.next()) if (next.done) return next.value.digest;
  }

  #changed(): InputError {
    return new InputError(say`${this.path} was changed while it was read`, { hint: say`leave out --resume to start over` });
  }
}

async function* readHashed(path: string, signal: AbortSignal, limit?: number): AsyncGenerator<Buffer, Snapshot> {
  const { bytes, stats } = await openInput(path, { signal, ...(limit !== undefined && { limit }) });
  const hash = createHash('sha256');
  let count = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk);
      count += chunk.length;
      yield chunk;
    }
  } finally {
    bytes.destroy();
  }
  return { digest: hash.digest('hex'), bytes: count, stats };
}

/** A quick look: bytes may differ all the same. */
function looksSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;
}
