// `loanq diff <old> <new>`: two exports are opened and recognized, and what changed is delivered like the rows of any call.
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { say } from '../../core/say.ts';
import { changesEndpoint, noProvider } from '../../diff/changes.ts';
import { type Comparison, nothingYet } from '../../diff/comparison.ts';
import { type ExportFile, openExport } from '../../diff/export-file.ts';
import { recognize } from '../../diff/recognition.ts';
import { changeSentence, shownValue } from '../../diff/words.ts';
import { deliverChanges, failedKeys } from '../../lookup/changes.ts';
import type { Context } from '../../lookup/context.ts';
import { checkRequest, planRun, type RunPlan } from '../../plan/run-plan.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

/** Compares two exports. 24 with --fail-changed where anything changed. */
export async function runDiff(context: Context, called: CalledCommand): Promise<ExitName> {
  const [oldPath = '', newPath = ''] = called.args;
  const { signal } = context.runtime;
  const { errors, ...options } = called.options;
  const request = { provider: noProvider, endpoint: changesEndpoint, keys: [], params: {}, options };
  const plan = planRun(checkRequest(request, called.streams), undefined);
  const old = await openExport(oldPath, signal);
  try {
    const latest = await openExport(newPath, signal);
    try {
      return await run(context, plan, { called, old, latest, errors });
    } finally {
      await latest.close();
    }
  } finally {
    await old.close();
  }
}

interface Opened {
  readonly called: CalledCommand;
  readonly old: ExportFile;
  readonly latest: ExportFile;
  readonly errors: string | undefined;
}

async function run(context: Context, plan: RunPlan, { called, old, latest, errors }: Opened): Promise<ExitName> {
  const { signal } = context.runtime;
  const { endpoint, exactText, failChanged } = called.own;
  const wanted = typeof endpoint === 'string' ? endpoint : undefined;
  const recognized = recognize(await allProviders(context.providers), [old, latest], wanted);
  const counts = nothingYet();
  if (recognized !== undefined) {
    if (errors !== undefined && recognized.asked.length === 0) {
      throw new UsageError(say`the exports do not have the keys that ${errors} names`, {
        hint: say`csv and tsv have them as a rule; json and ndjson need --with-request where a record does not repeat its key`,
      });
    }
    const comparison: Comparison = {
      recognized,
      old,
      new: latest,
      failed: failedKeys(errors, signal),
      isGuarded: called.options.csvGuard !== 'off',
      exactText: exactText === true,
      show: shownValue(plan.output.many.masked),
      signal,
    };
    await deliverChanges(context, plan, comparison, counts);
  }
  context.messages.note(changeSentence(counts));
  const { added, changed, gone, unknown } = counts;
  return failChanged === true && added + changed + gone + unknown > 0 ? 'partial' : 'ok';
}
