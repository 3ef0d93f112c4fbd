// A lock in our hands: its beat says that we live, and finds out when somebody believed that we do not.
import { type FileHandle, lstat, unlink } from 'node:fs/promises';
import { LockedError, WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno, writeFailure } from './errno.ts';
import { holderText, readLockFile } from './lock-file.ts';
import type { Holder } from './lock-holder.ts';
import { isSameFile } from './own-file.ts';

export interface Lock {
  /** Taken from a holder that was silent but may still live: what it has open must not be written on. */
  readonly fromSilent: boolean;
  /** Aborted with a LockedError as soon as a beat finds the lock lost. */
  readonly lost: AbortSignal;
  /** Whether nobody has taken the lock over. Throws WriteError when the system does not say. */
  stillHeld(): Promise<boolean>;
  /** Throws LockedError when the lock is lost: what it guards is another run's by now. */
  confirm(): Promise<void>;
  /** Lets the next run in. Leaves a lock alone that is not ours any more. Never throws. */
  release(): Promise<void>;
}

/** How often a holder shows that it lives. */
export const beatMs = 5_000;

export class HeldLock implements Lock {
  readonly #timer: NodeJS.Timeout;
  readonly #lost = new AbortController();
  #isBeating = false;
  #isReleased = false;

  constructor(
    readonly path: string,
    readonly self: Holder,
    /** Open on the lock file since before it got its name. */
    readonly handle: FileHandle,
    readonly fromSilent: boolean,
  ) {
    this.#timer = setInterval(() => void this.#beat(), beatMs);
    this.#timer.unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async stillHeld(): Promise<boolean> {
    try {
      const own = await this.handle.stat({ bigint: true });
      if (!isSameFile(await lstat(this.path, { bigint: true }), own)) return false;
      return (await readLockFile(this.path))?.holder.token === this.self.token;
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR') || error instanceof WriteError) return false;
      throw writeFailure(this.path, error);
    }
  }

  async confirm(): Promise<void> {
    if (this.lost.aborted) throw this.lost.reason;
    if (!(await this.stillHeld())) throw await this.#lossOf();
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    clearInterval(this.#timer);
    const isOurs = await this.stillHeld().catch(() => false);
    await this.handle.close().catch(() => {});
    if (isOurs) await unlink(this.path).catch(() => {});
  }

  /** A process that was stopped beats first when it goes on: it must not speak for a lock that was taken over meanwhile. */
  async #beat(): Promise<void> {
    if (this.#isBeating || this.lost.aborted) return;
    this.#isBeating = true;
    try {
      if (await this.stillHeld()) {
        await this.handle.write(holderText(this.self), 0);
        // On a network the others see it then, too.
        await this.handle.datasync();
      } else if (!this.#isReleased) this.#lost.abort(await this.#lossOf());
    } catch {
      // A beat that fails is a silence, and the next one may not.
    } finally {
      this.#isBeating = false;
    }
  }

  async #lossOf(): Promise<LockedError> {
    const output = this.path.replace(/\.lock$/, '');
    const holder = (await readLockFile(this.path).catch(() => undefined))?.holder;
    const by = holder === undefined ? `${this.path} is gone` : `another run has taken it over (process ${holder.pid} on ${holder.host})`;
    return new LockedError(say`lost the lock of ${output}: ${by}`, {
      hint: say`nothing was replaced, and the files of that run were left alone`,
    });
  }
}
