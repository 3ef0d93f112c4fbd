// The objects of a JSON array or of JSON lines, one at a time: only one of them is ever held.
import { InputError } from '../core/errors.ts';
import { say } from '../core/say.ts';

const open = new Set([0x7b, 0x5b]);
const close = new Set([0x7d, 0x5d]);
/** Blanks, line ends, commas, and the byte order mark. */
const between = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0xef, 0xbb, 0xbf]);
const quote = 0x22;
const backslash = 0x5c;

const mostBytes = 64 * 1024 * 1024;

/** Text of each top-level object, or of each object in the one top-level array. Throws InputError for an element that has no end. */
export async function* jsonElements(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const cutter = new ElementCutter();
  for await (const chunk of bytes) {
    yield* cutter.cut(chunk);
    if (cutter.pending > mostBytes) throw new InputError(say`${name} has a record of more than 64 MiB`);
  }
  if (!cutter.isWhole) throw new InputError(say`${name} is cut off: it ends inside its records`);
  if (cutter.isForeign) throw new InputError(say`${name} holds something that is no record`);
}

class ElementCutter {
  pending = 0;
  #held: Buffer[] = [];
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  #arrays = 0;
  /** Something stands between the records that belongs neither there nor to an array around them. */
  isForeign = false;

  get isWhole(): boolean {
    return this.#depth === 0 && this.#arrays === 0;
  }

  /** Elements that end in this chunk. An array around all of them is no element: objects are counted. */
  cut(chunk: Uint8Array): string[] {
    const block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const found: string[] = [];
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < block.length; at += 1) {
      const byte = block[at] ?? 0;
      if (this.#inText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === backslash) this.#isEscaped = true;
        else if (byte === quote) this.#inText = false;
      } else if (this.#depth === 0) {
        if (byte === 0x7b) {
          this.#depth = 1;
          from = at;
        } else if (byte === 0x5b) this.#arrays += 1;
        else if (byte === 0x5d) this.#arrays -= 1;
        else if (!between.has(byte)) this.isForeign = true;
      } else if (byte === quote) this.#inText = true;
      else if (open.has(byte)) this.#depth += 1;
      else if (close.has(byte) && --this.#depth === 0) {
        found.push(Buffer.concat([...this.#held, block.subarray(from, at + 1)]).toString('utf8'));
        this.#held = [];
        this.pending = 0;
        from = -1;
      }
    }
    if (from !== -1) {
      this.#held.push(Buffer.from(block.subarray(from)));
      this.pending += block.length - from;
    }
    return found;
  }
}
