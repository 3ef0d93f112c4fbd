// Reads a file that must not be in other people's hands: neither it nor any directory or link on the way to it may be theirs, and
// the file that was opened is the one that was checked.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { ConfigError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';
import { isForeign, type Way, walkPath, weaknessOf } from './trusted-path.ts';

/** Who reads. POSIX rules hold where `platform` is not win32. */
export interface Reader {
  readonly platform: NodeJS.Platform;
  readonly uid?: number;
}

export interface GuardOptions extends Reader {
  readonly maxBytes: number;
  /** The file is a secret as a whole: group and others must not read it either. */
  readonly private?: boolean;
}

export interface GuardedFile {
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

const groupOrOthersWrite = 0o022;
const groupOrOthersRead = 0o044;

/** Reads a regular file that only its owner can change or replace. Throws ConfigError, with the chmod line where one helps. */
export function readGuardedFile(path: string, options: GuardOptions): GuardedFile {
  const way = guardedWay(path, options);
  const descriptor = open(path);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new ConfigError(say`${path} is not a regular file`);
    refuseForeignFile(path, stats, options);
    // Nobody else can change the way, so this is the file they could not put there either.
    if (way !== undefined && !isSame(way.end, stats)) throw new ConfigError(say`${path} was replaced while it was opened`);
    if (options.private) refuseReadable(path, stats.mode, options.platform);
    if (stats.size > options.maxBytes) throw tooLarge(path, options.maxBytes);
    return { bytes: readUpTo(descriptor, path, options.maxBytes), mode: stats.mode & 0o777 };
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Refuses a program that another user owns, can change or can replace. One that is not there is left to whoever starts it. Throws ConfigError. */
export function refuseForeignProgram(path: string, reader: Reader): void {
  const end = guardedWay(path, reader)?.end;
  if (end !== undefined) refuseForeignFile(path, end, reader);
}

/** Refuses a file with secrets in it that group or others may read. */
export function refuseReadable(path: string, mode: number, platform: NodeJS.Platform): void {
  if (platform === 'win32' || (mode & groupOrOthersRead) === 0) return;
  throw new ConfigError(say`${path} holds a secret, but other users may read it (mode ${octal(mode)})`, { hint: chmodLine('600', path) });
}

function refuseForeignFile(path: string, stats: Stats, { platform, uid, private: isSecret }: Reader & Pick<GuardOptions, 'private'>): void {
  if (platform === 'win32') return;
  if (isForeign(stats, uid)) throw new ConfigError(say`${path} belongs to another user`, { hint: say`use a file of your own` });
  if ((stats.mode & groupOrOthersWrite) === 0) return;
  const hint = chmodLine(isSecret ? '600' : 'go-w', path);
  throw new ConfigError(say`${path} can be changed by other users (mode ${octal(stats.mode)})`, { hint });
}

/** The way to a file, which nobody else can change; undefined on Windows. */
function guardedWay(path: string, { platform, uid }: Reader): Way | undefined {
  if (platform === 'win32') return undefined;
  const way = follow(path);
  const weak = weaknessOf(way, uid);
  if (weak === undefined) return way;
  const refusal = (why: Words, hint: Words) => new ConfigError(say`${path} can be replaced by other users: ${why}`, { hint });
  if (weak.kind === 'open directory') throw refusal(say`they may write to ${weak.path}`, chmodLine('go-w', weak.path));
  const why = weak.kind === 'foreign link' ? say`the link ${weak.path} belongs to one` : say`the directory ${weak.path} belongs to one`;
  throw refusal(why, say`keep it in a directory of your own`);
}

function follow(path: string): Way {
  try {
    return walkPath(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isSame(one: Stats | undefined, other: Stats): boolean {
  return one?.ino === other.ino && one.dev === other.dev;
}

/** Opened without waiting: a FIFO without a writer would block. */
function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): ConfigError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const words: Readonly<Record<string, Words>> = {
    ENOENT: say`it does not exist`,
    ENOTDIR: say`it does not exist`,
    EACCES: say`permission denied`,
    EPERM: say`permission denied`,
    ELOOP: say`its links lead in a circle`,
    ENXIO: say`it is not a regular file`,
    ERR_INVALID_ARG_VALUE: say`its name holds a NUL character`,
  };
  return new ConfigError(say`cannot read ${path}: ${words[code] ?? code}`);
}

/** Some files state no size, and one may grow while it is read: the limit holds for what is read. */
function readUpTo(descriptor: number, path: string, maxBytes: number): Buffer {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  while (length <= maxBytes) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
  }
  throw tooLarge(path, maxBytes);
}

function tooLarge(path: string, maxBytes: number): ConfigError {
  return new ConfigError(say`${path} is larger than ${maxBytes / 1024} KiB`);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}

function chmodLine(change: string, path: string): Words {
  return say`run: chmod ${change} ${shellWord(path)}`;
}
