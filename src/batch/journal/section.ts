// Reads a journal and the rows it points to forward in blocks, so that a million keys need no more memory than one.
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { LineCutter } from '../../core/lines.ts';

/** The rows of one key: bytes `at[0]` up to `at[1]` of the partial file. Without rows both are the same. */
export interface Delivered {
  readonly n: number;
  readonly at: readonly [start: number, end: number];
  readonly crc: number;
}

/** A key that was tried and not delivered, with the name of the outcome. */
interface Failed {
  readonly n: number;
  readonly failed: string;
}

export type JournalEntry = Delivered | Failed;

/** Keys of the run from the first to the last, both included. */
export type KeyRange = readonly [first: number, last: number];

/** Reads one line of the journal; undefined when it is none. */
export function parseEntry(text: string): JournalEntry | undefined {
  const { n, at, crc, failed } = parseObject(text);
  if (!isWhole(n, -1)) return undefined;
  if (typeof failed === 'string') return { n, failed };
  if (!Array.isArray(at) || at.length !== 2 || !isWhole(crc, 0)) return undefined;
  const [start, end]: unknown[] = at;
  return isWhole(start, 0) && isWhole(end, start) ? { n, at: [start, end], crc } : undefined;
}

/** Reads a line that tells where a run has given up; undefined when it is none. */
export function parseStop(text: string): KeyRange | undefined {
  const { stopped } = parseObject(text);
  if (!Array.isArray(stopped) || stopped.length !== 2) return undefined;
  const [first, last]: unknown[] = stopped;
  return isWhole(first, 0) && isWhole(last, first) ? [first, last] : undefined;
}

/** A line as an object; empty when it is none. */
export function parseObject(text: string): Partial<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function isWhole(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

const blockBytes = 65_536;

/** The whole lines between two offsets, with the offset behind each; a line without an end is left out. */
export async function* readLines(handle: FileHandle, from: number, to: number): AsyncGenerator<{ text: string; end: number }> {
  const cutter = new LineCutter();
  let end = from;
  for (let at = from; at < to; ) {
    const block = Buffer.allocUnsafe(Math.min(blockBytes, to - at));
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    if (bytesRead === 0) return;
    for (const line of cutter.cut(block.subarray(0, bytesRead))) {
      end += line.length;
      yield { text: line.toString('utf8', 0, line.length - 1), end };
    }
    at += bytesRead;
  }
}

/** Bytes of a file in ranges that come one after the other. */
export class RangeReader {
  #block: Buffer = Buffer.alloc(0);
  #blockStart = 0;

  constructor(readonly handle: FileHandle) {}

  /** The bytes of a range in pieces; fewer when the file ends before. */
  async *read(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      if (at < this.#blockStart || at >= this.#blockStart + this.#block.length) await this.#load(at);
      const piece = this.#block.subarray(at - this.#blockStart, end - this.#blockStart);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  async crc(start: number, end: number): Promise<number> {
    let sum = 0;
    for await (const piece of this.read(start, end)) sum = crc32(piece, sum);
    return sum;
  }

  async #load(at: number): Promise<void> {
    const block = Buffer.allocUnsafe(blockBytes);
    const { bytesRead } = await this.handle.read(block, 0, blockBytes, at);
    this.#block = block.subarray(0, bytesRead);
    this.#blockStart = at;
  }
}

/** The delivered keys of one section of the journal, in rising order. */
export class SectionReader {
  /** The key the reader stands at; undefined behind the last. */
  current: Delivered | undefined;
  readonly #lines: AsyncGenerator<{ text: string }>;

  constructor(handle: FileHandle, from: number, to: number) {
    this.#lines = readLines(handle, from, to);
  }

  async next(): Promise<void> {
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      const entry = parseEntry(line.value.text);
      if (entry === undefined || !('at' in entry)) continue;
      this.current = entry;
      return;
    }
    this.current = undefined;
  }

  /** Goes to the first delivered key that is not before `n`. */
  async skipTo(n: number): Promise<void> {
    while (this.current !== undefined && this.current.n < n) await this.next();
  }
}
