// The audit trail: one JSON line per lookup, so that it can be told who looked up whose data. Never an answer, never a secret.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { ConfigError, UsageError, WriteError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';
import { writeFailure } from '../files/errno.ts';
import { foreignHandIn, foreignHandWords } from '../files/own-file.ts';
import { realPath } from '../files/real-path.ts';
import { foreignLinkOf, walkPath } from '../files/trusted-path.ts';
import type { RunPlan } from '../plan/run-plan.ts';

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
  readonly path: string;
  /** Appends a line; resolves when the operating system has it. Throws WriteError: what cannot be audited must not be delivered. */
  record(entries: readonly AuditEntry[]): Promise<void>;
  /** Waits for the disk: what the lines speak of may then take its name. Throws WriteError. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface AuditOptions {
  /** Name of the operating system's user. */
  readonly user: string;
  /** Their number, who alone may have written what the trail holds. Undefined where the system has none. */
  readonly uid: number | undefined;
  readonly now: () => Date;
  /** The secret filter: a key may be a token that was pasted by mistake. */
  readonly clean: (text: string) => string;
}

/**
 * Opens the trail before anything is sent; a new file is readable by its owner only. Throws WriteError, or ConfigError for a file
 * that another user may have written.
 */
export async function openAudit(path: string, { user, uid, now, clean }: AuditOptions): Promise<Audit> {
  const handle = await openToAppend(path, uid);
  let isTorn = await endsTorn(handle).catch(async error => {
    await handle.close();
    throw writeFailure(say`the audit file ${path}`, error);
  });
  return {
    path,
    record: async entries => {
      const time = now().toISOString();
      const text = clean(entries.map(entry => `${JSON.stringify({ time, user, ...entry })}\n`).join(''));
      try {
        // One write call per lookup: lines of runs that share the file do not mix.
        await handle.appendFile(isTorn ? `\n${text}` : text);
        isTorn = false;
      } catch (error) {
        isTorn = true;
        throw writeFailure(say`the audit file ${path}`, error);
      }
    },
    sync: () =>
      handle.datasync().catch(error => {
        throw writeFailure(say`the audit file ${path}`, error);
      }),
    // What a run vouches for was synced before.
    close: () => handle.close().catch(() => undefined),
  };
}

/** Throws UsageError where a file of the run, by its option, would take the place of the trail. */
export async function refuseTrail(audit: Audit | undefined, files: Readonly<Record<string, string | undefined>>): Promise<void> {
  if (audit === undefined) return;
  const trail = await realPath(audit.path);
  for (const [option, path] of Object.entries(files)) {
    if (path !== undefined && (await realPath(path)) === trail) throw new UsageError(say`${option} names the audit file`);
  }
}

/** The same for the one file of a single lookup. */
export function keepTrail({ output: { destination } }: RunPlan, { audit }: { readonly audit: Audit | undefined }): Promise<void> {
  return refuseTrail(audit, { '--out': destination.kind === 'file' ? destination.path : undefined });
}

async function openToAppend(path: string, uid: number | undefined): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    const link = uid === undefined ? undefined : foreignLinkOf(walkPath(path), uid);
    if (link !== undefined)
      throw new ConfigError(say`cannot trust the audit file ${path}: the symbolic link ${link} belongs to another user`);
    handle = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
    const found = await handle.stat();
    if (!found.isFile()) throw new WriteError(say`cannot write the audit file ${path}: it is not a regular file`);
    const why = foreignHandIn(found, uid);
    if (why !== undefined) {
      const isOpen = why === 'other users can write it';
      const hint = isOpen ? say`run: chmod go-w ${shellWord(path)}` : say`name a file of your own`;
      throw new ConfigError(say`cannot trust the audit file ${path}: ${foreignHandWords[why]}`, { hint });
    }
    return handle;
  } catch (error) {
    await handle?.close();
    throw writeFailure(say`the audit file ${path}`, error);
  }
}

/** A full disk or a power cut may have left half a line: it gets its end, so that it does not spoil the next one. */
async function endsTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
  return bytesRead === 1 && buffer[0] !== 0x0a;
}
