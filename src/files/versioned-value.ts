// One short text that several processes of a user change in turn, without a lock that a killed one could leave: each change is a new
// file whose name is the next number, made whole before it gets that name. Of two that want the same number one comes too late and
// begins anew. Each step is bounded by the monotonic clock, which all processes of one start of a machine share.
import { closeSync, constants, fstatSync, linkSync, lstatSync, openSync, readdirSync, readSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from './errno.ts';
import { foreignHandIn } from './own-file.ts';

export interface VersionedOptions {
  /** Of this value alone, and closed to others. */
  readonly dir: string;
  readonly uid: number | undefined;
  readonly monotonicMs: () => number;
  readonly freshName: () => string;
}

/** The text as it is: undefined when there was none yet, '' when what lies there is nothing that we have written. */
export type Found = string | undefined;

interface Head {
  readonly version: number;
  readonly text: Found;
  /** Which version was the newest at some time not long ago. */
  readonly mark: { readonly version: number; readonly atMs: number };
  readonly names: readonly string[];
}

/** Longer than this after its beginning a change does not count, although its file is there. */
const validMs = 500;
/** A file is removed when it has not been the newest for this long: nobody whose change would count can still believe that it is. */
const keepMs = 2_000;
const litterMs = 60_000;
/** The clocks of two processors may differ by a little. */
const clockSlackMs = 10;
const mostAttempts = 1000;
const mostBytes = 1024;
const numberName = /^[1-9]\d{0,14}$/;
const largestNumber = 999_999_999_999_999;

export class VersionedValue {
  #seen: Omit<Head, 'names'> | undefined;

  constructor(readonly options: VersionedOptions) {}

  /** Throws the system's own errors. */
  read(): Found {
    return this.#head().text;
  }

  /** Throws the system's own errors, and one with the code EBUSY when others are always faster. */
  update<T>(change: (found: Found, nowMs: number) => readonly [text: string, result: T]): T {
    const { monotonicMs } = this.options;
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const startedMs = monotonicMs();
      const head = this.#head();
      const nowMs = monotonicMs();
      const [text, result] = change(head.text, nowMs);
      const isTime = nowMs - head.mark.atMs > keepMs;
      const mark = isTime ? { version: head.version, atMs: nowMs } : head.mark;
      const version = head.version + 1;
      const isOurs = this.#publish(version, JSON.stringify({ atMs: nowMs, mark: [mark.version, mark.atMs], text }));
      if (!isOurs || monotonicMs() - startedMs > validMs) continue;
      this.#seen = { version, text, mark };
      if (isTime) this.#sweep(head);
      return result;
    }
    throw busy();
  }

  #head(): Head {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const names = readdirSync(this.options.dir);
      const version = names.reduce((most, name) => (numberName.test(name) ? Math.max(most, Number(name)) : most), 0);
      if (this.#seen?.version === version) return { ...this.#seen, names };
      const empty = { version, mark: { version, atMs: this.options.monotonicMs() }, names };
      if (version === 0) return { ...empty, text: undefined };
      if (version >= largestNumber) throw Object.assign(new Error('no number is left'), { code: 'EOVERFLOW' });
      const content = readOwnText(join(this.options.dir, `${version}`), this.options.uid);
      // It was replaced a while ago: whoever listed it was not let run meanwhile.
      if (content === undefined) continue;
      const written = parseVersion(content, version, this.options.monotonicMs());
      if (written === undefined) return { ...empty, text: '' };
      this.#seen = { version, ...written };
      return { ...this.#seen, names };
    }
    throw busy();
  }

  /** False when the number is taken. */
  #publish(version: number, content: string): boolean {
    const candidate = join(this.options.dir, `new-${this.options.freshName()}`);
    try {
      writeFileSync(candidate, content, { flag: 'wx', mode: 0o600 });
      linkSync(candidate, join(this.options.dir, `${version}`));
      return true;
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false;
      throw error;
    } finally {
      unlinkQuietly(candidate);
    }
  }

  /** Removes what is older than the mark, and what killed processes have left half made. Whatever cannot be removed stays. */
  #sweep({ names, mark }: Head): void {
    for (const name of names) {
      const path = join(this.options.dir, name);
      const isOld = numberName.test(name) ? Number(name) < mark.version : name.startsWith('new-') && isLitter(path, this.options.dir);
      if (isOld) unlinkQuietly(path);
    }
  }
}

function busy(): Error {
  return Object.assign(new Error('others are always faster'), { code: 'EBUSY' });
}

function parseVersion(content: string, version: number, nowMs: number): Omit<Head, 'version' | 'names'> | undefined {
  try {
    const { atMs, mark, text }: Partial<Record<string, unknown>> = JSON.parse(content);
    if (!Array.isArray(mark) || typeof text !== 'string' || typeof atMs !== 'number') return undefined;
    const [markVersion, markMs]: readonly unknown[] = mark;
    if (typeof markVersion !== 'number' || typeof markMs !== 'number') return undefined;
    // Nothing can have been written in the future, or before what it speaks of.
    if (markVersion > version || markMs > atMs || atMs > nowMs + clockSlackMs) return undefined;
    return { text, mark: { version: markVersion, atMs: markMs } };
  } catch {
    return undefined;
  }
}

/** Undefined when there is no such file; '' when it is none that we can have written: it is not followed, waited for, or read on and on. */
function readOwnText(path: string, uid: number | undefined): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    if (isErrno(error, 'ELOOP', 'EMLINK', 'EACCES', 'ENXIO', 'EISDIR')) return '';
    throw error;
  }
  try {
    const why = foreignHandIn(fstatSync(descriptor), uid);
    // One that was killed while it gave the name leaves two of them.
    if (why !== undefined && why !== 'it has a second link') return '';
    // Ours are shorter: of anything longer the beginning is enough to tell.
    const buffer = Buffer.alloc(mostBytes);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, mostBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Another process may have removed it, or it is no file. */
function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}

/** By the clock of the file system. */
function isLitter(path: string, dir: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && lstatSync(dir).mtimeMs - stats.mtimeMs > litterMs;
}
