// Where the rows of a batch go. With --out and a key file, a journal beside the file makes the run resumable.
import { createStepFilter } from '../../auth/secret.ts';
import { openStdout } from '../../console/stdout.ts';
import { UsageError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { openFile } from '../../files/atomic-file.ts';
import { acquireLock, type Lock } from '../../files/lock.ts';
import { checkTarget, type Target } from '../../files/target.ts';
import { cleanRow } from '../../lookup/clean.ts';
import type { Context } from '../../lookup/context.ts';
import { resultFacts } from '../../lookup/result-facts.ts';
import { resultOrigin } from '../../lookup/result-origin.ts';
import { FieldNotes } from '../../output/field-notes.ts';
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

/** The file a run writes, and its lock. */
export interface Claim {
  readonly target: Target;
  readonly lock: Lock;
}

/** Claims the output file, before the run opens anything else; undefined for stdout. Throws LockedError, UsageError or WriteError. */
export async function claimOutput({ runtime }: Context, { output: { destination } }: RunPlan): Promise<Claim | undefined> {
  if (destination.kind === 'stdout') return undefined;
  const target = await checkTarget(destination.path, { clobber: destination.clobber, uid: runtime.uid });
  const lock = await acquireLock(target.lock, runtime.processes, runtime.uid);
  return { target: { ...target, held: lock }, lock };
}

/** Opens the output of a batch. Throws before anything is sent when it cannot be written or resumed, or when the signal ends the run. */
export async function openBatchOutput(
  context: Context,
  plan: RunPlan,
  batch: BatchPlan,
  keys: BatchKeys,
  claim: Claim | undefined,
  signal: AbortSignal,
): Promise<BatchOutput> {
  const { runtime, secrets } = context;
  const { many } = plan.output;
  const clean = createStepFilter(secrets);
  const origin = {
    provider: plan.provider,
    endpoint: plan.endpoint,
    maskSecrets: (row: Row) => cleanRow(row, clean),
    notes: new FieldNotes(),
    described: () => resultOrigin(context, plan),
    facts: () => resultFacts(context, plan),
    signal,
  };
  await keys.survey(signal);
  if (claim === undefined) return new StreamedOutput(context, plan, origin, { stdout: openStdout(runtime, signal) });
  const { target, lock } = claim;
  // The survey of a long key file takes its time.
  await lock.confirm();
  if (keys.file === undefined || !batch.canJournal) {
    if (batch.resume) refuseResume(keys, many.format.name);
    await removeJournal(target);
    return new StreamedOutput(context, plan, origin, { file: await openFile(target), partial: target.partial });
  }
  const text = await openRowText(plan.output, many, origin);
  const file = await openJournaledFile(target, {
    fingerprint: { ...batch.fingerprint, 'key file': keys.file.digest },
    frame: text.frame,
    resume: batch.resume,
    monotonicMs: runtime.monotonicMs,
    signal,
  });
  return new JournaledOutput(context, plan, text, file, origin.notes, signal);
}

function refuseResume({ file }: BatchKeys, format: string): never {
  if (file === undefined) throw new UsageError(say`--resume needs a key file that can be read again, not a pipe`);
  throw new UsageError(say`--resume needs -o csv, tsv, json or ndjson, not ${format}`);
}
