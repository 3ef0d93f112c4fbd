// The audit trail: one JSON line per lookup, so that it can be told who looked up whose data. Never an answer, never a secret.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { WriteError } from '../core/errors.ts';
import { shellWord } from '../core/shell.ts';
import { writeFailure } from '../files/errno.ts';

/** What is noted about a lookup. */
export interface AuditEntry {
  readonly profile: string;
  readonly provider: string;
  readonly endpoint: string;
  /** Keys by documented parameter name. */
  readonly keys: Readonly<Record<string, string>>;
  /** `delivered`, `missing` or the code of the failure. */
  readonly outcome: string;
}

export interface Audit {
  /** Appends a line; resolves when the operating system has it. Throws WriteError: what cannot be audited must not be delivered. */
  record(entries: readonly AuditEntry[]): Promise<void>;
  close(): Promise<void>;
}

export interface AuditOptions {
  /** Name of the operating system's user. */
  readonly user: string;
  readonly now: () => Date;
  /** The secret filter: a key may be a token that was pasted by mistake. */
  readonly clean: (text: string) => string;
}

const othersWrite = 0o022;

/** Opens the trail before anything is sent; a new file is readable by its owner only. Throws WriteError. */
export async function openAudit(path: string, { user, now, clean }: AuditOptions): Promise<Audit> {
  const handle = await openToAppend(path);
  return {
    record: async entries => {
      const time = now().toISOString();
      const text = clean(entries.map(entry => `${JSON.stringify({ time, user, ...entry })}\n`).join(''));
      try {
        // One write call per lookup: lines of runs that share the file do not mix.
        await handle.appendFile(text);
      } catch (error) {
        throw writeFailure(`the audit file ${path}`, error);
      }
    },
    close: () => handle.close(),
  };
}

async function openToAppend(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
    const found = await handle.stat();
    if (!found.isFile()) throw new WriteError(`cannot write the audit file ${path}: it is not a regular file`);
    if ((found.mode & othersWrite) !== 0) {
      throw new WriteError(`cannot trust the audit file ${path}: others can write it`, { hint: `chmod go-w ${shellWord(path)}` });
    }
    return handle;
  } catch (error) {
    await handle?.close();
    throw writeFailure(`the audit file ${path}`, error);
  }
}
