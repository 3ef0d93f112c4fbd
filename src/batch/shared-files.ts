// Two files of one run must not be one: each would destroy the other.
import { basename } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { realPath } from '../files/real-path.ts';
import type { BatchFiles } from '../plan/files.ts';

/** Suffixes of the temporary files next to each output. */
const besides: Readonly<Record<string, readonly string[]>> = {
  '--out': ['.partial', '.ordered', '.journal', '.lock'],
  '--errors': ['.partial'],
  '--summary': ['.partial'],
};

/** An export may be written anew while it is open, and read twice. */
const sharesWith: Readonly<Record<string, readonly string[]>> = { '--against': ['--out', '--ids-from'] };

/**
 * Throws UsageError when two files of the run are one, or one is made beside another, except that --errors may replace the key
 * file when the run has ended: what is left to do then stays in one place. Returns whether it does.
 */
export async function refuseSharedFiles({ out, errors, summary, keys, against }: BatchFiles): Promise<boolean> {
  const given = Object.entries({ '--out': out, '--errors': errors, '--summary': summary, '--ids-from': keys, '--against': against });
  const files: { readonly option: string; readonly real: string }[] = [];
  let replacesKeys = false;
  for (const [option, path] of given) {
    if (path === undefined) continue;
    const real = await realPath(path);
    for (const other of files) {
      const same = other.real === real;
      if (same && other.option === '--errors' && option === '--ids-from') replacesKeys = true;
      else if (same && !sharesWith[option]?.includes(other.option))
        throw new UsageError(say`${other.option} and ${option} name the same file`);
    }
    files.push({ option, real });
  }
  for (const { option, real } of files) {
    const maker = files.find(other => besides[other.option]?.some(ending => `${other.real}${ending}` === real));
    if (maker) throw new UsageError(say`${option} names ${basename(real)}, a file that the run makes for ${maker.option}`);
  }
  return replacesKeys;
}
