// The directory for tokens and their locks: the caller's alone, made when missing, and closed when it is open; never through a link,
// which would change the mode of whatever it leads to.
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { foreignLinkOf, isForeign, isPrivate, isPrivateDirectory, type Way, walkPath, weaknessOf } from '../files/trusted-path.ts';

/** Throws a ConfigError that says why the directory cannot be used, or an error of the system. */
export async function prepareStateDirectory(dir: string, uid: number | undefined): Promise<void> {
  if (uid === undefined) return void (await mkdir(dir, { recursive: true }));
  if (isPrivateDirectory(dir, uid)) return;
  refuseForeignWay(walkPath(dir), uid);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const way = walkPath(dir);
  refuseForeignWay(way, uid);
  if (way.end?.uid !== uid) throw new ConfigError(say`another user owns it`);
  if (isPrivate(way.end, uid)) return;
  if (way.real !== dir || weaknessOf(way, uid) !== undefined) throw new ConfigError(say`others can read it`);
  const handle = await open(dir, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await handle.chmod(0o700);
  } finally {
    await handle.close();
  }
}

/** A directory that only the group may change too is usual on some systems, and enough here: what lies in it is encrypted and checked. */
function refuseForeignWay(way: Way, uid: number): void {
  const foreign = way.passed.some(({ stats, within }) => within === undefined && isForeign(stats, uid));
  if (foreign) throw new ConfigError(say`another user owns it`);
  if (foreignLinkOf(way, uid) !== undefined) throw new ConfigError(say`it lies behind a link of another user`);
}
