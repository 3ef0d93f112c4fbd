// By what two spellings of one path are told to be one.
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** A path without links, also of a file that is not there yet. */
export async function realPath(path: string): Promise<string> {
  const directory = () => realpath(dirname(path)).then(real => join(real, basename(path)));
  return realpath(path)
    .catch(directory)
    .catch(() => resolve(path));
}
