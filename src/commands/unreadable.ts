// A file or stdin that cannot be read is an input error that names it.
import { InputError } from '../core/errors.ts';

/** Words the failures of the source itself. */
export async function* unreadable(stream: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why: Record<string, string> = { ENOENT: 'there is no such file', EACCES: 'permission denied', EISDIR: 'it is a directory' };
    throw new InputError(`cannot read ${name}: ${why[String(code)] ?? 'it is unreadable'}`);
  }
}
