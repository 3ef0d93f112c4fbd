// Standard input that cannot be read, but that Node takes for an empty one without a word.
import { fstatSync } from 'node:fs';
import { InputError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { stdinIsClosed } from './stdout.ts';

/** Throws InputError when standard input was closed when the program started, or is a directory. */
export async function checkStdin(platform: NodeJS.Platform): Promise<void> {
  if (await stdinIsClosed(platform)) throw new InputError(say`cannot read standard input: it is closed`);
  if (isDirectory(0)) throw new InputError(say`cannot read standard input: it is a directory`);
}

function isDirectory(fd: number): boolean {
  try {
    return fstatSync(fd).isDirectory();
  } catch {
    return false;
  }
}
