// Where the shared token bucket of a profile lies: a directory of its own, for one start of one machine, because its times mean nothing
// to another; those that were left behind are removed.
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Profile } from '../config/profile.ts';
import { isErrno } from '../files/errno.ts';
import { isPrivate } from '../files/trusted-path.ts';

/** Several machines may share a home directory. */
const forgottenMs = 7 * 24 * 3_600_000;

/** A limit belongs to provider, profile and host. Not to the credential: no name of a file tells anything of a secret. */
export function rateDirectory(state: string, { provider, name, baseUrl }: Profile): string {
  const { origin } = new URL(baseUrl);
  return join(state, `rate-${shortHash([provider, name, origin])}-${shortHash(machineStart())}`);
}

/** Makes the directory when it is missing. Throws an error whose `code` says why it cannot be used. */
export function makeRateDirectory(dir: string, uid: number | undefined): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
    forgetOthers(dir);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    const stats = lstatSync(dir);
    const isOurs = uid === undefined ? stats.isDirectory() : isPrivate(stats, uid);
    if (!isOurs) throw Object.assign(new Error('not ours'), { code: `${basename(dir)} is not a directory of yours alone` });
  }
}

/** One start of one machine, and its clock. Where the system has no name for it, times of another start are told by being impossible. */
function machineStart(): string[] {
  return [() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(), () => readlinkSync('/proc/self/ns/time')].map(read => {
    try {
      return read();
    } catch {
      return '';
    }
  });
}

function shortHash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Removes the buckets of other starts that nobody has used for long. Never throws. */
function forgetOthers(dir: string): void {
  const state = dirname(dir);
  const nowMs = lstatSync(dir).mtimeMs;
  for (const name of readdirSync(state)) {
    if (!/^rate-[0-9a-f]{16}-[0-9a-f]{16}$/.test(name)) continue;
    const path = join(state, name);
    try {
      const stats = lstatSync(path);
      if (!stats.isDirectory() || nowMs - stats.mtimeMs < forgottenMs) continue;
      for (const file of readdirSync(path)) unlinkSync(join(path, file));
      rmdirSync(path);
    } catch {
      // Somebody else is at it, or something lies in it that we have not put there.
    }
  }
}
