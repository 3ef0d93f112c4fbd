// Checks where `--out` points before anything is sent: only a regular file, or a free name in a directory, will do.
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { UsageError, WriteError } from '../core/errors.ts';
import { isErrno, writeFailure } from './errno.ts';

/** A checked output file and the names beside it. */
export interface Target {
  /** As the user wrote it, for messages. */
  readonly shown: string;
  /** The file itself, symbolic links resolved. */
  readonly path: string;
  /** What is written until the output is final. */
  readonly partial: string;
  /** The list of keys done, for `--resume`. */
  readonly journal: string;
  /** Held while a run writes. */
  readonly lock: string;
  /** Whether a file that is there when the output becomes final is replaced. */
  readonly clobber: boolean;
}

export interface TargetRules {
  /** False with `--no-clobber`: an existing file is a UsageError. */
  readonly clobber: boolean;
  /** The caller; a symbolic link is followed only to a file of theirs. Absent where the system has no user ids. */
  readonly uid?: number | undefined;
}

/** Finds the file an output path stands for. Throws UsageError or WriteError; creates nothing. */
export async function checkTarget(shown: string, rules: TargetRules): Promise<Target> {
  if (shown === '') throw new UsageError('--out needs a file name');
  if (shown === '-')
    throw new UsageError('- names no file to write', { hint: 'without --out rows go to standard output; a file of that name is ./-' });
  if (shown.endsWith('/') || shown.endsWith(sep) || ['.', '..'].includes(basename(shown))) {
    throw new WriteError(`cannot write ${shown}: it is a directory`);
  }
  const found = await lstat(shown).catch(error => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw writeFailure(shown, error);
  });
  if (found === undefined) return namesBeside(shown, shown, rules);
  if (!rules.clobber) throw alreadyExists(shown);
  if (found.isSymbolicLink()) return namesBeside(shown, await followLink(shown, rules.uid), rules);
  if (!found.isFile()) throw new WriteError(`cannot write ${shown}: it is ${found.isDirectory() ? 'a directory' : 'not a regular file'}`);
  return namesBeside(shown, shown, rules);
}

/** What `--no-clobber` says about an existing file. */
export function alreadyExists(shown: string): UsageError {
  return new UsageError(`${shown} already exists`, { hint: 'choose another file, or leave out --no-clobber to replace it' });
}

async function followLink(shown: string, uid: number | undefined): Promise<string> {
  try {
    const path = await realpath(shown);
    const found = await stat(path);
    if (!found.isFile()) throw new WriteError(`cannot write ${shown}: it is a symbolic link to something that is not a regular file`);
    if (uid !== undefined && found.uid !== uid)
      throw new WriteError(`cannot write ${shown}: it is a symbolic link to a file of another user`);
    return path;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new WriteError(`cannot write ${shown}: it is a symbolic link to nothing`);
    throw writeFailure(shown, error);
  }
}

function namesBeside(shown: string, path: string, rules: TargetRules): Target {
  return { shown, path, partial: `${path}.partial`, journal: `${path}.journal`, lock: `${path}.lock`, clobber: rules.clobber };
}
