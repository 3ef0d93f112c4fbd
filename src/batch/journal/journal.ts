// The journal beside an unfinished output (`<file>.journal`): which keys are done, and where their rows lie in `<file>.partial`.
//
// Line 1 is the header: format version and fingerprint of the run. Each further line is one key, in the order they were finished:
//   {"n":17,"at":[5123,5307],"crc":2212294583}   delivered: bytes 5123 to 5307 of the partial file are its rows
//   {"n":18,"failed":"temporary"}                not delivered: a resumed run tries it again
//   {"stopped":[40,79]}                          a run gave up behind key 79: the calls for these keys failed one after the other
// `n` is the place of the key among the keys of the run; -1 is the head of the output, such as the header of a CSV.
// A last line {"final":true} says that the partial file is about to take the place of the target.
//
// Both files are only appended to. The operating system has the rows before it gets the line that claims them, so after a
// kill -9 the journal never claims too much, and what lies behind its last whole line is cut off. After a power cut it may
// claim rows that never reached the disk: their checksum tells, and those keys are looked up again.
//
// Within one run `n` rises. A resumed run begins again at the first key that was not delivered, so a journal is a row of
// rising sections. A key that has rows only at the second try leaves the partial file out of order; the output is then put
// together by merging the sections. All of it is streamed.
import { constants } from 'node:fs';
import { type FileHandle, unlink } from 'node:fs/promises';
import { isErrno, writeFailure } from '../../files/errno.ts';
import { createOwn, isNameOf, openOwn, openUnfollowed } from '../../files/own-file.ts';
import type { Target } from '../../files/target.ts';
import { checkHeader, damaged, type Fingerprint, headerOf, magic, notAJournal } from './header.ts';
import {
  type Delivered,
  type JournalEntry,
  type KeyRange,
  parseEntry,
  parseStop,
  RangeReader,
  readLines,
  SectionReader,
} from './section.ts';

/** `n` of the head of the output. */
export const headOrdinal = -1;

const finalMark = '{"final":true}\n';
/** A provider that is down night after night is asked for ever more keys that prove nothing, but for no more than 500. */
const mostStops = 25;

/** Starts a new journal in place of an earlier one. Throws UsageError when the file there is not a journal, WriteError. */
export async function createJournal(target: Target, fingerprint: Fingerprint): Promise<Journal> {
  await removeJournal(target);
  return guard(target, async () => {
    const handle = await createOwn(target.journal);
    const header = headerOf(fingerprint);
    try {
      await handle.writeFile(header);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new Journal(target, handle, Buffer.byteLength(header));
  });
}

/** Removes an earlier journal, so that it cannot speak for a new partial file. Any other file there is a UsageError. */
export async function removeJournal(target: Target): Promise<void> {
  await guard(target, async () => {
    const handle = await openIfAny(target.journal);
    if (handle === undefined) return;
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(magic.length), 0, magic.length, 0);
      if (!magic.startsWith(buffer.toString('latin1', 0, bytesRead))) throw notAJournal(target);
    } finally {
      await handle.close();
    }
    await unlink(target.journal);
  });
}

/**
 * Opens the journal of an interrupted run and cuts off what it cannot vouch for. Undefined when there is nothing to resume:
 * no journal, none with a whole header, or no partial file. Throws UsageError when it is damaged, of another run, or when
 * another user may have written one of the two; both files are left as they are then.
 */
export async function resumeJournal(target: Target, fingerprint: Fingerprint, signal?: AbortSignal): Promise<Journal | undefined> {
  return guard(target, async () => {
    const handle = await openOwn(target.journal, target.uid);
    let partial: FileHandle | undefined;
    let journal: Journal | undefined;
    try {
      partial = await openOwn(target.partial, target.uid, constants.O_RDONLY);
      if (handle !== undefined && partial !== undefined) journal = await recover(target, fingerprint, handle, partial, signal);
      return journal;
    } finally {
      await partial?.close();
      if (journal === undefined) await handle?.close();
    }
  });
}

/** Whether the partial file of an interrupted run may have taken the place of the target already. */
export async function isMarkedFinal(target: Target): Promise<boolean> {
  return guard(target, async () => {
    const handle = await openOwn(target.journal, target.uid, constants.O_RDONLY);
    if (handle === undefined) return false;
    try {
      const at = Math.max(0, (await handle.stat()).size - finalMark.length);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(finalMark.length), 0, finalMark.length, at);
      return buffer.toString('latin1', 0, bytesRead) === finalMark;
    } finally {
      await handle.close();
    }
  });
}

async function recover(
  target: Target,
  fingerprint: Fingerprint,
  handle: FileHandle,
  partial: FileHandle,
  signal: AbortSignal | undefined,
): Promise<Journal | undefined> {
  const size = (await handle.stat()).size;
  const lines = readLines(handle, 0, size);
  const header = await lines.next();
  if (header.done) return undefined;
  checkHeader(target, header.value.text, fingerprint);
  const journal = new Journal(target, handle, header.value.end);
  const found = await partial.stat();
  const rows = new RangeReader(partial);
  for await (const { text, end } of lines) {
    signal?.throwIfAborted();
    if (`${text}\n` === finalMark) break;
    const stop = parseStop(text);
    if (stop !== undefined) {
      journal.takeStop(stop, end);
      continue;
    }
    const entry = parseEntry(text);
    if (entry === undefined || ('at' in entry && entry.at[0] < journal.end)) throw damaged(target);
    if ('at' in entry && (entry.at[1] > found.size || (await rows.crc(...entry.at)) !== entry.crc)) break;
    journal.take(entry, end);
  }
  await journal.restart();
  return journal;
}

