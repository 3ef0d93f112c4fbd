// A file that a batch writes beside its output: it appears whole at the end; a device or pipe is written to and never replaced.
import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { openFile } from '../files/atomic-file.ts';
import { isErrno, writeFailure } from '../files/errno.ts';
import { type Sink, toBytes } from '../files/sink.ts';
import { checkTarget, refuseForeignDevice, type Target } from '../files/target.ts';

export interface SideFile {
  readonly sink: Sink;
  /** The file that will be replaced; undefined for a device or pipe. */
  readonly target: Target | undefined;
}

/** Opens it for writing. `held`: the lock that is asked before it appears. Throws UsageError or WriteError. */
export async function openSideFile(path: string, uid: number | undefined, held?: Target['held']): Promise<SideFile> {
  const found = await stat(path).catch(() => undefined);
  if (isDevice(found)) {
    refuseForeignDevice(path, uid);
    return { sink: await openDevice(path), target: undefined };
  }
  const target = { ...(await checkTarget(path, { clobber: true, uid })), ...(held && { held }) };
  return { sink: await openFile(target), target };
}

function isDevice(found: Stats | undefined): boolean {
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}

/** A pipe that nobody reads would be waited for without end: it is refused. */
async function openDevice(path: string): Promise<Sink> {
  const handle = await open(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0)).catch(error => {
    throw isErrno(error, 'ENXIO') ? new WriteError(say`cannot write ${path}: nobody reads this pipe`) : writeFailure(path, error);
  });
  if (!isDevice(await handle.stat())) {
    await handle.close();
    throw new WriteError(say`cannot write ${path}: it was replaced while it was opened`);
  }
  let offset = 0;
  return {
    get offset() {
      return offset;
    },
    write: async chunk => {
      const bytes = toBytes(chunk);
      await handle.appendFile(bytes).catch(error => {
        throw writeFailure(path, error);
      });
      offset += bytes.length;
    },
    commit: () => handle.close(),
    abandon: () => handle.close().catch(() => undefined),
  };
}
