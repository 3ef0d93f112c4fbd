// Walks a path name by name, through its links as the kernel does, and tells whether another user could have put something else there.
// Only the caller and root are trusted, as in OpenSSH's StrictModes; where files have no owner (Windows) nobody asks.
import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** A directory or a link that the path leads through. */
export interface Passed {
  readonly path: string;
  readonly stats: Stats;
  /** The directory that a link lies in. */
  readonly within?: Stats;
}

export interface Way {
  /** The path without links. */
  readonly real: string;
  /** What lies there; undefined when there is nothing. */
  readonly end: Stats | undefined;
  /** In the order of the way: from the root, or from the working directory where the path is relative. */
  readonly passed: readonly Passed[];
}

/** What another user could use to put something else at the end of a way. */
export interface Weakness {
  readonly path: string;
  readonly kind: 'foreign directory' | 'open directory' | 'foreign link';
  readonly mode: number;
}

/** As many as Linux follows. */
const mostLinks = 40;
const othersWrite = 0o022;
const sticky = 0o1000;

/** Follows a path. Nothing is opened and nothing followed that the walk has not seen. Throws the system's own errors, ELOOP among them. */
export function walkPath(path: string): Way {
  const passed: Passed[] = [];
  const enter = (at: string): Passed => {
    const directory = { path: at, stats: lstatSync(at) };
    passed.push(directory);
    return directory;
  };
  let directory = enter(isAbsolute(path) ? sep : '.');
  let end: Stats | undefined = directory.stats;
  let real = directory.path;
  const names = namesOf(path);
  let links = 0;
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    real = name === '..' ? parentOf(directory.path) : join(directory.path, name);
    end = lstatSync(real, { throwIfNoEntry: false });
    if (end?.isSymbolicLink()) {
      links += 1;
      if (links > mostLinks) throw Object.assign(new Error('too many links'), { code: 'ELOOP', syscall: 'readlink' });
      passed.push({ path: real, stats: end, within: directory.stats });
      const target = readlinkSync(real);
      if (isAbsolute(target)) directory = enter(sep);
      names.push(...namesOf(target));
      real = directory.path;
      end = directory.stats;
    } else if (end?.isDirectory()) directory = enter(real);
    else if (names.length > 0) return { real: join(real, ...names.reverse()), end: undefined, passed };
  }
  return { real, end, passed };
}

/** What lies above the working directory may be closed to the caller: it is not named. */
function parentOf(directory: string): string {
  if (directory === '.') return '..';
  return basename(directory) === '..' ? join(directory, '..') : dirname(directory);
}

/** The names of a path, the first one last. */
function namesOf(path: string): string[] {
  return path
    .split(sep)
    .filter(name => name !== '' && name !== '.')
    .reverse();
}

/**
 * The first place on a way where somebody who is neither the caller nor root could put something else: a directory of
 * theirs, one that others may write (a sticky one aside: there nobody can replace what is not his), or, where others may
 * write, a link of theirs.
 */
export function weaknessOf(way: Way, uid: number | undefined): Weakness | undefined {
  const weak = way.passed.find(({ stats, within }) =>
    within === undefined ? othersCanReplaceIn(stats, uid) : isForeign(stats, uid) && othersCanWrite(within, uid),
  );
  if (weak === undefined) return undefined;
  const { path, stats, within } = weak;
  const kind = within !== undefined ? 'foreign link' : isForeign(stats, uid) ? 'foreign directory' : 'open directory';
  return { path, kind, mode: stats.mode };
}

/**
 * The first link of a way that another user has laid in a directory others can write, for a file that may lie in such a
 * directory but must not lead elsewhere. A program that resolves links itself is not protected by fs.protected_symlinks.
 */
export function foreignLinkOf(way: Way, uid: number | undefined): string | undefined {
  return way.passed.find(({ stats, within }) => within !== undefined && isForeign(stats, uid) && othersCanWrite(within, uid))?.path;
}

/** Whether what a path leads to is another user's, put where others can put things: not what the caller meant, as far as anybody can know. */
export function isForeignGift({ end, passed }: Way, uid: number | undefined): boolean {
  const directory = passed.findLast(({ within }) => within === undefined)?.stats;
  return end !== undefined && directory !== undefined && isForeign(end, uid) && (directory.mode & othersWrite) !== 0;
}

/** Whether a directory is the caller's, closed to everybody else, and reached by a way that nobody else can change. */
export function isPrivateDirectory(path: string, uid: number): boolean {
  try {
    const way = walkPath(path);
    return way.end !== undefined && isPrivate(way.end, uid) && weaknessOf(way, uid) === undefined;
  } catch {
    return false;
  }
}

/** Whether a directory is the caller's and closed to everybody else. */
export function isPrivate(stats: Stats, uid: number): boolean {
  return stats.isDirectory() && stats.uid === uid && (stats.mode & 0o077) === 0;
}

/** Whether something belongs to neither the caller nor root. */
export function isForeign({ uid: owner }: { readonly uid: number }, uid: number | undefined): boolean {
  return uid !== undefined && owner !== uid && owner !== 0;
}

function othersCanWrite(directory: Stats, uid: number | undefined): boolean {
  return isForeign(directory, uid) || (directory.mode & othersWrite) !== 0;
}

/** In a sticky directory the owner of the directory can still replace everything. */
function othersCanReplaceIn(directory: Stats, uid: number | undefined): boolean {
  return isForeign(directory, uid) || ((directory.mode & othersWrite) !== 0 && (directory.mode & sticky) === 0);
}
