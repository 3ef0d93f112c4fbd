// Where the shared token bucket of a profile lies: a directory of its own, for one start of one machine, because its times mean nothing
// to another; those that were left behind are removed.
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Profile } from '../config/profile.ts';
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno } from '../files/errno.ts';
import { isPrivate } from '../files/trusted-path.ts';

/** Several machines may share a home directory. */
const forgottenMs = 7 * 24 * 3_600_000;

/** A limit belongs to provider, profile and host. Not to the credential: no name of a file tells anything of a secret. */
export function rateDirectory(state: string, { provider, name, baseUrl }: Profile): string {
  const { origin } = new URL(baseUrl);
  return join(state, `rate-${shortHash([provider, name, origin])}-${shortHash(machineStart())}`);
}

/** Makes the directory when it is missing. Throws ConfigError, or the system's own error, where it cannot be used. */
export function makeRateDirectory(dir: string, uid: number | undefined): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
    forgetOthers(dir);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    const stats = lstatSync(dir);
    const isOurs = uid === undefined ? stats.isDirectory() : isPrivate(stats, uid);
    if (!isOurs) throw new ConfigError(say`${basename(dir)} is not a directory of yours alone`);
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

/** FNV-1a with 64 bits: nothing depends on its being hard to meet, and to load cryptography would make every lookup slower by 3 ms. */
function shortHash(parts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(JSON.stringify(parts))) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
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
