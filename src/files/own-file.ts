// Files that a run makes beside its output, and that a later run may go on with: only what this user alone can have written is trusted.
import { type BigIntStats, constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { UsageError, WriteError } from '../core/errors.ts';
import { type Saying, say, type Words } from '../core/say.ts';
import { isErrno, writeFailure } from './errno.ts';

const othersWrite = 0o022;

/** Whether an open file still lies under a name, and no other one. */
export async function isNameOf(path: string, handle: FileHandle): Promise<boolean> {
  const own = await handle.stat({ bigint: true });
  return isSameFile(await lstat(path, { bigint: true }).catch(() => undefined), own);
}

export function isSameFile(one: BigIntStats | undefined, other: BigIntStats): boolean {
  return one?.ino === other.ino && one.dev === other.dev;
}

/** Copies an open file to a new one of our own, which takes its name when it is whole and on the disk. */
export async function copyOwn(from: FileHandle, unfinished: string, to: string): Promise<void> {
  const copy = await createOwn(unfinished);
  await pipeline(from.createReadStream({ autoClose: false, start: 0 }), copy.createWriteStream({ flush: true }));
  await rename(unfinished, to);
}

export type ForeignHand = 'it is not a regular file' | 'it belongs to another user' | 'it has a second link' | 'other users can write it';

/** The same for people. */
export const foreignHandWords: Readonly<Record<ForeignHand, Saying>> = {
  'it is not a regular file': say`it is not a regular file`,
  'it belongs to another user': say`it belongs to another user`,
  'it has a second link': say`it has a second link`,
  'other users can write it': say`other users can write it`,
};

/** Why another user may have a hand in an opened file; undefined when nobody can. Where files have no owner only its kind counts. */
export function foreignHandIn(found: Stats, uid: number | undefined): ForeignHand | undefined {
  if (!found.isFile()) return 'it is not a regular file';
  if (uid === undefined) return undefined;
  if (found.uid !== uid) return 'it belongs to another user';
  if (found.nlink > 1) return 'it has a second link';
  return (found.mode & othersWrite) === 0 ? undefined : 'other users can write it';
}

/** Creates a file of our own, 0600, in place of an earlier regular one. Anything else under that name is left alone. */
export async function createOwn(path: string): Promise<FileHandle> {
  const found = await lstat(path).catch(error => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (found !== undefined) {
    if (!found.isFile()) throw new WriteError(say`cannot write ${path}: ${foreignHandWords['it is not a regular file']}`);
    await unlink(path).catch(error => {
      throw writeFailure(path, error);
    });
  }
  return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
}

/** Opens a file to go on with. Undefined when there is none; throws UsageError when others may have written it. */
export async function openOwn(path: string, uid: number | undefined, flags: number = constants.O_RDWR): Promise<FileHandle | undefined> {
  const handle = await openUnfollowed(path, flags).catch(error => {
    if (isErrno(error, 'ENOENT')) return undefined;
    const why = reasons.find(([codes]) => isErrno(error, ...codes))?.[1];
    throw why === undefined ? writeFailure(path, error) : notContinued(path, why);
  });
  if (handle === undefined) return undefined;
  const why = foreignHandIn(await handle.stat(), uid);
  if (why === undefined) return handle;
  await handle.close();
  throw notContinued(path, foreignHandWords[why]);
}

const reasons: readonly (readonly [readonly string[], Words])[] = [
  [['ELOOP', 'EMLINK'], say`it is a symbolic link`],
  [['EISDIR', 'ENXIO'], foreignHandWords['it is not a regular file']],
  [['EACCES'], say`permission denied`],
];

/** Opens what lies under this very name: no link is followed, and no FIFO waited for. Windows has neither. */
export async function openUnfollowed(path: string, flags: number = constants.O_RDONLY): Promise<FileHandle> {
  return open(path, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

function notContinued(path: string, why: Words): UsageError {
  return new UsageError(say`cannot continue ${path}: ${why}`, { hint: say`leave out --resume to start over` });
}
