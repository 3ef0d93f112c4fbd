// The output file of a batch together with its journal: delivers each key exactly once over any number of interrupted runs.
import { constants } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type FileSink, openFile } from '../../files/atomic-file.ts';
import { isErrno, writeFailure } from '../../files/errno.ts';
import { copyOwn, openOwn, openUnfollowed } from '../../files/own-file.ts';
import { type Sink, toBytes } from '../../files/sink.ts';
import type { Target } from '../../files/target.ts';
import type { Frame } from '../../output/format.ts';
import type { Fingerprint } from './header.ts';
import { createJournal, headOrdinal, isMarkedFinal, type Journal, removeJournal, resumeJournal } from './journal.ts';
import type { JournalEntry, KeyRange } from './section.ts';

export interface JournaledFileOptions {
  readonly fingerprint: Fingerprint;
  readonly frame: Frame;
  /** `--resume`: continue where the journal ends. Without one it is a new run. */
  readonly resume: boolean;
  readonly monotonicMs: () => number;
  /** Ends the reading of a long journal with its reason. */
  readonly signal?: AbortSignal;
}

const syncEveryMs = 1_000;

/**
 * Opens the output of a batch; hold the target's lock. The run then goes through its keys in order and for each key
 * asks `isDelivered`, and calls `deliver` or `fail` for those that are not. At the end `seal` and `publish`, or `stop`.
 * Throws UsageError when the journal is not of the same run, WriteError.
 */
export async function openJournaledFile(target: Target, options: JournaledFileOptions): Promise<JournaledFile> {
  await rm(orderedName(target), { force: true }).catch(error => {
    // What is not a file is named by whoever wants to write there.
    if (!isErrno(error, 'ERR_FS_EISDIR', 'EISDIR', 'EPERM')) throw writeFailure(orderedName(target), error);
  });
  const file = (options.resume && (await continueFile(target, options))) || (await beginFile(target, options));
  try {
    if (!file.journal.hasHead) await file.deliver(headOrdinal, [options.frame.head]);
    return file;
  } catch (error) {
    await file.stop();
    throw error;
  }
}

