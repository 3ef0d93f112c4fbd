// Checks where `--out` points before anything is sent: only a regular file, or a free name in a directory, will do.
import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { UsageError, WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno, writeFailure } from './errno.ts';
import type { Lock } from './held-lock.ts';
import { foreignLinkOf, isForeignGift, type Way, walkPath } from './trusted-path.ts';

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
  /** The caller, who alone may have written what a run goes on with. Undefined where the system has no user ids. */
  readonly uid: number | undefined;
  /** The lock, while a run holds it: it is asked before anything takes the target's name. */
  readonly held?: Pick<Lock, 'confirm' | 'fromSilent'>;
}

export interface TargetRules {
  /** False with `--no-clobber`: an existing file is a UsageError. */
  readonly clobber: boolean;
  /**
   * The caller. Where others can write, a symbolic link is followed only if it is the caller's or root's, and at the end of the
   * path only to a file of the caller's. Absent where the system has no user ids.
   */
  readonly uid?: number | undefined;
}

/** Finds the file an output path stands for. Throws UsageError or WriteError; creates nothing. */
export async function checkTarget(shown: string, rules: TargetRules): Promise<Target> {
  if (shown === '') throw new UsageError(say`--out needs a file name`);
  if (shown === '-')
    throw new UsageError(say`- names no file to write`, {
      hint: say`without --out rows go to standard output; a file of that name is ./-`,
    });
  if (shown.endsWith('/') || shown.endsWith(sep) || ['.', '..'].includes(basename(shown))) {
    throw new WriteError(say`cannot write ${shown}: it is a directory`);
  }
  const found = await lstat(shown).catch(error => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw writeFailure(shown, error);
  });
  if (found !== undefined && !rules.clobber) throw alreadyExists(shown);
  const path = await followLinks(shown, found, rules.uid);
  if (found?.isSymbolicLink()) await refuseEnd(shown, path, rules.uid);
  else if (found !== undefined && !found.isFile()) {
    throw new WriteError(say`cannot write ${shown}: it is ${found.isDirectory() ? say`a directory` : say`not a regular file`}`);
  }
  return namesBeside(shown, path, rules);
}

/** Refuses a pipe or device that another user has put where others can write, or a link of theirs on the way to one. Throws WriteError. */
export function refuseForeignDevice(shown: string, uid: number | undefined): void {
  if (uid === undefined) return;
  try {
    const way = walkPath(shown);
    refuseForeignLink(shown, way, uid);
    if (isForeignGift(way, uid)) throw new WriteError(say`cannot write ${shown}: it belongs to another user`);
  } catch (error) {
    throw writeFailure(shown, error);
  }
}

/** What `--no-clobber` says about an existing file. */
export function alreadyExists(shown: string): UsageError {
  return new UsageError(say`${shown} already exists`, { hint: say`choose another file, or leave out --no-clobber to replace it` });
}

/** The path without links, none of which another user may have laid: the system itself would follow those, too. */
async function followLinks(shown: string, found: Stats | undefined, uid: number | undefined): Promise<string> {
  try {
    if (uid === undefined) return found?.isSymbolicLink() ? await realpath(shown) : shown;
    const way = walkPath(shown);
    refuseForeignLink(shown, way, uid);
    return way.passed.some(({ within }) => within !== undefined) ? way.real : shown;
  } catch (error) {
    if (found?.isSymbolicLink() && isErrno(error, 'ENOENT')) throw linkTo(shown, 'nothing');
    throw writeFailure(shown, error);
  }
}

function refuseForeignLink(shown: string, way: Way, uid: number): void {
  const foreign = foreignLinkOf(way, uid);
  if (foreign !== undefined) throw new WriteError(say`cannot write ${shown}: the symbolic link ${foreign} belongs to another user`);
}

/** Checks what lies behind a link: it is replaced, so it must be a file of the caller's. */
async function refuseEnd(shown: string, path: string, uid: number | undefined): Promise<void> {
  const end = await lstat(path).catch(() => undefined);
  // Links of /proc lead to what has no name.
  if (end === undefined && (await stat(shown).catch(() => undefined)) === undefined) throw linkTo(shown, 'nothing');
  if (!end?.isFile()) throw linkTo(shown, 'something that is not a regular file');
  if (uid !== undefined && end.uid !== uid) throw linkTo(shown, 'a file of another user');
}

function linkTo(shown: string, what: string): WriteError {
  return new WriteError(say`cannot write ${shown}: it is a symbolic link to ${what}`);
}

function namesBeside(shown: string, path: string, rules: TargetRules): Target {
  return {
    shown,
    path,
    partial: `${path}.partial`,
    journal: `${path}.journal`,
    lock: `${path}.lock`,
    clobber: rules.clobber,
    uid: rules.uid,
  };
}
