// The list of `--errors`: which keys a run has not delivered, and why.
import { InputError } from '../core/errors.ts';
import { LineCutter } from '../core/lines.ts';
import { say } from '../core/say.ts';

export interface FailedKey {
  /** In the order of the parameters. */
  readonly key: readonly string[];
  readonly code: string;
}

/** Reads the lines as they come. Throws InputError for a line that no run has written. */
export async function* readFailedKeys(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<FailedKey> {
  const cutter = new LineCutter();
  let number = 0;
  for await (const chunk of bytes) {
    for (const line of cutter.cut(chunk)) {
      number += 1;
      yield parse(line.toString('utf8'), `line ${number} of ${name}`);
    }
  }
  if (cutter.end() !== undefined) throw new InputError(say`${name} is cut off: its last line has no end`);
}

function parse(line: string, place: string): FailedKey {
  const { key, code } = objectOf(line);
  const keys: unknown[] = Array.isArray(key) ? key : [key];
  if (typeof code === 'string' && keys.length > 0 && keys.every(one => typeof one === 'string')) return { key: keys, code };
  throw new InputError(say`${place} is no line of --errors`);
}

function objectOf(line: string): Partial<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
