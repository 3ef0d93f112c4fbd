// Where the rows of a batch go. With --out and a key file, a journal beside the file makes the run resumable.
import { createFilter } from '../../auth/secret.ts';
import { openStdout } from '../../console/stdout.ts';
import { UsageError } from '../../core/errors.ts';
import { openFile } from '../../files/atomic-file.ts';
import { acquireLock } from '../../files/lock.ts';
import { checkTarget } from '../../files/target.ts';
import { cleanRow } from '../../lookup/clean.ts';
import type { Context } from '../../lookup/context.ts';
import type { Row } from '../../output/rows.ts';
import { openRowText } from '../../output/writer.ts';
import type { BatchPlan } from '../../plan/batch.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { openJournaledFile } from '../journal/file.ts';
import { removeJournal } from '../journal/journal.ts';
import type { BatchKeys } from '../keys/source.ts';
import type { BatchOutput } from './batch-output.ts';
import { JournaledOutput } from './journaled.ts';
import { StreamedOutput } from './streamed.ts';

/**
 * Opens the output of a batch and takes its lock. Throws before anything is sent when it cannot be written or resumed, or when
 * the signal ends the run.
 */
export async function openBatchOutput(
  context: Context,
  plan: RunPlan,
  batch: BatchPlan,
  keys: BatchKeys,
  signal: AbortSignal,
): Promise<BatchOutput> {
  const { runtime, secrets } = context;
  const { destination, many } = plan.output;
  const filter = createFilter(secrets);
  const origin = { provider: plan.provider, endpoint: plan.endpoint, maskSecrets: (row: Row) => cleanRow(row, filter) };
  if (destination.kind === 'stdout') {
    await keys.survey(signal);
    return new StreamedOutput(context, plan, origin, { stdout: openStdout(runtime.stdout) });
  }
  const target = await checkTarget(destination.path, { clobber: destination.clobber, uid: runtime.uid });
  const lock = await acquireLock(target.lock, runtime.processes);
  try {
    await keys.survey(signal);
    if (keys.file === undefined || !batch.canJournal) {
      if (batch.resume) refuseResume(keys, many.format.name);
      await removeJournal(target);
      return new StreamedOutput(context, plan, origin, { file: await openFile(target), lock, partial: target.partial });
    }
    const text = await openRowText(plan.output, many, origin);
    const file = await openJournaledFile(target, {
      fingerprint: { ...batch.fingerprint, 'key file': keys.file.digest },
      frame: text.frame,
      resume: batch.resume,
      monotonicMs: runtime.monotonicMs,
      signal,
    });
    return new JournaledOutput(context, plan, text, file, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function refuseResume({ file }: BatchKeys, format: string): never {
  if (file === undefined) throw new UsageError('--resume needs a key file that can be read again, not a pipe');
  throw new UsageError(`--resume needs -o csv, tsv, json or ndjson, not ${format}`);
}