/** An open journal. Calls must not overlap, but for `isDelivered`, which may run ahead. */
export class Journal {
  /** Bytes of the partial file that are vouched for; a resumed run cuts it there. */
  end = 0;
  /** Keys delivered so far, earlier runs included. */
  delivered = 0;
  /** Whether any key has rows. */
  hasRows = false;
  /** Whether the rows lie in the partial file as they belong in the output. */
  inOrder = true;
  /** Where runs have given up. */
  readonly stops: KeyRange[] = [];
  /** Where each rising section begins. */
  readonly #sections: number[] = [];
  #last = headOrdinal - 1;
  #lastWithRows = headOrdinal - 1;
  #earlier: readonly SectionReader[] = [];

  constructor(
    readonly target: Target,
    readonly handle: FileHandle,
    /** Bytes of the journal that count. */
    private size: number,
  ) {}

  /** Whether the head of the output is written. */
  get hasHead(): boolean {
    return this.#sections.length > 0;
  }

  /** Whether an earlier run delivered the key. Ask in rising order, and once for each key. */
  async isDelivered(n: number): Promise<boolean> {
    for (const section of this.#earlier) {
      await section.skipTo(n);
      if (section.current?.n === n) return true;
    }
    return false;
  }

  /** Adds keys in one write. Their rows must be with the operating system (`FileSink.flush`). Throws WriteError. */
  async append(...entries: readonly JournalEntry[]): Promise<void> {
    const lines = entries.map(entry => Buffer.from(`${JSON.stringify(entry)}\n`));
    await this.#write(Buffer.concat(lines));
    for (const [at, entry] of entries.entries()) this.take(entry, this.size + (lines[at]?.length ?? 0));
  }

  /** Notes where the run gives up, behind the keys it has added. Throws WriteError. */
  async appendStop(row: KeyRange): Promise<void> {
    if (this.stops.length >= mostStops) return;
    const line = Buffer.from(`${JSON.stringify({ stopped: row })}\n`);
    await this.#write(line);
    this.takeStop(row, this.size + line.length);
  }

  async #write(block: Buffer): Promise<void> {
    await guard(this.target, async () => {
      try {
        for (let done = 0; done < block.length; ) {
          done += (await this.handle.write(block, done, block.length - done, this.size + done)).bytesWritten;
        }
      } catch (error) {
        // A whole line of it would claim a key that this run does not count.
        await this.handle.truncate(this.size).catch(() => {});
        throw error;
      }
    });
  }

  /** Notes that the partial file is about to take the place of the target. The last thing a run writes, and only while the output is its own. */
  async markFinal(): Promise<void> {
    await this.target.held?.confirm();
    await guard(this.target, () => this.handle.write(finalMark, this.size));
    // After a power cut the target may have its rows and the journal must know it.
    await this.sync();
  }

  /** Waits for the disk. Sync the partial file first. */
  async sync(): Promise<void> {
    await guard(this.target, () => this.handle.datasync());
  }

  /** The rows of every delivered key in the order of the keys, the head first. Keys without rows are left out. */
  async *rowsInOrder(partial: FileHandle): AsyncGenerator<{ readonly n: number; readonly rows: AsyncIterable<Buffer> }> {
    const sections = await this.#openSections();
    const readers = new Map(sections.map(section => [section, new RangeReader(partial)]));
    for (;;) {
      const standing = sections.flatMap(section => (section.current ? [{ section, entry: section.current }] : []));
      const [first, ...others] = standing;
      if (first === undefined) return;
      const { section, entry } = others.reduce((least, other) => (other.entry.n < least.entry.n ? other : least), first);
      const reader = readers.get(section);
      if (reader !== undefined && entry.at[1] > entry.at[0]) yield { n: entry.n, rows: reader.read(...entry.at) };
      await section.next();
    }
  }

  /** Ends the run: the journal stays for `--resume`. Never throws. */
  async close(): Promise<void> {
    await this.handle.datasync().catch(() => {});
    await this.handle.close().catch(() => {});
  }

  /** Ends the run: the output is final. Never throws; a journal left behind speaks for no partial file. */
  async remove(): Promise<void> {
    const isStillThere = await isNameOf(this.target.journal, this.handle).catch(() => false);
    await this.handle.close().catch(() => {});
    if (isStillThere) await unlink(this.target.journal).catch(() => {});
  }

  /** Counts an entry that ends at byte `end` of the journal. */
  take(entry: JournalEntry, end: number): void {
    if (this.#sections.length === 0 || entry.n <= this.#last) this.#sections.push(this.size);
    this.#last = entry.n;
    this.size = end;
    if ('at' in entry) this.#takeRows(entry);
  }

  /** Counts the note of a stop that ends at byte `end` of the journal. */
  takeStop(row: KeyRange, end: number): void {
    this.stops.push(row);
    this.size = end;
  }

  #takeRows({ n, at: [start, end] }: Delivered): void {
    this.end = end;
    if (n > headOrdinal) this.delivered += 1;
    if (start === end) return;
    if (n < this.#lastWithRows) this.inOrder = false;
    this.#lastWithRows = n;
    if (n > headOrdinal) this.hasRows = true;
  }

  /** Cuts off what was not taken and begins to answer for what was. */
  async restart(): Promise<void> {
    await this.handle.truncate(this.size);
    this.#earlier = await this.#openSections();
  }

  async #openSections(): Promise<SectionReader[]> {
    const sections = this.#sections.map((from, at) => new SectionReader(this.handle, from, this.#sections[at + 1] ?? this.size));
    for (const section of sections) await section.next();
    return sections;
  }
}

async function openIfAny(path: string): Promise<FileHandle | undefined> {
  try {
    return await openUnfollowed(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw writeFailure(path, error);
  }
}

async function guard<T>(target: Target, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeFailure(target.journal, error);
  }
}