async function continueFile(target: Target, options: JournaledFileOptions): Promise<JournaledFile | undefined> {
  await restorePartial(target);
  // The journal first: it must not claim rows that are not in the copy.
  if (target.held?.fromSilent) for (const path of [target.journal, target.partial]) await fence(target, path);
  const journal = await resumeJournal(target, options.fingerprint, options.signal);
  if (journal === undefined) return undefined;
  try {
    return new JournaledFile(target, await openFile(target, { resumeAt: journal.end }), journal, options);
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/**
 * A run that was killed after its file took the target's place, but before the journal went, has nothing left to do: the
 * journal can still vouch for the rows, by their checksums, in a copy of the target.
 */
async function restorePartial(target: Target): Promise<void> {
  if (!(await isMarkedFinal(target)) || (await isThere(target.partial))) return;
  const rows = await openUnfollowed(target.path).catch(() => undefined);
  try {
    const found = await rows?.stat();
    if (rows === undefined || !found?.isFile() || (target.uid !== undefined && found.uid !== target.uid)) return;
    await copyOwn(rows, orderedName(target), target.partial);
  } catch (error) {
    throw writeFailure(target.partial, error);
  } finally {
    await rows?.close();
  }
}

/**
 * A run that was silent may wake up and write on: it then writes into files that have no name any more, and this one goes on
 * with copies.
 */
async function fence(target: Target, path: string): Promise<void> {
  const handle = await openOwn(path, target.uid, constants.O_RDONLY);
  try {
    if (handle !== undefined) await copyOwn(handle, orderedName(target), path);
  } catch (error) {
    throw writeFailure(path, error);
  } finally {
    await handle?.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function beginFile(target: Target, options: JournaledFileOptions): Promise<JournaledFile> {
  // From here on it makes away with what an earlier run has left, or a later one is about to write.
  await target.held?.confirm();
  await removeJournal(target);
  const sink = await openFile(target);
  try {
    return new JournaledFile(target, sink, await createJournal(target, options.fingerprint), options);
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

/** Calls must not overlap, but for `isDelivered`, which may run ahead. Any may throw WriteError, `stop` excepted. */
export class JournaledFile {
  #syncedMs: number;
  /** Keys added since the last claim. */
  #unclaimed: JournalEntry[] = [];
  #hasUnclaimedRows = false;
  /** The rows in the order of the keys, where the partial file has them in another. */
  #ordered: FileSink | undefined;

  constructor(
    readonly target: Target,
    readonly sink: FileSink,
    readonly journal: Journal,
    readonly options: JournaledFileOptions,
  ) {
    this.#syncedMs = options.monotonicMs();
  }

  /** Keys delivered so far, by earlier runs too. */
  get delivered(): number {
    return this.journal.delivered;
  }

  /** Whether any row was delivered, by earlier runs too. */
  get hasRows(): boolean {
    return this.journal.hasRows;
  }

  /** The rows of each key that is delivered, as one text. */
  async *rows(): AsyncGenerator<string> {
    await this.sink.flush();
    for await (const { n, rows } of this.journal.rowsInOrder(this.sink.handle)) {
      const pieces: Buffer[] = [];
      for await (const piece of rows) pieces.push(Buffer.from(piece));
      if (n !== headOrdinal) yield Buffer.concat(pieces).toString('utf8');
    }
  }

  /** Whether an earlier run delivered the key. `n` counts the keys of the run from 0; ask in rising order, once for each. */
  isDelivered(n: number): Promise<boolean> {
    return this.journal.isDelivered(n);
  }

  /**
   * Writes all rows of a key, each as the format renders it without what stands between rows. Several rows may come as one;
   * none is fine, but no row may be empty. `n` rises.
   */
  async deliver(n: number, rows: Iterable<string | Uint8Array>): Promise<void> {
    await this.add(n, rows);
    await this.claim();
  }

  /** Notes that a key was tried and not delivered. `n` rises. */
  async fail(n: number, outcome: string): Promise<void> {
    this.addFailed(n, outcome);
    await this.claim();
  }

  /** Like `deliver`, but the key counts as delivered only after `claim`: many keys then cost two writes. */
  async add(n: number, rows: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>): Promise<void> {
    let start: number | undefined;
    let crc = 0;
    for await (const row of rows) {
      const separator = Buffer.from(n === headOrdinal ? '' : separate(this.options.frame, this.#hasWritten || start !== undefined));
      if (start !== undefined) crc = crc32(separator, crc);
      await this.sink.write(separator);
      start ??= this.sink.offset;
      const bytes = toBytes(row);
      crc = crc32(bytes, crc);
      await this.sink.write(bytes);
    }
    if (n !== headOrdinal && start !== undefined) this.#hasUnclaimedRows = true;
    this.#unclaimed.push({ n, at: [start ?? this.sink.offset, this.sink.offset], crc });
  }

  /** Like `fail`, before `claim`. */
  addFailed(n: number, outcome: string): void {
    this.#unclaimed.push({ n, failed: outcome });
  }

  /** Hands the rows of all added keys to the operating system, then the lines that claim them. */
  async claim(): Promise<void> {
    const entries = this.#unclaimed;
    if (entries.length === 0) return;
    this.#unclaimed = [];
    await this.sink.flush();
    await this.journal.append(...entries);
    this.#hasUnclaimedRows = false;
    await this.#syncWhenDue();
  }

  /** Notes, behind all keys that were added, that the run gives up because of these. */
  async noteStop(row: KeyRange): Promise<void> {
    await this.claim();
    await this.journal.appendStop(row);
  }

  get #hasWritten(): boolean {
    return this.hasRows || this.#hasUnclaimedRows;
  }

  /** Completes the output on the disk, in the order of the keys, under another name than its own. What can fail mostly fails here. */
  async seal(): Promise<void> {
    await this.claim();
    if (this.journal.inOrder) {
      await this.sink.write(this.#tail());
      return this.sink.sync();
    }
    await this.sink.flush();
    this.#ordered = await this.#putInOrder();
  }

  /** Gives the sealed output its name, then removes the journal: one that is left behind must find the rows it vouches for. */
  async publish(): Promise<void> {
    if (this.#ordered === undefined) {
      await this.journal.markFinal();
      await this.sink.commit();
      return this.journal.remove();
    }
    await this.#ordered.commit();
    await this.journal.remove();
    await this.sink.abandon();
  }

  /** Keeps what is done for `--resume`; the target stays as it was. Never throws. */
  async stop(): Promise<void> {
    await this.claim().catch(() => {});
    await this.#ordered?.abandon();
    await this.sink.abandon({ keepPartial: true });
    await this.journal.close();
  }

  async #putInOrder(): Promise<FileSink> {
    const ordered = await openFile(this.target, { partial: orderedName(this.target) });
    try {
      await this.#copyInOrder(ordered);
      await ordered.write(this.#tail());
      await ordered.sync();
      return ordered;
    } catch (error) {
      await ordered.abandon();
      throw writeFailure(this.target.shown, error);
    }
  }

  async #copyInOrder(ordered: Sink): Promise<void> {
    let began = false;
    for await (const { n, rows } of this.journal.rowsInOrder(this.sink.handle)) {
      if (n !== headOrdinal) {
        await ordered.write(separate(this.options.frame, began));
        began = true;
      }
      for await (const piece of rows) await ordered.write(piece);
    }
  }

  #tail(): string {
    return this.hasRows ? this.options.frame.tail : this.options.frame.emptyTail;
  }

  /** The file before the journal, so that the journal on the disk claims only rows that are there. */
  async #syncWhenDue(): Promise<void> {
    if (this.options.monotonicMs() - this.#syncedMs < syncEveryMs) return;
    await this.sink.sync();
    await this.journal.sync();
    this.#syncedMs = this.options.monotonicMs();
  }
}

function separate({ first, between }: Frame, began: boolean): string {
  return began ? between : first;
}

function orderedName(target: Target): string {
  return `${target.path}.ordered`;
}
