// A file that a batch writes beside its output: it appears whole at the end; a device or pipe is written to and never replaced.
import { close, constants, fstat, open, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { openFile } from '../files/atomic-file.ts';
import { DeviceSink } from '../files/device-sink.ts';
import { isErrno, writeFailure } from '../files/errno.ts';
import type { Sink } from '../files/sink.ts';
import { checkTarget, refuseForeignDevice, type Target } from '../files/target.ts';

export interface SideFile {
  readonly sink: Sink;
  /** The file that will be replaced; undefined for a device or pipe. */
  readonly target: Target | undefined;
}

export interface SideFileRules {
  readonly uid: number | undefined;
  /** Ends a wait for the reader of a pipe. */
  readonly signal: AbortSignal;
  /** The lock that is asked before the file appears. */
  readonly held?: Target['held'];
}

/** Opens it for writing. Throws UsageError or WriteError. */
export async function openSideFile(path: string, { uid, signal, held }: SideFileRules): Promise<SideFile> {
  const found = await stat(path).catch(() => undefined);
  if (isDevice(found)) {
    refuseForeignDevice(path, uid);
    return { sink: await openDevice(path, signal), target: undefined };
  }
  const target = { ...(await checkTarget(path, { clobber: true, uid })), ...(held && { held }) };
  return { sink: await openFile(target), target };
}

function isDevice(found: Stats | undefined): boolean {
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}

const [openFd, statFd, closeFd] = [promisify(open), promisify(fstat), promisify(close)];

/** A pipe that nobody reads would be waited for without end: it is refused. */
async function openDevice(path: string, signal: AbortSignal): Promise<Sink> {
  const fd = await openFd(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)).catch(error => {
    throw isErrno(error, 'ENXIO') ? new WriteError(say`cannot write ${path}: nobody reads this pipe`) : writeFailure(path, error);
  });
  const stats = await statFd(fd);
  if (isDevice(stats)) return new DeviceSink(path, { fd, stats }, signal);
  await closeFd(fd);
  throw new WriteError(say`cannot write ${path}: it was replaced while it was opened`);
}
