// Says in plain words why the operating system refused to read or write, naming the file.
import { InputError, LoanqError, WriteError } from '../core/errors.ts';

const writeReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use or a mount point',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it already exists',
  EFBIG: 'the file would be larger than allowed',
  EIO: 'input/output error',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the directory does not exist',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'a part of the path is not a directory',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

const readReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EIO: 'input/output error',
  EISDIR: 'it is a directory',
  ENOENT: 'there is no such file',
};

/** Whether an error carries one of the named codes (`ENOENT`). */
export function isErrno(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && names.includes(error.code);
}

/** The WriteError for an error of the operating system; anything else is a bug or already worded, and comes back as it is. */
export function writeFailure(output: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new WriteError(`cannot write ${output}: ${writeReasons[String(error.code)] ?? error.code}`);
}

/** The InputError for an error of the operating system or of a stream that broke; anything else comes back as it is. */
export function readFailure(input: string, error: unknown): unknown {
  if (error instanceof LoanqError || !(error instanceof Error && 'code' in error)) return error;
  const code = String(error.code);
  return new InputError(`cannot read ${input}: ${readReasons[code] ?? code}`);
}
