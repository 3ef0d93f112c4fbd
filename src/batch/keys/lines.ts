// Bytes of a key file → lines, strictly: Node's readline keeps a byte order mark, splits on a lone CR and hides broken UTF-8.
import { isUtf8 } from 'node:buffer';
import { InputError } from '../../core/errors.ts';
import { readFailure } from '../../files/errno.ts';

/** One line without its end. `line` counts from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

export interface LineRules {
  /** Names the input in errors: `keys.txt`, `standard input`. */
  readonly fileName: string;
  /** A longer line is an InputError. Default 65,536. */
  readonly maxLineBytes?: number;
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Whether a line holds no key: it is blank or begins with `#`. */
export function isIdle(text: string): boolean {
  return text.startsWith('#') || text.trim() === '';
}

/**
 * Every line of a UTF-8 input, ended by LF or CRLF; a CR alone and U+2028 end nothing, the last line needs no end.
 * Memory holds one line. Throws InputError for an input that cannot be read, is not UTF-8 or has an over-long line.
 */
export async function* splitLines(stream: AsyncIterable<Uint8Array>, rules: LineRules): AsyncGenerator<TextLine> {
  const { fileName, maxLineBytes = 65_536 } = rules;
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  const decode = (given: Buffer): TextLine => {
    line += 1;
    const ended = given.at(-1) === carriageReturn ? given.subarray(0, -1) : given;
    const bytes = line === 1 && byteOrderMark.every((byte, at) => ended[at] === byte) ? ended.subarray(3) : ended;
    if (bytes.length > maxLineBytes) throw tooLong(line, rules, maxLineBytes);
    if (!isUtf8(bytes)) throw notUtf8(line, fileName, bytes);
    return { line, text: bytes.toString('utf8') };
  };
  for await (const chunk of readable(stream, rules)) {
    const block: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = block.indexOf(newline); end !== -1; end = block.indexOf(newline, from)) {
      yield decode(block.subarray(from, end));
      from = end + 1;
    }
    rest = block.subarray(from);
    if (rest.length > maxLineBytes + 4) throw tooLong(line + 1, rules, maxLineBytes);
  }
  if (rest.length > 0) yield decode(rest);
}

async function* readable(stream: AsyncIterable<Uint8Array>, { fileName, signal }: LineRules): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) {
      // libuv hands out 32 blocks in a row; lines that need no request would keep signals and timers waiting for all of them.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  } catch (error) {
    throw readFailure(fileName, error);
  }
}

function tooLong(line: number, { fileName }: LineRules, maxLineBytes: number): InputError {
  return new InputError(`line ${line} of ${fileName} is longer than ${maxLineBytes} bytes`, { hint: 'the file must have one key a line' });
}

function notUtf8(line: number, fileName: string, bytes: Buffer): InputError {
  const wide = line === 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  const hint = wide ? 'it looks like UTF-16: save the file as UTF-8' : 'save the file as UTF-8';
  return new InputError(`line ${line} of ${fileName} is not UTF-8`, { hint });
}
