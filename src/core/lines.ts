// Bytes into lines, in one way for key files, saved answers and journals; what a line may hold is their own business.

/** What ends a line. */
export const lineFeed = 0x0a;

/**
 * Cuts what comes in chunks at its line feeds. A CR, U+2028 and the like end nothing. Lines are views of the chunks wherever
 * they can be, so a chunk must not be written over while its lines are in use.
 */
export class LineCutter {
  /** Bytes of the line that has no end yet. */
  pending = 0;
  #rest: Buffer[] = [];

  /** The lines that end in this chunk, each with its line feed: many at a time, because a promise for each would cost more than cutting. */
  cut(chunk: Uint8Array): Buffer[] {
    const block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: Buffer[] = [];
    let from = 0;
    for (let at = block.indexOf(lineFeed); at !== -1; at = block.indexOf(lineFeed, from)) {
      lines.push(this.#completed(block.subarray(from, at + 1)));
      from = at + 1;
    }
    if (from < block.length) {
      this.#rest.push(block.subarray(from));
      this.pending += block.length - from;
    }
    return lines;
  }

  /** What is left behind the last line feed; undefined when there is nothing. */
  end(): Buffer | undefined {
    return this.pending === 0 ? undefined : this.#completed(Buffer.alloc(0));
  }

  #completed(piece: Buffer): Buffer {
    if (this.pending === 0) return piece;
    const line = Buffer.concat([...this.#rest, piece], this.pending + piece.length);
    this.#rest = [];
    this.pending = 0;
    return line;
  }
}
