// Tells how a new export differs from an earlier one, which is held open from the beginning: it may be the file that is replaced.
import { access } from 'node:fs/promises';
import { LoanqError, SignalError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { changesEndpoint, noProvider } from '../diff/changes.ts';
import { nothingYet } from '../diff/comparison.ts';
import { type ExportFile, openExport } from '../diff/export-file.ts';
import { recognize } from '../diff/recognition.ts';
import { changeSentence, shownValue } from '../diff/words.ts';
import { deliverChanges, failedKeys } from '../lookup/changes.ts';
import type { Context } from '../lookup/context.ts';
import type { AgainstPlan } from '../plan/against.ts';
import type { RunPlan } from '../plan/run-plan.ts';

export interface Against {
  /** Prints what changed, once the new export has its name. What keeps it from being told is said, and does not change how the run ended. */
  tell(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the earlier export. Throws InputError or UsageError, before anything is sent, for what cannot be compared. */
export async function openAgainst(context: Context, plan: RunPlan, against: AgainstPlan): Promise<Against> {
  const { signal } = context.runtime;
  if (against.mayBeMissing && (await isMissing(against.old))) {
    return { tell: async () => context.messages.note(say`there was no ${against.old} to compare with`), close: async () => undefined };
  }
  const old = await openExport(against.old, signal);
  try {
    recognize([plan.provider], [old], nameOf(plan));
  } catch (error) {
    await old.close();
    throw error;
  }
  return {
    tell: () => sayFailure(context, against, () => tell(context, plan, against, old)),
    close: () => old.close(),
  };
}

async function tell(context: Context, plan: RunPlan, against: AgainstPlan, old: ExportFile): Promise<void> {
  const { signal } = context.runtime;
  const { output } = against;
  const latest = await openExport(against.out, signal);
  try {
    const recognized = recognize([plan.provider], [old, latest], nameOf(plan));
    const counts = nothingYet();
    if (recognized !== undefined) {
      const failed = failedKeys(against.errors, signal);
      const comparison = {
        ...{ recognized, old, new: latest, failed, signal },
        isGuarded: plan.output.text.guard === 'auto',
        exactText: false,
        show: shownValue(output.many.masked),
      };
      const changes = { ...plan, provider: noProvider, endpoint: changesEndpoint, output, rowLimit: undefined, failEmpty: false };
      await deliverChanges(context, changes, comparison, counts);
    }
    context.messages.note(changeSentence(counts));
  } finally {
    await latest.close();
  }
}

async function sayFailure({ messages }: Context, { old }: AgainstPlan, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LoanqError) || error instanceof SignalError) throw error;
    messages.error(say`what changed since ${old} cannot be told: ${error.said}`);
  }
}

function nameOf({ provider, endpoint }: RunPlan): string {
  return `${provider.name}/${endpoint.name}`;
}

function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    error => error.code === 'ENOENT',
  );
}
