// Reads a file that must not be in other people's hands: every check is made on the opened file, so that it cannot be swapped in between.
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { shellWord } from '../core/shell.ts';

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

/** Reads a regular file that only its owner can change. Throws ConfigError, with the chmod line where one helps. */
export function readGuardedFile(path: string, options: GuardOptions): GuardedFile {
  const descriptor = open(path);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new ConfigError(`${path} is not a regular file`);
    refuseForeignHands(path, stats, options);
    if (options.private) refuseReadable(path, stats.mode, options.platform);
    if (stats.size > options.maxBytes) throw tooLarge(path, options.maxBytes);
    return { bytes: readUpTo(descriptor, path, options.maxBytes), mode: stats.mode & 0o777 };
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Refuses a file with secrets in it that group or others may read. */
export function refuseReadable(path: string, mode: number, platform: NodeJS.Platform): void {
  if (platform === 'win32' || (mode & groupOrOthersRead) === 0) return;
  throw new ConfigError(`${path} holds a secret, but other users may read it (mode ${octal(mode)})`, { hint: chmodLine('600', path) });
}

function refuseForeignHands(path: string, stats: Stats, options: GuardOptions): void {
  if (options.platform === 'win32') return;
  if (options.uid !== undefined && stats.uid !== options.uid && stats.uid !== 0) {
    throw new ConfigError(`${path} belongs to another user`, { hint: 'use a file of your own' });
  }
  if ((stats.mode & groupOrOthersWrite) !== 0) {
    const hint = chmodLine(options.private ? '600' : 'go-w', path);
    throw new ConfigError(`${path} can be changed by other users (mode ${octal(stats.mode)})`, { hint });
  }
  for (const directory of new Set([dirname(path), dirname(realpathSync(path))])) {
    const { mode } = statSync(directory);
    // Without the sticky bit anyone may put another file in its place.
    if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) {
      throw new ConfigError(`${path} can be replaced by other users: they may write to its directory`, {
        hint: chmodLine('o-w', directory),
      });
    }
  }
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
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    ENOTDIR: 'it does not exist',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its links lead in a circle',
    ENXIO: 'it is not a regular file',
    ERR_INVALID_ARG_VALUE: 'its name holds a NUL character',
  };
  return new ConfigError(`cannot read ${path}: ${words[code] ?? code}`);
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
  return new ConfigError(`${path} is larger than ${maxBytes / 1024} KiB`);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}

function chmodLine(change: string, path: string): string {
  return `run: chmod ${change} ${shellWord(path)}`;
}
