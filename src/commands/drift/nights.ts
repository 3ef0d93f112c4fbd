// A --summary file as one night: which endpoint was read, when, and how its answers differed.
import { text as textOf } from 'node:stream/consumers';
import { InputError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { readFailure } from '../../files/errno.ts';
import { openInput } from '../../files/open-input.ts';

export interface Night {
  /** `crego record`. */
  readonly endpoint: string;
  /** When the run ended: RFC 3339, UTC. */
  readonly ended: string;
  /** `missing remaining_amount`, once each. */
  readonly differences: ReadonlySet<string>;
}

/** Reads the summaries of runs that have rows, one after the other: there may be more of them than files may be open. Throws InputError. */
export async function readNights(paths: readonly string[], signal: AbortSignal): Promise<Night[]> {
  const nights: Night[] = [];
  for (const path of paths) {
    const night = await readNight(path, signal);
    if (night !== undefined) nights.push(night);
  }
  return nights;
}

/** Reads a summary; undefined for a run that has no row, and so says nothing. Throws InputError for what is no summary. */
async function readNight(path: string, signal: AbortSignal): Promise<Night | undefined> {
  const text = await readText(path, signal).catch(error => {
    throw readFailure(path, error);
  });
  const { endpoint, ended, rows, quarantined, driftKinds } = membersOf(text);
  if (typeof rows === 'number' && rows + Number(quarantined ?? 0) === 0) return undefined;
  if (typeof endpoint !== 'string' || typeof ended !== 'string' || typeof driftKinds !== 'object' || driftKinds === null) {
    throw new InputError(say`${path} is no --summary of a batch that tells its endpoint and end`);
  }
  const differences = Object.entries(driftKinds).flatMap(([kind, names]) =>
    Array.isArray(names) ? names.filter(name => typeof name === 'string').map(name => `${kind} ${name}`) : [],
  );
  return { endpoint, ended, differences: new Set(differences) };
}

async function readText(path: string, signal: AbortSignal): Promise<string> {
  return textOf((await openInput(path, { signal })).bytes);
}

function membersOf(text: string): Partial<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
