// A low limit of open files narrows a batch: a worker without a socket would fail its key for nothing.
import { readFile } from 'node:fs/promises';

/** Files that are open besides the sockets of workers: Node's own, output, journal, lock, lists, keys. */
const reserved = 32;

/** How many workers the limit of open files leaves room for. Known on Linux only; elsewhere as many as wanted. */
export async function workersWithinLimit(wanted: number, platform: NodeJS.Platform): Promise<number> {
  if (platform !== 'linux') return wanted;
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '');
  const soft = /^Max open files +(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? wanted : Math.max(1, Math.min(wanted, Number(soft) - reserved));
}
