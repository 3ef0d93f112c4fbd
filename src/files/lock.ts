// One writer per output. Node has no flock, so the lock is a file that names its holder, and the lock of a dead one is taken over.
import { type FileHandle, link, rename, unlink } from 'node:fs/promises';
import { LockedError, UsageError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno, writeFailure } from './errno.ts';
import { beatMs, HeldLock, type Lock } from './held-lock.ts';
import { createLockFile, type FoundLock, readLockFile, sweepLitter } from './lock-file.ts';
import { describeSelf, type Holder, isRunning, type Processes } from './lock-holder.ts';
import { foreignHandIn, foreignHandWords } from './own-file.ts';

export type { Lock } from './held-lock.ts';
export type { Processes } from './lock-holder.ts';

interface Attempt {
  readonly path: string;
  readonly self: Holder;
  /** Our lock file, under a name that nobody else uses. */
  readonly candidate: { readonly path: string; readonly handle: FileHandle };
  /** By the clock of the file system, which may be another machine's. */
  readonly nowMs: number;
  readonly processes: Processes;
  readonly uid: number | undefined;
}

/** A lock file that is ours. */
interface Claimed {
  readonly handle: FileHandle;
  readonly fromSilent: boolean;
}

const silentMs = 60_000;

/**
 * Takes the lock file `path` (`<file>.lock`), or throws LockedError at once while another run holds it.
 * The lock of a dead process of this container is taken over at once. Any other holder cannot be looked up here: it counts as
 * alive until it has been silent for a minute. Throws UsageError when what could be taken over is another user's, WriteError
 * when the file cannot be made. `uid` is the caller; undefined where files have no owner.
 */
export async function acquireLock(path: string, processes: Processes, uid?: number): Promise<Lock> {
  const self = await describeSelf(processes);
  const candidatePath = `${path}.${self.token}.new`;
  let unused: FileHandle | undefined;
  try {
    const handle = await createLockFile(candidatePath, self);
    unused = handle;
    const nowMs = (await handle.stat()).mtimeMs;
    const attempt = { path, self, candidate: { path: candidatePath, handle }, nowMs, processes, uid };
    const claimed = await claim(attempt, path);
    if (claimed.handle === handle) unused = undefined;
    const lock = new HeldLock(path, self, claimed.handle, claimed.fromSilent);
    await sweepLitter(path, self.token, found => isLitter(found, attempt));
    return lock;
  } catch (error) {
    throw writeFailure(path, error);
  } finally {
    await unused?.close();
    await unlink(candidatePath).catch(() => {});
  }
}

/**
 * Makes `at` ours. To replace a dead holder one must first own the right to it: a lock of its own, named by the dead holder's
 * token. So no two can replace the same holder, nobody can replace a new one by mistake, and a taker that dies is replaced alike.
 */
async function claim(attempt: Attempt, at: string): Promise<Claimed> {
  for (;;) {
    const published = await publish(attempt, at);
    if (published !== undefined) return { handle: published, fromSilent: false };
    const found = await readLockFile(at);
    if (found === undefined) continue;
    const standing = await standingOf(found, attempt);
    if (standing === 'held') throw lockedBy(found.holder, attempt);
    refuseForeign(found, at, attempt);
    const right = `${attempt.path}.${found.holder.token}`;
    const { handle } = await claim(attempt, right);
    try {
      if ((await readLockFile(at))?.holder.token === found.holder.token) {
        await rename(right, at);
        return { handle, fromSilent: standing === 'silent' };
      }
      await unlink(right);
    } catch (error) {
      await unlink(right).catch(() => {});
      throw error;
    }
    if (handle !== attempt.candidate.handle) await handle.close();
  }
}

/** A hard link appears with its content or not at all. Undefined when the name is taken. */
async function publish({ candidate, self }: Attempt, at: string): Promise<FileHandle | undefined> {
  try {
    await link(candidate.path, at);
    return candidate.handle;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return undefined;
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EACCES')) throw error;
  }
  try {
    // A file system without hard links.
    return await createLockFile(at, self);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return undefined;
    throw error;
  }
}

/**
 * Where the holder cannot be looked up, its last beat tells. A clock that was set back leaves a beat in the future: one that is
 * more than a minute away is no beat of now, either.
 */
async function standingOf({ holder, stats }: FoundLock, { self, processes, nowMs }: Attempt): Promise<'held' | 'dead' | 'silent'> {
  const isEmpty = holder.host === '';
  const running = isEmpty ? undefined : await isRunning(holder, self, processes);
  if (running !== undefined) return running ? 'held' : 'dead';
  return Math.abs(nowMs - stats.mtimeMs) < (isEmpty ? beatMs : silentMs) ? 'held' : 'silent';
}

async function isLitter(found: FoundLock, attempt: Attempt): Promise<boolean> {
  const isOwn = attempt.uid === undefined || found.stats.uid === attempt.uid;
  return isOwn && (await standingOf(found, attempt)) !== 'held';
}

/** A holder that was killed while it took the lock leaves it with two names; that is no foreign hand. */
function refuseForeign({ stats }: FoundLock, at: string, { path, uid }: Attempt): void {
  const why = foreignHandIn(stats, uid);
  if (why === undefined || why === 'it has a second link') return;
  const hint = say`remove it if no run of theirs writes ${outputOf(path)}`;
  throw new UsageError(say`cannot take over ${at}: ${foreignHandWords[why]}`, { hint });
}

function lockedBy(holder: Holder, { path, self }: Attempt): LockedError {
  const output = outputOf(path);
  if (holder.host === self.host && holder.boot === self.boot && holder.space === self.space) {
    return new LockedError(say`another run writes ${output} (process ${holder.pid})`);
  }
  const hint = say`if that run has ended, wait a minute: ${path} is then taken over`;
  return new LockedError(
    holder.host === '' ? say`another run writes ${output}` : say`another run writes ${output} (process ${holder.pid} on ${holder.host})`,
    { hint },
  );
}

function outputOf(path: string): string {
  return path.replace(/\.lock$/, '');
}
