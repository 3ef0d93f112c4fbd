// Lines in sorted order with flat memory: what does not fit is sorted in parts on the disk. The parts have no name, so nothing of
// them is left behind, whatever ends the run.
import { type FileHandle, mkdtemp, open, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineCutter } from '../core/lines.ts';
import { say } from '../core/say.ts';
import { writeFailure } from '../files/errno.ts';

/** Characters that are sorted in memory. */
const mostHeld = 8 * 1024 * 1024;
const pieceLength = 256 * 1024;

export class SortedSpool {
  #lines: string[] = [];
  #held = 0;
  readonly #parts: FileHandle[] = [];

  constructor(
    readonly signal: AbortSignal,
    readonly limit = mostHeld,
  ) {}

  /** Adds a line, which holds no line feed. */
  async add(line: string): Promise<void> {
    this.#lines.push(line);
    this.#held += line.length;
    if (this.#held > this.limit) await this.#spill();
  }

  /** All lines by their code units, equal ones in no promised order. Nothing may be added after that. */
  async *lines(): AsyncGenerator<string> {
    const held = this.#lines.sort();
    if (this.#parts.length === 0) return yield* held;
    const heads = new Heads();
    for (const part of this.#parts) await heads.push(readLines(part));
    await heads.push(held[Symbol.iterator]());
    for (let next = await heads.take(); next !== undefined; next = await heads.take()) {
      this.signal.throwIfAborted();
      yield next;
    }
  }

  async close(): Promise<void> {
    this.#lines = [];
    await Promise.all(this.#parts.map(part => part.close().catch(() => undefined)));
  }

  async #spill(): Promise<void> {
    this.signal.throwIfAborted();
    const lines = this.#lines.sort();
    this.#lines = [];
    this.#held = 0;
    try {
      const part = await openNameless();
      this.#parts.push(part);
      let piece = '';
      for (const line of lines) {
        piece += `${line}\n`;
        if (piece.length < pieceLength) continue;
        await part.appendFile(piece);
        piece = '';
      }
      await part.appendFile(piece);
    } catch (error) {
      throw writeFailure(say`a temporary file`, error);
    }
  }
}

/** A file of one's own that nobody else can open: it is made in a private directory, and both are gone before anything is written. */
async function openNameless(): Promise<FileHandle> {
  const directory = await mkdtemp(join(tmpdir(), 'loanq-diff-'));
  try {
    const path = join(directory, 'part');
    const handle = await open(path, 'wx+', 0o600);
    await unlink(path);
    return handle;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function* readLines(part: FileHandle): AsyncGenerator<string> {
  const cutter = new LineCutter();
  for await (const chunk of part.createReadStream({ start: 0, autoClose: false, highWaterMark: 64 * 1024 })) {
    for (const line of cutter.cut(chunk)) yield line.toString('utf8', 0, line.length - 1);
  }
}

interface Head {
  line: string;
  readonly rest: AsyncIterator<string> | Iterator<string>;
}

/** The first lines of sorted sources, least first: a binary heap. */
class Heads {
  readonly #heads: Head[] = [];

  async push(rest: Head['rest']): Promise<void> {
    const { value, done } = await rest.next();
    if (done) return;
    this.#heads.push({ line: value, rest });
    for (let at = this.#heads.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (this.#line(parent) <= this.#line(at)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  async take(): Promise<string | undefined> {
    const [first] = this.#heads;
    if (first === undefined) return undefined;
    const { line } = first;
    const { value, done } = await first.rest.next();
    if (done) {
      const last = this.#heads.pop();
      if (last !== undefined && this.#heads.length > 0) this.#heads[0] = last;
    } else first.line = value;
    this.#sink();
    return line;
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= this.#heads.length) return;
      const least = left + 1 < this.#heads.length && this.#line(left + 1) < this.#line(left) ? left + 1 : left;
      if (this.#line(at) <= this.#line(least)) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #line(at: number): string {
    return this.#heads[at]?.line ?? '';
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heads[a], this.#heads[b]];
    if (first === undefined || second === undefined) return;
    this.#heads[a] = second;
    this.#heads[b] = first;
  }
}
