// The last step of an output: it takes its name. Windows refuses that while another program has the old file open, as Excel does.
import { rename as renameFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { isErrno } from './errno.ts';
import type { Target } from './target.ts';

export interface TakeNameOptions {
  readonly rename?: (from: string, to: string) => Promise<void>;
  /** Before each further try. */
  readonly pausesMs?: readonly number[];
}

/** A virus scanner lets go within a second or two, a person does not. */
const usualPausesMs = [100, 200, 400, 800];

/** Renames a whole file to the target. Throws WriteError when it stays open elsewhere, else what the system said. */
export async function takeName(
  partial: string,
  { shown, path, uid }: Pick<Target, 'shown' | 'path' | 'uid'>,
  { rename = renameFile, pausesMs = usualPausesMs }: TakeNameOptions = {},
): Promise<void> {
  const hasOwners = uid !== undefined;
  for (const pauseMs of hasOwners ? [] : pausesMs) {
    try {
      return await rename(partial, path);
    } catch (error) {
      if (!isHeld(error)) throw error;
      await pause(pauseMs);
    }
  }
  try {
    await rename(partial, path);
  } catch (error) {
    if (hasOwners || !isHeld(error)) throw error;
    throw new WriteError(say`cannot write ${shown}: another program has it open`, {
      hint: say`close it there (Excel keeps a file to itself), and run again`,
    });
  }
}

/** As Windows says that another program has a file open. */
function isHeld(error: unknown): boolean {
  return isErrno(error, 'EBUSY', 'EPERM', 'EACCES');
}
