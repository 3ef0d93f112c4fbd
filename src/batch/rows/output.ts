// Where the rows of a batch go. With --out and a key file, a journal beside the file makes the run resumable.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { openStdout } from '../../console/stdout.ts';
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Format } from '../../core/formats.ts';
import { openFile } from '../../files/atomic-file.ts';
import { acquireLock } from '../../files/lock.ts';
import { checkTarget } from '../../files/target.ts';
import type { Context } from '../../lookup/context.ts';
import type { Outcome } from '../../lookup/fetcher.ts';
import type { Connection } from '../../lookup/session.ts';
import type { Presentation } from '../../output/presentation.ts';
import type { Row } from '../../output/rows.ts';
import type { Invocation } from '../../plan/options.ts';
import { type Frame, openJournaledFile } from '../journal/file.ts';
import { type Fingerprint, removeJournal } from '../journal/journal.ts';
import { digestKeys } from '../keys/lines.ts';
import { splitName } from '../keys/shard.ts';
import type { BatchKeys } from '../keys/source.ts';
import { JournalledOutput } from './journaled.ts';
import { StreamedOutput } from './streamed.ts';

export interface BatchOutput {
  /** Keys that an interrupted run has delivered. */
  readonly alreadyDelivered: number;
  /** Whether any row was written, by an interrupted run too. */
  readonly hasRows: boolean;
  readonly isDone: ((ordinal: number) => Promise<boolean>) | undefined;
  /** Where the rows of a run that was stopped are. */
  readonly kept: string | undefined;
  /** Writes the rows of a key. They are safe from a kill only after `claim`. */
  deliver(outcome: Extract<Outcome, { kind: 'delivered' }>): Promise<number>;
  fail(outcome: Exclude<Outcome, { kind: 'delivered' }>): void;
  /** Makes what was delivered outlive this process, where there is a journal. */
  claim(): Promise<void>;
  /** The run reached its end: the output becomes final where the ending allows it. */
  finish(ending: ExitName): Promise<void>;
  /** The run was stopped: flushes what was delivered. Never throws. */
  stop(): Promise<void>;
}

const finalEndings: ReadonlySet<ExitName> = new Set(['ok', 'not-found', 'partial']);

/** Whether a run that ended so leaves its output in place. */
export function isFinal(ending: ExitName): boolean {
  return finalEndings.has(ending);
}

const wholeRowFormats: ReadonlySet<Format> = new Set(['json', 'ndjson', 'csv', 'tsv']);

/** Whether a format is made of rows that stand alone, so that a part of it is of use. */
export function isInWholeRows(format: Format): boolean {
  return wholeRowFormats.has(format);
}

/**
 * Opens the output of a batch and takes its lock. Throws before anything is sent when it cannot be written or resumed, or when
 * the signal ends the run.
 */
export async function openBatchOutput(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  keys: BatchKeys,
  invocation: Invocation,
  signal: AbortSignal,
): Promise<BatchOutput> {
  const { runtime, options } = context;
  const format = presentation.format(false);
  const { out, clobber } = options.output;
  if (out === undefined) {
    await keys.survey(signal);
    return new StreamedOutput(context, presentation, format, { stdout: openStdout(runtime.stdout) });
  }
  const target = await checkTarget(out, { clobber, uid: runtime.uid });
  const lock = await acquireLock(target.lock, runtime.processes);
  try {
    await keys.survey(signal);
    if (keys.file === undefined || !isInWholeRows(format) || presentation.order !== undefined) {
      if (options.batch.resume) refuseResume(keys, format);
      await removeJournal(target);
      return new StreamedOutput(context, presentation, format, { file: await openFile(target), lock, partial: target.partial });
    }
    const fingerprint = await fingerprintOf(context, connection, keys, keys.file, format, invocation, signal);
    const writer = await presentation.writer(format);
    const file = await openJournaledFile(target, {
      fingerprint,
      frame: frameOf(format, writer.begin()),
      resume: options.batch.resume,
      monotonicMs: runtime.monotonicMs,
      signal,
    });
    return new JournalledOutput(context, presentation, writer, format, file, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function refuseResume({ file }: BatchKeys, format: Format): never {
  if (file === undefined) throw new UsageError('--resume needs a key file that can be read again, not a pipe');
  throw new UsageError(`--resume needs -o csv, tsv, json or ndjson, not ${format}`);
}

/** What must be the same for --resume; pacing may differ. */
async function fingerprintOf(
  { options }: Context,
  { profile }: Connection,
  { fixed }: BatchKeys,
  keyFile: string,
  format: Format,
  invocation: Invocation,
  signal: AbortSignal,
): Promise<Fingerprint> {
  const { fields, explode, header, labels, bom, delimiter, guard, tz, mask, withRequest, lang } = options.output;
  const { column, unique, shard } = options.batch;
  const look = JSON.stringify([header, labels, bom, delimiter, guard, tz, mask, withRequest, labels ? lang : undefined, explode]);
  return {
    endpoint: `${invocation.provider} ${invocation.endpoint}`,
    'key file': await digestKeys(createReadStream(keyFile), { fileName: keyFile, signal }),
    keys: JSON.stringify([fixed, column ?? '', unique]),
    // The embedded sandbox has another port in every run.
    profile: options.source.sandbox ? '--sandbox' : `${profile.name} ${profile.baseUrl}`,
    format,
    fields: (fields ?? []).join(','),
    parameters: JSON.stringify(Object.entries(invocation.params).sort()),
    shard: shard === undefined ? '' : splitName(shard),
    'output options': createHash('sha256').update(look).digest('hex').slice(0, 16),
  };
}

/** The rows a delivered key has in the output. */
export function rowsOf(outcome: Extract<Outcome, { kind: 'delivered' }>, presentation: Presentation): Row[] {
  return outcome.records.flatMap(record => presentation.explode({ record, request: outcome.key.values }));
}

/** What a format writes around the rows of a key. */
function frameOf(format: Format, head: string): Frame {
  if (format !== 'json') return { head, first: '', between: '', tail: '', emptyTail: '' };
  return { head, first: '', between: ',', tail: '\n]\n', emptyTail: ']\n' };
}
