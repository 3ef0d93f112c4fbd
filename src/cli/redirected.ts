// Output that goes to a file or through a pipe, written to its descriptor: to open Node's stream for it takes milliseconds of every start.
import { closeSync, constants, fstatSync, openSync, type Stats, statSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Redirected } from '../core/runtime.ts';

/** What is behind a descriptor that is no terminal; undefined: a device, which may be one. What is no file and no pipe is left to the stream. */
export function redirectedTo(fd: 1 | 2, platform: NodeJS.Platform): Redirected | undefined {
  try {
    const stats = fstatSync(fd);
    if (stats.isFile()) return { offer: block => writeAll(fd, block) };
    if (stats.isCharacterDevice()) return isNowhere(stats) ? { offer: async block => writeSync(fd, block) } : undefined;
    return stats.isFIFO() && platform === 'linux' ? new Pipe(fd) : { offer: async () => 0 };
  } catch {
    return undefined;
  }
}

function isNowhere(stats: Stats): boolean {
  return stats.rdev === statSync('/dev/null').rdev;
}

const writeSome = promisify(write);

/** The operating system may take only a part of a block, which on a disk that fills up comes before the error. */
async function writeAll(fd: number, block: Uint8Array): Promise<number> {
  let done = 0;
  while (done < block.length) done += (await writeSome(fd, block, done, block.length - done, null)).bytesWritten;
  return done;
}

/** Opened once more, because whether a write waits is a property of the opening, which other programs share. */
class Pipe implements Redirected {
  constructor(readonly fd: number) {}

  async offer(block: Uint8Array): Promise<number> {
    let own: number | undefined;
    let done = 0;
    try {
      own = openSync(`/proc/self/fd/${this.fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
      while (done < block.length) done += writeSync(own, block, done);
    } catch {
      // Full, of another user, or without a reader: the rest goes to the stream, which waits or finds out.
    } finally {
      if (own !== undefined) closeSync(own);
    }
    return done;
  }
}
