// A lock as it lies on the disk: one line that names the holder, made whole before it gets its name, read without following a link.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno } from './errno.ts';
import type { Holder } from './lock-holder.ts';
import { openUnfollowed } from './own-file.ts';

/** A lock file as it was found. */
export interface FoundLock {
  readonly holder: Holder;
  readonly stats: Stats;
}

const maxBytes = 4096;

/** Makes a lock file under a free name. The handle is for its beats: under its name another one may lie by then. */
export async function createLockFile(path: string, self: Holder): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o644);
  try {
    await handle.writeFile(holderText(self));
    return handle;
  } catch (error) {
    await handle.close();
    await unlink(path).catch(() => {});
    throw error;
  }
}

export function holderText(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** The lock under a name; undefined when there is none. Throws WriteError for anything else that lies there. */
export async function readLockFile(path: string): Promise<FoundLock | undefined> {
  try {
    const handle = await openUnfollowed(path);
    try {
      const found = await parseLockFile(handle);
      if (found !== undefined) return found;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    if (!isErrno(error, 'ELOOP', 'EMLINK')) throw error;
  }
  throw new WriteError(say`cannot lock the output: ${path} is there and is not a lock`, { hint: say`move ${path} away` });
}

/** A pipe, a directory or a long file is not read: it would not end or could not begin. */
async function parseLockFile(handle: FileHandle): Promise<FoundLock | undefined> {
  const stats = await handle.stat();
  if (!stats.isFile() || stats.size > maxBytes) return undefined;
  const text = await handle.readFile('utf8');
  // A power cut leaves nothing or zeros; where there are no hard links, the text may be about to be written.
  const holder = /^\0*$/.test(text) ? { token: `empty-${stats.ino}`, pid: 0, host: '' } : parseHolder(text);
  return holder && { holder, stats };
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { token, pid, host, boot, space, start }: Partial<Record<string, unknown>> = JSON.parse(text);
    if (typeof token !== 'string' || !/^[0-9a-f]{16}$/.test(token)) return undefined;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1 || typeof host !== 'string') return undefined;
    return { token, pid, host, boot: textOr(boot), space: textOr(space), start: textOr(start) };
  } catch {
    return undefined;
  }
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Removes what killed runs left beside a lock: their own lock files that had not got its name yet, and the rights to take it
 * over. Only for the holder of the lock: what names its token may be needed against it, all else is of no use any more. Never throws.
 */
export async function sweepLitter(path: string, token: string, isLitter: (found: FoundLock) => Promise<boolean>): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.lock\.(?:[0-9a-f]{16}|empty-\d+)(?:\.new)?$/.test(name) || name.includes(token))
      continue;
    const at = join(dirname(path), name);
    const found = await readLockFile(at).catch(() => undefined);
    if (found !== undefined && (await isLitter(found))) await unlink(at).catch(() => {});
  }
}
