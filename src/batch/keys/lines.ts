// Bytes of a key file → lines, strictly: Node's readline keeps a byte order mark, splits on a lone CR and hides broken UTF-8.
import { isUtf8 } from 'node:buffer';
import { InputError } from '../../core/errors.ts';
import { LineCutter, lineFeed } from '../../core/lines.ts';
import { say } from '../../core/say.ts';
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

const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Whether a line holds no key: it is blank or begins with `#`. */
export function isIdle(text: string): boolean {
  return text.startsWith('#') || text.trim() === '';
}

/** Lines are handed on together, for a promise costs more than a line; so many at most, lest the first wait for the last of a block. */
const mostTogether = 64;

/**
 * Every line of a UTF-8 input, ended by LF or CRLF; a CR alone and U+2028 end nothing, the last line needs no end. Those that have come
 * are yielded together. Throws InputError, behind all lines before it, for an input that cannot be read, is not UTF-8 or has an
 * over-long line.
 */
export async function* splitLines(stream: AsyncIterable<Uint8Array>, rules: LineRules): AsyncGenerator<readonly TextLine[]> {
  const { fileName, maxLineBytes = 65_536 } = rules;
  const cutter = new LineCutter();
  let line = 0;
  const decode = (bytes: Buffer): TextLine => {
    line += 1;
    const start = line === 1 && byteOrderMark.every((byte, at) => bytes[at] === byte) ? byteOrderMark.length : 0;
    const end = contentEnd(bytes);
    if (end - start > maxLineBytes) throw tooLong(line, rules, maxLineBytes);
    if (!isUtf8(bytes)) throw notUtf8(line, fileName, bytes);
    return { line, text: bytes.toString('utf8', start, end) };
  };
  for await (const chunk of readable(stream, rules)) {
    yield* together(cutter.cut(chunk), decode);
    if (cutter.pending > maxLineBytes + 4) throw tooLong(line + 1, rules, maxLineBytes);
  }
  const rest = cutter.end();
  if (rest !== undefined) yield [decode(rest)];
}

function* together(pieces: readonly Buffer[], decode: (bytes: Buffer) => TextLine): Generator<readonly TextLine[]> {
  let lines: TextLine[] = [];
  try {
    for (const bytes of pieces) {
      lines.push(decode(bytes));
      if (lines.length < mostTogether) continue;
      const full = lines;
      lines = [];
      yield full;
    }
  } catch (error) {
    if (lines.length > 0) yield lines;
    throw error;
  }
  if (lines.length > 0) yield lines;
}

/** Where a line ends but for LF or CRLF. */
function contentEnd(bytes: Buffer): number {
  const end = bytes[bytes.length - 1] === lineFeed ? bytes.length - 1 : bytes.length;
  return bytes[end - 1] === carriageReturn ? end - 1 : end;
}

async function* readable(stream: AsyncIterable<Uint8Array>, { fileName, signal }: LineRules): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) {
      // libuv hands out 32 blocks in a row; lines that need no request would keep signals and timers waiting for all of them.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw readFailure(fileName, error);
  }
}

function tooLong(line: number, { fileName }: LineRules, maxLineBytes: number): InputError {
  return new InputError(say`line ${line} of ${fileName} is longer than ${maxLineBytes} bytes`, {
    hint: say`the file must have one key a line`,
  });
}

function notUtf8(line: number, fileName: string, bytes: Buffer): InputError {
  const wide = line === 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  const hint = wide ? say`it looks like UTF-16: save the file as UTF-8` : say`save the file as UTF-8`;
  return new InputError(say`line ${line} of ${fileName} is not UTF-8`, { hint });
}
