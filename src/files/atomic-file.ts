// `--out`: the file is written under another name and takes its place only when it is complete and on the disk.
import { type BigIntStats, constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno, writeFailure } from './errno.ts';
import { createOwn, isSameFile, openOwn } from './own-file.ts';
import { blockBytes, type Sink, toBytes } from './sink.ts';
import { takeName } from './take-name.ts';
import { alreadyExists, type Target } from './target.ts';

/** A file that appears whole or not at all. */
export interface FileSink extends Sink {
  /** To read back what was flushed: under its name another file may lie by now. */
  readonly handle: FileHandle;
  /** Hands what waits in memory to the operating system: it outlives this program, even a kill -9. */
  flush(): Promise<void>;
  /** Flushes and waits for the disk: it outlives a power cut. */
  sync(): Promise<void>;
  /** Ends without touching the target; the unfinished file goes unless it is kept for `--resume`. Never throws. */
  abandon(options?: { readonly keepPartial?: boolean }): Promise<void>;
}

export interface OpenFileOptions {
  /** Continue the unfinished file, cut to this many bytes. */
  readonly resumeAt?: number;
  /** Name to write under, instead of `<file>.partial`. */
  readonly partial?: string;
}

/** Opens a checked target for writing; a fresh unfinished file is readable by its owner only. Throws WriteError. */
export async function openFile(target: Target, options: OpenFileOptions = {}): Promise<FileSink> {
  const partial = options.partial ?? target.partial;
  try {
    const { resumeAt } = options;
    const handle = resumeAt === undefined ? await createOwn(partial) : await reopen(partial, resumeAt, target.uid);
    return new AtomicFile(target, partial, handle, await handle.stat({ bigint: true }), resumeAt ?? 0);
  } catch (error) {
    throw writeFailure(target.shown, error);
  }
}

async function reopen(path: string, size: number, uid: number | undefined): Promise<FileHandle> {
  const handle = await openOwn(path, uid);
  if (handle === undefined) throw new WriteError(say`cannot continue ${path}: there is no such file`);
  try {
    const found = await handle.stat();
    if (found.size < size) throw new WriteError(say`cannot continue ${path}: it has ${found.size} bytes where ${size} were written`);
    await handle.truncate(size);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class AtomicFile implements FileSink {
  offset: number;
  #written: number;
  #waiting: Uint8Array[] = [];
  #failure: unknown;

  constructor(
    readonly target: Target,
    readonly partial: string,
    readonly handle: FileHandle,
    readonly identity: BigIntStats,
    start: number,
  ) {
    this.offset = start;
    this.#written = start;
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    const bytes = toBytes(chunk);
    this.#waiting.push(bytes);
    this.offset += bytes.length;
    if (this.offset - this.#written >= blockBytes) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const block = Buffer.concat(this.#waiting);
    this.#waiting = [];
    for (let done = 0; done < block.length; ) {
      const { bytesWritten } = await this.#guard(this.handle.write(block, done, block.length - done, this.#written));
      done += bytesWritten;
      this.#written += bytesWritten;
    }
  }

  async sync(): Promise<void> {
    await this.flush();
    await this.#guard(this.handle.datasync());
  }

  async commit(): Promise<void> {
    await this.flush();
    const replaced = await this.#guard(statIfAny(this.target.path));
    if (replaced !== undefined && !this.target.clobber) throw alreadyExists(this.target.shown);
    if (replaced !== undefined && isOwn(replaced, this.target)) await this.#guard(keepAccess(this.handle, replaced));
    await this.#guard(this.handle.sync());
    await this.#guard(this.handle.close());
    // Here a stopped process may have slept for an hour: what lies under our names can be another run's.
    await this.target.held?.confirm();
    await this.#guard(this.#refuseReplaced());
    await this.#guard(takeName(this.partial, this.target));
    await this.#guard(syncDirectory(dirname(this.target.path)));
  }

  async abandon({ keepPartial = false }: { readonly keepPartial?: boolean } = {}): Promise<void> {
    if (keepPartial) await this.sync().catch(() => {});
    await this.handle.close().catch(() => {});
    if (!keepPartial && (await this.#isStillThere().catch(() => false))) await unlink(this.partial).catch(() => {});
  }

  /** A file that took the place of ours is neither made final nor removed. */
  async #refuseReplaced(): Promise<void> {
    if (await this.#isStillThere()) return;
    throw new WriteError(say`cannot write ${this.target.shown}: ${this.partial} was replaced or removed while it was written`);
  }

  async #isStillThere(): Promise<boolean> {
    return isSameFile(await lstat(this.partial, { bigint: true }).catch(nothingThere), this.identity);
  }

  /** Words a failure and keeps it: after a lost write, nothing may make the file final. */
  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.#failure ??= writeFailure(this.target.shown, error);
      throw this.#failure;
    }
  }
}

/** What the rename will replace: a link under that name goes itself. */
async function statIfAny(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(nothingThere);
}

/** Any other error does not tell whether something is there. */
function nothingThere(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error;
}

/** Another user's file decides nothing about ours. */
function isOwn(replaced: Stats, { uid }: Target): boolean {
  return replaced.isFile() && (uid === undefined || replaced.uid === uid);
}

/** Lets in whom the replaced file let in, and nobody else: where its group cannot be kept, ours gets what everybody had. */
async function keepAccess(handle: FileHandle, { mode, gid }: Stats): Promise<void> {
  const own = await handle.stat();
  const keepsGroup =
    own.gid === gid ||
    (await handle.chown(own.uid, gid).then(
      () => true,
      () => false,
    ));
  const others = mode & 0o007;
  await handle.chmod(keepsGroup ? mode & 0o777 : (mode & 0o700) | (mode & 0o070 & (others << 3)) | others);
}

/** Makes a rename outlive a power cut. Not every system and permission allows it; the rename has happened either way. */
async function syncDirectory(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY);
    await handle.sync();
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP')) throw error;
  } finally {
    await handle?.close();
  }
}
