// Writes a file with a secret in it, which only its owner can read: 0600 whatever was there, in a directory that nobody else can
// change, whole or not at all. Unlike an output it goes through no link, also not one of the user's own.
import { lstatSync, type Stats } from 'node:fs';
import { mkdir, type open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError, WriteError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';
import { writeFailure } from './errno.ts';
import type { Reader } from './guarded-file.ts';
import { createOwn, foreignHandIn, foreignHandWords } from './own-file.ts';
import { walkPath, weaknessOf } from './trusted-path.ts';

/** Whether a secret may be written there, and something of the user's is there already. Throws ConfigError; creates nothing. */
export function checkSecretPlace(path: string, reader: Reader): 'free' | 'taken' {
  if (reader.platform !== 'win32') refuseOpenWay(path, reader.uid);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'free';
  const why = faultOf(found, reader);
  if (why !== undefined)
    throw new ConfigError(say`no secret is written to ${path}: ${why}`, { hint: say`move it away, or name another place` });
  return 'taken';
}

/** Writes it, and says how to put back what was there. Throws ConfigError or WriteError; then nothing has changed. */
export async function writeSecretFile(path: string, text: string, reader: Reader): Promise<() => Promise<void>> {
  checkSecretPlace(path, reader);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(error => {
    throw writeFailure(path, error);
  });
  const before = checkSecretPlace(path, reader) === 'taken' ? await readFile(path) : undefined;
  await replace(path, text);
  return () => (before === undefined ? unlink(path) : replace(path, before));
}

async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await createOwn(partial);
    await handle.writeFile(content);
    await handle.sync();
    await handle.close();
    await rename(partial, path);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    if (handle !== undefined) await unlink(partial).catch(() => undefined);
    throw error instanceof WriteError ? error : writeFailure(path, error);
  }
}

function faultOf(found: Stats, { platform, uid }: Reader): Words | undefined {
  if (found.isSymbolicLink()) return say`it is a symbolic link`;
  const hand = foreignHandIn(found, platform === 'win32' ? undefined : uid);
  return hand && foreignHandWords[hand];
}

/** The directories there are; those that are missing are made, and closed to others. */
function refuseOpenWay(path: string, uid: number | undefined): void {
  const directory = dirname(path);
  const weak = weaknessOf(walkPath(directory), uid);
  if (weak === undefined) return;
  const refusal = (why: Words, hint: Words) => new ConfigError(say`no secret is written to ${path}: ${why}`, { hint });
  if (weak.kind === 'open directory')
    throw refusal(say`other users may write to ${weak.path}`, say`run: chmod go-w ${shellWord(weak.path)}`);
  throw refusal(say`${weak.path} belongs to another user`, say`keep it in a directory of your own`);
}
