// One writer per output. Node has no flock, so the lock is a file that names its holder, and the lock of a dead one is taken over.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, readFile, readlink, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { LockedError, WriteError } from '../core/errors.ts';
import { isErrno, writeFailure } from './errno.ts';

/** What the system knows about running programs. */
export interface Processes {
  readonly pid: number;
  /** False only when no process has this id; one of another user is alive. */
  isAlive(pid: number): boolean;
}

/** A lock in our hands. */
export interface Lock {
  /** Lets the next run in. Leaves a lock alone that is not ours any more. Never throws. */
  release(): Promise<void>;
}

interface Holder {
  /** Unlike any other acquisition. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Linux: one start of the machine, one world of process ids, one start of the process. */
  readonly boot?: string | undefined;
  readonly space?: string | undefined;
  readonly start?: string | undefined;
}

interface Attempt {
  readonly path: string;
  readonly self: Holder;
  readonly candidate: string;
  /** By the clock of the file system, which may be another machine's. */
  readonly nowMs: number;
  readonly processes: Processes;
}

const beatMs = 5_000;
const silentMs = 60_000;

/**
 * Takes the lock file `path` (`<file>.lock`), or throws LockedError at once while another run holds it.
 * The lock of a dead process is taken over at once. A holder on another machine or in another container cannot be looked
 * up here: it counts as alive until it has been silent for a minute. Throws WriteError when the file cannot be made.
 */
export async function acquireLock(path: string, processes: Processes): Promise<Lock> {
  const self = await describeSelf(processes);
  const candidate = `${path}.${self.token}.new`;
  try {
    await createWhole(candidate, self);
    const nowMs = (await stat(candidate)).mtimeMs;
    await claim({ path, self, candidate, nowMs, processes }, path);
    return new HeldLock(path, self, await open(path, 'r+'));
  } catch (error) {
    throw writeFailure(path, error);
  } finally {
    await unlink(candidate).catch(() => {});
  }
}

/**
 * Makes `at` ours. To replace a dead holder one must first own the right to it: a lock of its own, named by the dead holder's
 * token. So no two can replace the same holder, nobody can replace a new one by mistake, and a taker that dies is replaced alike.
 */
async function claim(attempt: Attempt, at: string): Promise<void> {
  while (!(await publish(attempt, at))) {
    const holder = await readHolder(at);
    if (holder === undefined) continue;
    if (await isHeld(holder, at, attempt)) throw lockedBy(holder, attempt);
    const right = `${attempt.path}.${holder.token}`;
    await claim(attempt, right);
    try {
      if ((await readHolder(at))?.token === holder.token) return await rename(right, at);
    } catch (error) {
      await unlink(right).catch(() => {});
      throw error;
    }
    await unlink(right);
  }
}

/** A hard link appears with its content or not at all. */
async function publish({ candidate, self }: Attempt, at: string): Promise<boolean> {
  try {
    await link(candidate, at);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EACCES')) throw error;
  }
  try {
    // A file system without hard links.
    await createWhole(at, self);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

async function createWhole(path: string, self: Holder): Promise<void> {
  await writeFile(path, lockText(self), { flag: 'wx', mode: 0o644 });
}

function lockText(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** The holder a lock file names; undefined when there is no such file. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const text = await readRegular(path);
    // A power cut leaves nothing or zeros; where there are no hard links, the text may be about to be written.
    if (text !== undefined && /^\0*$/.test(text)) return { token: `empty-${(await stat(path)).ino}`, pid: 0, host: '' };
    const holder = parseHolder(text ?? '');
    if (holder !== undefined) return holder;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
  throw new WriteError(`cannot lock the output: ${path} is there and is not a lock`, { hint: `move ${path} away` });
}

/** The text of a file; undefined for a pipe or a directory, which would not end or could not begin. */
async function readRegular(path: string): Promise<string | undefined> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return (await handle.stat()).isFile() ? await handle.readFile('utf8') : undefined;
  } finally {
    await handle.close();
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { token, pid, host, boot, space, start }: Partial<Record<string, unknown>> = JSON.parse(text);
    if (typeof token !== 'string' || !/^[0-9a-f]{16}$/.test(token)) return undefined;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { token, pid, host, boot: textOr(boot), space: textOr(space), start: textOr(start) };
  } catch {
    return undefined;
  }
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function isHeld(holder: Holder, at: string, attempt: Attempt): Promise<boolean> {
  const { self, processes, nowMs } = attempt;
  const sameMachine = self.boot !== undefined && holder.boot === self.boot;
  const elsewhere = sameMachine ? holder.space !== self.space : holder.host !== self.host;
  if (elsewhere) {
    const beat = await stat(at).catch(() => undefined);
    return beat !== undefined && nowMs - beat.mtimeMs < (holder.host === '' ? beatMs : silentMs);
  }
  if (holder.boot !== self.boot || !processes.isAlive(holder.pid)) return false;
  const found = await readProcess(holder.pid);
  return found === undefined || (found.start === holder.start && !'ZX'.includes(found.state));
}

function lockedBy(holder: Holder, { path, self }: Attempt): LockedError {
  const output = path.replace(/\.lock$/, '');
  if (holder.host === self.host) return new LockedError(`another run writes ${output} (process ${holder.pid})`);
  const hint = `if that run has ended, wait a minute: ${path} is then taken over`;
  return new LockedError(`another run writes ${output}${holder.host === '' ? '' : ` (process ${holder.pid} on ${holder.host})`}`, { hint });
}

async function describeSelf({ pid }: Processes): Promise<Holder> {
  const [boot, space, found] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'latin1').then(
      text => text.trim(),
      () => undefined,
    ),
    readlink('/proc/self/ns/pid').catch(() => undefined),
    readProcess(pid),
  ]);
  return { token: randomBytes(8).toString('hex'), pid, host: hostname(), boot, space, start: found?.start };
}

/** State letter and start time of a process; undefined where the system does not say. */
async function readProcess(pid: number): Promise<{ readonly state: string; readonly start: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The name before the last parenthesis may hold anything; the start is the 22nd field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

class HeldLock implements Lock {
  readonly #beat: NodeJS.Timeout;

  constructor(
    readonly path: string,
    readonly self: Holder,
    readonly handle: FileHandle,
  ) {
    const text = lockText(self);
    this.#beat = setInterval(() => void handle.write(text, 0).catch(() => {}), beatMs);
    this.#beat.unref();
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    await this.handle.close().catch(() => {});
    const holder = await readHolder(this.path).catch(() => undefined);
    if (holder?.token === this.self.token) await unlink(this.path).catch(() => {});
  }
}
