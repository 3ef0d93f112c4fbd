// Says in plain words why the operating system refused to read or write, naming the file.
import { dirname } from 'node:path';
import { InputError, LoanqError, WriteError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';

const writeReasons: Readonly<Record<string, Words>> = {
  EACCES: say`permission denied`,
  EBUSY: say`it is in use or a mount point`,
  EDQUOT: say`the disk quota is used up`,
  EEXIST: say`it already exists`,
  EFBIG: say`the file would be larger than allowed`,
  EIO: say`input/output error`,
  EISDIR: say`it is a directory`,
  ELOOP: say`too many symbolic links`,
  EMFILE: say`too many open files`,
  ENAMETOOLONG: say`the name is too long`,
  ENOENT: say`the directory does not exist`,
  ENOSPC: say`no space left on device`,
  ENOTDIR: say`a part of the path is not a directory`,
  EPERM: say`operation not permitted`,
  EROFS: say`the file system is read-only`,
};

const readReasons: Readonly<Record<string, Words>> = {
  EACCES: say`permission denied`,
  EIO: say`input/output error`,
  EISDIR: say`it is a directory`,
  ENOENT: say`there is no such file`,
};

/** Whether an error carries one of the named codes (`ENOENT`). */
export function isErrno(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && names.includes(error.code);
}

/** The WriteError for an error of the operating system; anything else is a bug or already worded, and comes back as it is. */
export function writeFailure(output: Words, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const isNowhere = error.code === 'ENOENT' && typeof output === 'string' && dirname(output) !== '.';
  return new WriteError(
    say`cannot write ${output}: ${writeReasons[String(error.code)] ?? String(error.code)}`,
    isNowhere ? { hint: say`make it first: mkdir -p ${shellWord(dirname(output))}` } : {},
  );
}

/** The InputError for an error of the operating system or of a stream that broke; anything else comes back as it is. */
export function readFailure(input: Words, error: unknown): unknown {
  if (error instanceof LoanqError || !(error instanceof Error && 'code' in error)) return error;
  const code = String(error.code);
  return new InputError(say`cannot read ${input}: ${readReasons[code] ?? code}`);
}
