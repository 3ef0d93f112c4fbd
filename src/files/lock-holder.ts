// Who holds a lock, and whether they can still be there. A process id means something only in its own world: one start of one machine,
// one container. From elsewhere, and where the system does not tell processes apart, only the holder's beat says that it lives.
import { randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** What the system knows about running programs. */
export interface Processes {
  readonly pid: number;
  /** False only when no process has this id; one of another user is alive. */
  isAlive(pid: number): boolean;
  /** Where Linux describes processes; `/proc` unless given. */
  readonly proc?: string;
  /** Name of the machine or container; the system's unless given. */
  readonly host?: string;
}

export interface Holder {
  /** Unlike any other acquisition. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Linux: one start of the machine, one world of process ids, one start of the process. */
  readonly boot?: string | undefined;
  readonly space?: string | undefined;
  readonly start?: string | undefined;
}

/** This process, about to take a lock. */
export async function describeSelf({ pid, proc = '/proc', host = hostname() }: Processes): Promise<Holder> {
  const [boot, space, found] = await Promise.all([
    readFile(join(proc, 'sys/kernel/random/boot_id'), 'latin1').then(text => text.trim(), nothing),
    describeSpace(proc, pid),
    readProcess(proc, pid),
  ]);
  return { token: randomBytes(8).toString('hex'), pid, host, boot, space, start: found?.start };
}

/**
 * The container as far as process ids go, and the clock their starts are told by. Undefined where /proc is that of another
 * world: its process ids are not ours.
 */
async function describeSpace(proc: string, pid: number): Promise<string | undefined> {
  if ((await readlink(join(proc, 'self')).catch(nothing)) !== String(pid)) return undefined;
  const space = await readlink(join(proc, 'self/ns/pid')).catch(nothing);
  const clock = await readlink(join(proc, 'self/ns/time')).catch(() => '');
  return space === undefined ? undefined : `${space} ${clock}`.trimEnd();
}

/** Whether a holder lives, as seen from here: yes, no, or only its beat can tell. */
export async function isRunning(holder: Holder, self: Holder, processes: Processes): Promise<boolean | undefined> {
  if (!isSameWorld(holder, self)) return undefined;
  if (!processes.isAlive(holder.pid)) return false;
  const found = await readProcess(processes.proc ?? '/proc', holder.pid);
  // A process id may long be somebody else's.
  if (found === undefined || holder.start === undefined) return undefined;
  return found.start === holder.start && !'ZX'.includes(found.state);
}

/** Pods and machines may share a name, so it counts only where the system has nothing better. */
function isSameWorld(holder: Holder, self: Holder): boolean {
  if (holder.boot === undefined && self.boot === undefined) return holder.host === self.host;
  return holder.boot === self.boot && holder.space !== undefined && holder.space === self.space;
}

/** State letter and start time of a process; undefined where the system does not say. */
async function readProcess(proc: string, pid: number): Promise<{ readonly state: string; readonly start: string } | undefined> {
  const text = await readFile(join(proc, String(pid), 'stat'), 'latin1').catch(() => '');
  // The name before the last parenthesis may hold anything; the start is the 22nd field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

function nothing(): undefined {
  return undefined;
}
