// A saved answer that cannot be read is an input error that names it.
import { readFailure } from './errno.ts';

/** Words the failures of the source itself. */
export async function* unreadable(stream: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw readFailure(name, error);
  }
}
